// Units of the force, with the unit above, their posts and people
// A row is one unit, from the one asked down; units are by depth, 0 is the one asked. posts and people count those of
// all units within it too: posts open on the day, a pool by its places, and the heads of establishment added up, in
// which somebody with posts of two ranks or units is one of each. No rows: no staff files are loaded.
// unit (unit, optional): the unit, null for the whole force
// as_of (day): the day asked about, null for today
// :params {unit: null, as_of: null}
// counts: people
// returns: unit, unit_id, parent, parent_id, depth, posts, people
WITH coalesce($as_of, toString(date())) AS day
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*0..]-(own:Unit)
OPTIONAL MATCH (own)<-[:WITHIN]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
WITH day, own, coalesce(rank, role) AS rank, post
OPTIONAL MATCH (post)<-[o:OCCUPIES]-(person:Person)
WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  AND (o.basis = 'substantive' OR NOT EXISTS { MATCH (person)-[sub:OCCUPIES]->(held:Post)
    WHERE sub.basis = 'substantive' AND coalesce(sub.from, '') <= day AND day <= coalesce(sub.to, '9999-12-31')
      AND coalesce(held.opened, '') <= day AND day <= coalesce(held.closed, '9999-12-31') })
WITH own, rank, post, collect({person: person}) AS held
UNWIND range(0, size(held) - 1) AS n
WITH own, rank, sum(CASE WHEN n = 0 AND post IS NOT NULL THEN coalesce(post.places, 1) ELSE 0 END) AS posts,
  count(DISTINCT held[n].person) AS people
WITH own, sum(posts) AS posts, sum(people) AS people
MATCH way = (own)-[:WITHIN*0..]->(top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
WITH nodes(way) AS units, length(way) AS depth, posts, people
UNWIND range(0, depth) AS steps
WITH units[steps] AS unit, depth - steps AS depth, sum(posts) AS posts, sum(people) AS people
OPTIONAL MATCH (unit)-[:WITHIN]->(above:Unit)
RETURN unit.name AS unit, unit.id AS unit_id, above.name AS parent, above.id AS parent_id, depth, posts, people
ORDER BY depth, unit_id

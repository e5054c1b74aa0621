// Establishment against strength
// A row is one rank, or one role of posts without a rank, in one unit from the one asked down; each unit
// counts its own posts alone, so the rows add up. posts and established_fte are those open on the day, a
// pool of posts counted by its places;
// heads are the people who hold one of them substantively on the day and strength_fte what they work in
// them, absent or not; vacant_fte is established_fte less strength_fte, negative where there are more
// than established. Who is acting or temporary in a post counts in the post held substantively, and where
// that person holds none, in the post where they are. No rows: no post there is open on the day.
// unit (unit, optional): the unit, null for the whole force
// attribute (attribute, optional): what the posts are marked with, such as detective, null for any
// as_of (day): the day asked about, null for today
// :params {unit: null, attribute: null, as_of: null}
// counts: people
// returns: unit_id, rank, posts, established_fte, heads, strength_fte, vacant_fte, unit, depth
WITH coalesce($as_of, toString(date())) AS day
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH way = (top)<-[:WITHIN*0..]-(own:Unit)
WITH day, own, length(way) AS depth
MATCH (own)<-[:WITHIN]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
  AND ($attribute IS NULL OR $attribute IN split(coalesce(post.attributes, ''), ', '))
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
WITH day, own, depth, coalesce(rank, role) AS rank, post
OPTIONAL MATCH (post)<-[o:OCCUPIES]-(person:Person)
WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  AND (o.basis = 'substantive' OR NOT EXISTS { MATCH (person)-[sub:OCCUPIES]->(held:Post)
    WHERE sub.basis = 'substantive' AND coalesce(sub.from, '') <= day AND day <= coalesce(sub.to, '9999-12-31')
      AND coalesce(held.opened, '') <= day AND day <= coalesce(held.closed, '9999-12-31') })
WITH own, depth, rank, post, collect({person: person, fte: o.fte}) AS held
UNWIND range(0, size(held) - 1) AS n
WITH own, depth, rank, sum(CASE n WHEN 0 THEN coalesce(post.places, 1) ELSE 0 END) AS posts,
  sum(CASE n WHEN 0 THEN post.fte ELSE 0 END) AS established, count(DISTINCT held[n].person) AS heads,
  sum(coalesce(held[n].fte, 0)) AS strength
RETURN own.id AS unit_id, rank.id AS rank, posts, round(established * 100) / 100 AS established_fte, heads,
  round(strength * 100) / 100 AS strength_fte, round((established - strength) * 100) / 100 AS vacant_fte,
  own.name AS unit, depth
ORDER BY depth, unit_id, rank

// Establishment against strength by what posts are marked with
// A row is one attribute of posts, such as detective, firearms or pip 2, and one rank, or one role of posts
// without a rank, in the unit asked and those within it. A post with two attributes counts in both, so the
// rows do not add up. posts and established_fte are those open on the day, a pool of posts counted by its
// places; heads are the people who hold one of them substantively on the day, or are acting or temporary in
// one and hold none, strength_fte what they work in them, absent or not, and vacant_fte is established_fte
// less strength_fte. No rows: no open post there is marked with anything.
// unit (unit, optional): the unit, null for the whole force
// as_of (day): the day asked about, null for today
// :params {unit: null, as_of: null}
// counts: people
// returns: attribute, rank, posts, established_fte, heads, strength_fte, vacant_fte
WITH coalesce($as_of, toString(date())) AS day
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*1..]-(post:Post)
WHERE post.attributes IS NOT NULL
  AND coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
WITH day, coalesce(rank.id, role.id) AS rank, post
OPTIONAL MATCH (post)<-[o:OCCUPIES]-(person:Person)
WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  AND (o.basis = 'substantive' OR NOT EXISTS { MATCH (person)-[sub:OCCUPIES]->(held:Post)
    WHERE sub.basis = 'substantive' AND coalesce(sub.from, '') <= day AND day <= coalesce(sub.to, '9999-12-31')
      AND coalesce(held.opened, '') <= day AND day <= coalesce(held.closed, '9999-12-31') })
WITH rank, post, collect({person: person, fte: o.fte}) AS held
UNWIND split(post.attributes, ', ') AS attribute
UNWIND range(0, size(held) - 1) AS n
WITH attribute, rank, sum(CASE n WHEN 0 THEN coalesce(post.places, 1) ELSE 0 END) AS posts,
  sum(CASE n WHEN 0 THEN post.fte ELSE 0 END) AS established, count(DISTINCT held[n].person) AS heads,
  sum(coalesce(held[n].fte, 0)) AS strength
RETURN attribute, rank, posts, round(established * 100) / 100 AS established_fte, heads,
  round(strength * 100) / 100 AS strength_fte, round((established - strength) * 100) / 100 AS vacant_fte
ORDER BY attribute, rank

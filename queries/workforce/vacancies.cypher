// Posts that nobody holds substantively, and pools with empty places
// A row is one post that is open on the day, in the unit asked or in one within it, and that fewer hold
// substantively on the day than it has places: one, or several in a pool. Somebody who is acting or temporary
// in it and holds no post substantively counts as if they held it. vacant is how many places are empty. rank
// is the id of its rank, of its role where it has no rank; vacant_since is the day after the last substantive
// holder's time in it ended or that person left, else the day it was opened, else null, as in a pool that
// somebody is in; covered_by lists who is acting or temporary in it on the day and holds another. No rows:
// every post there that is open on the day is held.
// unit (unit, optional): the unit, null for the whole force
// attribute (attribute, optional): what the posts are marked with, such as detective, null for any
// as_of (day): the day asked about, null for today
// :params {unit: null, attribute: null, as_of: null}
// returns: unit_id, post_id, rank, title, vacant_since, covered_by, unit, role, fte, vacant
WITH coalesce($as_of, toString(date())) AS day
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*0..]-(own:Unit)
MATCH (own)<-[:WITHIN]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
  AND ($attribute IS NULL OR $attribute IN split(coalesce(post.attributes, ''), ', '))
OPTIONAL MATCH (post)<-[o:OCCUPIES]-(person:Person)
WITH day, own, post, person.id AS id, CASE WHEN o.basis = 'substantive' THEN 1
    WHEN EXISTS { MATCH (person)-[sub:OCCUPIES]->(held:Post)
      WHERE sub.basis = 'substantive' AND coalesce(sub.from, '') <= day AND day <= coalesce(sub.to, '9999-12-31')
        AND coalesce(held.opened, '') <= day AND day <= coalesce(held.closed, '9999-12-31') } THEN 3 ELSE 2 END AS way,
  CASE WHEN o.from > person.joined OR person.joined IS NULL THEN coalesce(o.from, '') ELSE person.joined END AS first,
  CASE WHEN o.to < person.left OR person.left IS NULL THEN coalesce(o.to, '9999-12-31') ELSE person.left END AS last
ORDER BY id
WITH own, post,
  count(DISTINCT CASE WHEN way < 3 AND first <= day AND day <= last THEN id END) AS holders,
  max(CASE WHEN way = 1 AND first <= last AND last < day THEN last END) AS ended,
  collect(DISTINCT CASE WHEN way = 3 AND first <= day AND day <= last THEN id END) AS covered_by
WHERE holders < coalesce(post.places, 1)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
RETURN own.id AS unit_id, post.id AS post_id, coalesce(rank.id, role.id) AS rank, post.title AS title,
  CASE holders WHEN 0 THEN coalesce(toString(date(ended) + duration({days: 1})), post.opened) END AS vacant_since,
  covered_by, own.name AS unit, role.id AS role, post.fte AS fte, coalesce(post.places, 1) - holders AS vacant
ORDER BY unit_id, post_id

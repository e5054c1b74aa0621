// Who is in the force on a day, in which posts, and what they hold
// A row is one person who is in the force on the day, and one post that the person is in, null for none. present
// is false where an absence covers the day; ranks are those that the person has for good on the day, by a post or
// as recorded; basis and fte are those of the time in the post; holdings are what counts on the day, each with the
// highest level, 0 where it has none. No rows: nobody is in the force.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: person_id, present, ranks, post_id, basis, fte, holdings
WITH coalesce($as_of, toString(date())) AS day
MATCH (person:Person)
WHERE coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
WITH day, person, COLLECT {
  MATCH (person)-[h:HOLDS]->(need:Requirement)
  WHERE (h.achieved IS NULL OR h.achieved <= day) AND (h.expires IS NULL OR day <= h.expires)
  WITH need, max(coalesce(h.level, 0)) AS level
  RETURN [need.id, level] AS holding ORDER BY need.id
} AS holdings, COLLECT {
  MATCH (person)-[e:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(held:Rank)
  WHERE e.basis = 'substantive' AND coalesce(e.from, '') <= day AND day <= coalesce(e.to, '9999-12-31')
  WITH DISTINCT held
  RETURN held.id AS rank ORDER BY rank
} AS ranks, NOT EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
  WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') } AS present
OPTIONAL MATCH (person)-[o:OCCUPIES]->(post:Post)
WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
RETURN person.id AS person_id, present, ranks, post.id AS post_id, o.basis AS basis, o.fte AS fte, holdings
ORDER BY person_id, post_id, basis, fte

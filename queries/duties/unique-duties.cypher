// Duties of a rank that its neighbours do not have
// A row is one duty without a like duty (COUNTERPART_OF) at the rank next below or above. compared
// names the neighbours whose duties are loaded; a neighbour without a profile says nothing. No rows:
// every duty has its like, or no neighbour's duties count on the day.
// rank (rank): the rank
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: duty, duty_id, compared, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})-[:PROMOTES_FROM]-(neighbour:Role)-[e:ACCOUNTABLE_FOR]->(other)
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, role, neighbour, collect(DISTINCT other.id) AS theirs
ORDER BY neighbour.step
WITH day, role, collect(neighbour.name) AS compared, collect(theirs) AS lists
WITH day, role, compared, reduce(all = [], x IN lists | all + x) AS theirs
MATCH (role)-[e:ACCOUNTABLE_FOR]->(duty)
WHERE e.valid_from <= day AND day < e.valid_to
OPTIONAL MATCH (duty)-[:COUNTERPART_OF]-(like)
WHERE like.id IN theirs
WITH e, duty, compared, count(like) AS likes
WHERE likes = 0
MATCH (d:Document {id: e.document})
RETURN e.text AS duty, duty.id AS duty_id, compared, e.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines
ORDER BY document, toInteger(split(split(lines, ',')[0], '-')[0]), duty_id

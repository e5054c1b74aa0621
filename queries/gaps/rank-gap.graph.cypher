// Graph: What a rank asks for that another does not
// path leads from one of the two ranks to something it asks for; gates, with their options and what these need,
// are those of the rank aimed at. What both ask for hangs between the two; alike leads from what the rank aimed at
// asks for to what the rank held asks for in nearly the same words, or in an older framework. At most 300 rows. No
// rows: on the day neither rank has a requirement, and the rank aimed at no gate.
// from (rank): the rank held now
// to (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {from: "mps/commander", to: "mps/deputy-assistant-commissioner", as_of: null}
// returns: path, alike
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role)-[steps:REQUIRES|OPTION|NEEDS*1..3]->(need)
WHERE role.id IN [$from, $to]
  AND all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
  AND (size(steps) = 1 AND need:Requirement OR size(steps) = 3 AND role.id = $to)
WITH day, path, need, size(steps) AS hops, role.id AS id,
  [n IN nodes(path) | n.id] AS ids, [e IN steps | e.fact] AS facts
OPTIONAL MATCH alike = (need)-[:SIMILAR_TO|SUCCEEDS]-(other:Requirement)<-[e:REQUIRES]-(:Role {id: $from})
WHERE id = $to AND hops = 1
  AND e.valid_from <= day AND day < e.valid_to
WITH path, alike, ids, facts, coalesce(other.id, '') AS other, coalesce(e.fact, '') AS fact
RETURN path AS path, alike AS alike
ORDER BY ids, facts, other, fact LIMIT 300

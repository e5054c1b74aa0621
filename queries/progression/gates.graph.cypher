// Graph: Hard conditions of a rank
// A path leads from the rank through a gate and one of its options to what that needs, or straight to a course
// that is asked for without alternatives. At most 200 paths. No rows: nothing loaded asks for one.
// rank (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (aim:Role {id: $rank})-[steps:REQUIRES|OPTION|NEEDS*1..3]->(need)
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
  AND (size(steps) = 3 OR size(steps) = 1 AND need:Course)
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

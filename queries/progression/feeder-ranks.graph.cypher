// Graph: Ranks from which a rank is reached
// A path leads from the rank aimed at down to one that leads there: by the ladder, by a document that is open to
// it, or through a gate and its option. At most 200 paths. No rows: nothing says so.
// rank (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (aim:Role {id: $rank})-[first:PROMOTES_FROM|OPEN_TO|REQUIRES]->()-[steps:OPTION|NEEDS*0..2]->(feeder:Role)
WHERE feeder.id <> $rank
  AND first.valid_from <= day AND day < first.valid_to
  AND all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
  AND (size(steps) = 0 AND type(first) <> 'REQUIRES' OR size(steps) = 2 AND type(first) = 'REQUIRES')
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

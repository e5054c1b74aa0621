// Graph: Ranks that follow a rank
// A path is one step up: from a rank that can be reached to the rank held. At most 100 paths. No rows: the rank
// ends its ladder or stands on none, and nothing is open to it.
// rank (rank): the rank held now
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commander", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (next:Role)-[e:PROMOTES_FROM|OPEN_TO]->(held:Role {id: $rank})
WHERE next.id <> held.id
  AND e.valid_from <= day AND day < e.valid_to
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 100

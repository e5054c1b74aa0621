// Graph: Who covers for a rank in absence or vacancy
// A path is who covers for whom: the arrow points to the one who covers. At most 100 paths. No rows: no source
// that counts on the day says who covers.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role {id: $rank})-[e:COVERED_BY]-(other)
WHERE e.valid_from <= day AND day < e.valid_to
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 100

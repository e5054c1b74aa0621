// Graph: Who manages a rank, and whom it manages
// A path is one line of who reports to whom, or of who is under whose direction and control; the arrow points up. At
// most 100 paths. No rows: no source says.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role {id: $rank})-[e:REPORTS_TO|DIRECTED_BY]-(other)
WHERE e.valid_from <= day AND day < e.valid_to
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 100

// Graph: Duties of a rank
// A path is the rank and one duty. At most 200 paths. No rows: no profile of the rank is loaded, or none counts on
// the day.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role {id: $rank})-[e:ACCOUNTABLE_FOR]->(duty:Accountability)
WHERE e.valid_from <= day AND day < e.valid_to
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

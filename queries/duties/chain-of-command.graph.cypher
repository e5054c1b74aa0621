// Graph: Who manages a rank, and whom it manages
// A path is one line of who reports to whom, of who is under whose direction and control, or else of the ladder of
// promotion; the arrow points up, of a promotion down. At most 100 paths. No rows: nothing of the rank counts on the
// day.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH path = (role:Role {id: $rank})-[e:REPORTS_TO|DIRECTED_BY|PROMOTES_FROM]-(other)
WHERE e.valid_from <= day AND day < e.valid_to
WITH path, type(e) <> 'PROMOTES_FROM' AS told,
  CASE (type(e) = 'PROMOTES_FROM') = (startNode(e).id = $rank) WHEN true THEN 'below' ELSE 'above' END AS position
WITH [x IN collect({path: path, told: told, position: position}) WHERE x.path IS NOT NULL] AS rows
UNWIND [x IN rows WHERE x.told OR NOT any(y IN rows WHERE y.position = x.position AND y.told)] AS row
WITH row.path AS path
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 100

// Graph: All ranks and roles, ladder by ladder
// A path is a rank and one that it is promoted from, or that stands level with it on another ladder. Roles that
// are no ranks are in the table alone. At most 300 paths. No rows: the graph is empty.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Rank)-[e:PROMOTES_FROM|EQUIVALENT_TO]->(other:Rank)
WHERE e.valid_from <= day AND day < e.valid_to
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 300

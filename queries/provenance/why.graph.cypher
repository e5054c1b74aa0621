// Graph: Every source of a node or a fact
// A path is one statement: two nodes and what is said of them. At most 200 paths. No rows: no statement holds the
// id.
// id (id): the id of a node or of a fact
// as_of (day): the day asked about, null for every day
// :params {id: "cobr", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (a)-[e]->(b)
WHERE e.fact IS NOT NULL AND a <> b AND (a.id = $id OR b.id = $id OR e.fact = $id
    OR EXISTS { MATCH (a)-[o]->(b) WHERE o.fact = $id AND type(o) = type(e) })
  AND ($as_of IS NULL OR e.valid_from <= day AND day < e.valid_to)
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

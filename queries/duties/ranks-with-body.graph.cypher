// Graph: Ranks that have to do with a body
// A path leads from a rank to the body: straight, by one of its duties that names it, or by an edition that does.
// At most 200 paths. No rows: nothing that counts on the day ties a rank to it.
// body (body): the body or office
// as_of (day): the day asked about, null for today
// :params {body: "mopac", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH (body:Body {id: $body})
OPTIONAL MATCH way = (role:Role)-[e]->(body)
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, body, [p IN collect(way) WHERE p IS NOT NULL] AS tied
OPTIONAL MATCH way = (role:Role)-[own:ACCOUNTABLE_FOR]->(duty:Accountability)-[e]->(body)
WHERE own.edition = e.edition
  AND e.valid_from <= day AND day < e.valid_to
WITH day, body, tied, [p IN collect(way) WHERE p IS NOT NULL] AS involved
OPTIONAL MATCH way = (role:Role)<-[:DESCRIBES]-(p:Profile)-[e:MENTIONS]->(body)
WHERE e.valid_from <= day AND day < e.valid_to
WITH tied, involved, [p IN collect(way) WHERE p IS NOT NULL] AS named
WITH tied + involved + named AS paths
UNWIND paths AS path
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

// Graph: Bodies and offices that a rank has to do with
// A path is the rank and a body or office that a source ties to it, or its edition that names a body and says no
// more (MENTIONS). What ties those who hold the rank to each other is in the table alone. For a force
// whose mayor stands in place of the commissioner, the path is the force and the mayor. At most 200 paths. No rows: none is named.
// rank (rank): the rank or role
// force (force, optional): the force that it is in, null for any; else that of the rank's name, as in "Kent inspector"
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", force: null, as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})
OPTIONAL MATCH tied = (role)-[e]->(other:Body|Role)
WHERE other <> role AND NOT type(e) IN ['PROMOTES_FROM', 'EQUIVALENT_TO', 'OPEN_TO']
  AND e.valid_from <= day AND day < e.valid_to
WITH day, role, [p IN collect(tied) WHERE p IS NOT NULL] AS ties, [x IN collect(other.id) WHERE x IS NOT NULL] AS known
OPTIONAL MATCH named = (role)<-[:DESCRIBES]-(:Profile)-[e:MENTIONS]->(body:Body)
WHERE e.valid_from <= day AND day < e.valid_to
  AND NOT body.id IN known
WITH day, ties, [p IN collect(named) WHERE p IS NOT NULL] AS names
WITH day, ties + names AS paths
UNWIND paths AS path
OPTIONAL MATCH instead = (:Body {id: $force})-[e:ACCOUNTABLE_TO]->(:Body)
WHERE nodes(path)[size(nodes(path)) - 1].id = 'pcc' AND e.valid_from <= day AND day < e.valid_to
WITH DISTINCT coalesce(instead, path) AS path
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

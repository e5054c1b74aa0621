// Bodies and offices that a rank has to do with
// A row is one relation that a source states, with the words that say it; MENTIONS stands for a body
// that a document on the rank names without saying what ties them. For a force whose functions of a police and crime commissioner a
// mayor has, the mayor stands in that place, by the source that says so. No rows: none is named.
// rank (rank): the rank or role
// force (force, optional): the force that it is in, null for any; else that of the rank's name, as in "Kent inspector"
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", force: null, as_of: null}
// returns: relation, body, body_id, kind, quote, fact, authority, document, lines
// guide 6: Nobody works alone: which bodies and offices does the rank have to do with?
// How to read it: The type of the edge says what ties them. MENTIONS means that a document names the body and says
// no more.
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})
OPTIONAL MATCH (role)-[tie]->(other:Body|Role)
WHERE NOT type(tie) IN ['PROMOTES_FROM', 'EQUIVALENT_TO', 'OPEN_TO']
  AND tie.valid_from <= day AND day < tie.valid_to
WITH day, role, [x IN collect({e: tie, other: other}) WHERE x.e IS NOT NULL] AS ties
OPTIONAL MATCH (role)<-[:DESCRIBES]-(:Profile)-[named:MENTIONS]->(body:Body)
WHERE named.valid_from <= day AND day < named.valid_to
  AND NOT body.id IN [x IN ties | x.other.id]
WITH day, ties, [x IN collect({e: named, other: body}) WHERE x.e IS NOT NULL] AS mentions
WITH day, ties + mentions AS rows
UNWIND rows AS row
WITH day, row.e AS e, row.other AS other
OPTIONAL MATCH (:Body {id: $force})-[stead:ACCOUNTABLE_TO]->(mayor:Body)
WHERE other.id = 'pcc' AND stead.valid_from <= day AND day < stead.valid_to
WITH DISTINCT type(e) AS relation, coalesce(stead, e) AS e, coalesce(mayor, other) AS other
MATCH (d:Document {id: e.document})
RETURN relation AS relation, other.name AS body, other.id AS body_id,
  CASE WHEN other:Rank THEN 'rank' ELSE other.kind END AS kind, e.text AS quote,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY body_id, relation, fact

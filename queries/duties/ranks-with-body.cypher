// Ranks that have to do with a body
// A row is one relation of a rank to the body, or a duty of a rank that names it (INVOLVES). No
// rows: nothing that counts on the day ties a rank to it.
// body (body): the body or office
// as_of (day): the day asked about, null for today
// :params {body: "mopac", as_of: null}
// returns: rank, rank_id, relation, quote, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (body:Body {id: $body})
MATCH (from)-[e]->(body)
WHERE (from:Role OR from:Accountability OR from:Profile)
  AND e.valid_from <= day AND day < e.valid_to
WITH e, from, CASE WHEN from:Role THEN null ELSE from END AS part
OPTIONAL MATCH (owner:Role)-[:ACCOUNTABLE_FOR {edition: e.edition}]->(part)
OPTIONAL MATCH (part)-[:DESCRIBES]->(described:Role)
WITH e, CASE WHEN from:Role THEN from ELSE coalesce(owner, described) END AS role
WHERE role IS NOT NULL
MATCH (d:Document {id: e.document})
RETURN DISTINCT role.name AS rank, role.id AS rank_id, type(e) AS relation, e.text AS quote,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY rank_id, relation, fact

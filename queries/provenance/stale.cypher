// Editions that rest on a framework that is no longer in use
// A row is an edition that counts on the day and follows a competency framework which forces had to have
// left by then. successor is the framework that took its place. No rows: no edition that counts does.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: edition, rank, rank_id, framework, withdrawn, successor, authority, document
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role)<-[:DESCRIBES]-(p:Profile)-[:PUBLISHED_IN]->(d:Document)
WHERE p.valid_from <= day AND day < p.valid_to
MATCH (framework:Framework {id: p.framework})
WHERE framework.valid_to <= day
OPTIONAL MATCH (next:Framework)-[:SUCCEEDS]->(framework)
RETURN DISTINCT p.id AS edition, role.name AS rank, role.id AS rank_id, framework.id AS framework,
  framework.valid_to AS withdrawn, next.id AS successor, p.authority AS authority, d.name AS document
ORDER BY edition, successor

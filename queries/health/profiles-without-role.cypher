// Editions that describe no role, or were published in no document
// A row is an edition that no question can reach, or whose document is unknown. To mend: load its document again. No
// rows: every edition describes a role and names its document.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (p:Profile)
OPTIONAL MATCH (p)-[:PUBLISHED_IN]->(d:Document)
WITH p, d, CASE WHEN NOT EXISTS { MATCH (p)-[:DESCRIBES]->(:Role) } THEN 'describes no role'
    WHEN d IS NULL THEN 'was published in no document' ELSE null END AS finding
WHERE finding IS NOT NULL
RETURN 'Profile' AS label, p.id AS id, finding, null AS fact, p.authority AS authority, d.name AS document,
  null AS lines
ORDER BY id, finding, coalesce(document, '')

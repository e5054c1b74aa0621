// Editions that begin before the framework that they follow
// A row is an edition whose first day is before that of the competency framework which its text follows: one of the
// two is wrong. To mend: correct `published` in sources.yaml beside the document, or the name of the framework in the
// text, and load it again. No rows: no edition is older than its framework.
// severity: warning
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (p:Profile)
MATCH (framework:Framework {id: p.framework})
WHERE p.start <> 'unknown' AND p.valid_from < framework.valid_from
OPTIONAL MATCH (p)-[:PUBLISHED_IN]->(d:Document)
RETURN DISTINCT 'Profile' AS label, p.id AS id, 'begins on ' + p.valid_from + ', before ' + framework.id + ' began on '
    + framework.valid_from AS finding, null AS fact, p.authority AS authority, d.name AS document, null AS lines
ORDER BY id, finding, coalesce(document, '')

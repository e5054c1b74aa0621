// Editions on a framework that is no longer in use
// A row is an edition that counts on the day and follows a competency framework which forces had to have left by
// then. Its duties may well hold; its competencies are those of the older framework. To mend: load a newer edition
// when there is one. No rows: every edition that counts follows a framework in use, or names none.
// as_of (day): the day asked about, null for today
// severity: note
// :params {as_of: null}
// returns: label, id, finding, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (p:Profile)
WHERE p.valid_from <= day AND day < p.valid_to
MATCH (framework:Framework {id: p.framework})
WHERE framework.valid_to <= day
OPTIONAL MATCH (p)-[:PUBLISHED_IN]->(d:Document)
RETURN DISTINCT 'Profile' AS label, p.id AS id,
  'follows ' + framework.id + ', which was to be left by ' + framework.valid_to AS finding, null AS fact,
  p.authority AS authority, d.name AS document, null AS lines
ORDER BY id, finding, coalesce(document, '')

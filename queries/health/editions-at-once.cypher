// Editions of one series that count on the same day
// A row is a pair of editions of one series, neither of which is known to take the place of the other: both count,
// and both are shown. To mend: give their days or versions in sources.yaml and load them again. No rows: of each
// series, one edition counts.
// as_of (day): the day asked about, null for today
// severity: warning
// :params {as_of: null}
// returns: label, id, finding, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (p:Profile)
WHERE p.valid_from <= day AND day < p.valid_to
MATCH (other:Profile)
WHERE other.series = p.series AND p.id < other.id AND other.valid_from <= day AND day < other.valid_to
OPTIONAL MATCH (p)-[:PUBLISHED_IN]->(d:Document)
RETURN DISTINCT 'Profile' AS label, p.id AS id, 'counts at once with ' + other.id AS finding, null AS fact,
  p.authority AS authority, d.name AS document, null AS lines
ORDER BY id, finding, coalesce(document, '')

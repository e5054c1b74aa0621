// Editions of which no day is known
// A row is an edition of which nothing says when it began: it counts on every day, and never as newer than another. To mend: say `published` in sources.yaml beside the document and load it again. No rows: every edition has
// a first day.
// severity: note
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (p:Profile)
WHERE p.start = 'unknown'
OPTIONAL MATCH (p)-[:PUBLISHED_IN]->(d:Document)
RETURN 'Profile' AS label, p.id AS id, 'has no first day' AS finding, null AS fact, p.authority AS authority,
  d.name AS document, null AS lines
ORDER BY id, coalesce(document, '')

// Editions of which no day is known
// A row is an edition without a first day: it answers only where no day is asked for, and never counts as newer than
// another. To mend: say `published` in sources.yaml beside the document and load it again. No rows: every edition has
// a first day.
// severity: note
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (p:Profile)
WHERE p.valid_from IS NULL
OPTIONAL MATCH (p)-[:PUBLISHED_IN]->(d:Document)
RETURN 'Profile' AS label, p.id AS id, 'has no first day' AS finding, null AS fact, p.authority AS authority,
  d.name AS document, null AS lines
ORDER BY id, coalesce(document, '')

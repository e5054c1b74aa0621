// Editions with statements that were not understood
// A row is an edition whose document holds statements of which nothing is in the graph. To mend: read them with
// `rankgraph read FILE`, and report the layout if it should be understood. No rows: all of every document was
// understood.
// severity: note
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (p:Profile)
WHERE p.leftovers > 0
OPTIONAL MATCH (p)-[:PUBLISHED_IN]->(d:Document)
RETURN 'Profile' AS label, p.id AS id, toString(p.leftovers) + ' statement(s) not understood' AS finding,
  null AS fact, p.authority AS authority, d.name AS document, null AS lines
ORDER BY id, coalesce(document, '')

// Edges that stand more than once
// A row is two things joined several times by edges that nothing tells apart: loads that ran at once and did not know
// of each other could once write them, and whatever counts edges then counts too many. To mend: load the same documents
// or staff files again; one of the edges is left. No rows: every edge stands once.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (a:Accountability|Advert|Body|Cluster|Framework|Gate|Instrument|Option|Person|Post|Profile|Requirement|Role|Unit)
  -[e]->(b)
WITH a, b, type(e) AS label, coalesce(e.edition, '-') AS edition, e.instance AS instance, count(e) AS times,
  min(e.fact) AS fact
WHERE times > 1
RETURN label, a.id + ' -> ' + b.id AS id, 'stands ' + toString(times) + ' times' AS finding, fact,
  null AS authority, null AS document, null AS lines
ORDER BY label, id, coalesce(fact, ''), finding

// Ways that lead back to where they began
// A row is a node from which promotion, reporting, replacement, succession or the order of units leads back to
// itself. To mend: no document that was loaded can make one, so it was changed by hand: `rankgraph reset` and load
// all again. No rows: no way leads back.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (n)-[first:PROMOTES_FROM|REPORTS_TO|SUPERSEDES|REPLACES|SUCCEEDS|WITHIN]->(next)
WITH n, type(first) AS label, next
WHERE n.id = next.id
  OR label = 'PROMOTES_FROM' AND EXISTS { MATCH (next)-[:PROMOTES_FROM*1..20]->(n) }
  OR label = 'REPORTS_TO' AND EXISTS { MATCH (next)-[:REPORTS_TO*1..20]->(n) }
  OR label = 'SUPERSEDES' AND EXISTS { MATCH (next)-[:SUPERSEDES*1..20]->(n) }
  OR label = 'REPLACES' AND EXISTS { MATCH (next)-[:REPLACES*1..20]->(n) }
  OR label = 'SUCCEEDS' AND EXISTS { MATCH (next)-[:SUCCEEDS*1..20]->(n) }
  OR label = 'WITHIN' AND EXISTS { MATCH (next)-[:WITHIN*1..20]->(n) }
RETURN DISTINCT label, n.id AS id, 'leads back to itself through ' + next.id AS finding, null AS fact,
  null AS authority, null AS document, null AS lines
ORDER BY label, id, finding

// Gates that nothing opens
// A row is a gate without an option, or an option without parts: the one would block in silence, the other open. To
// mend: load its document again. No rows: every gate has an option, and every option a part.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (n:Gate|Option)
WHERE n:Gate AND NOT EXISTS { MATCH (n)-[:OPTION]->(:Option) }
  OR n:Option AND NOT EXISTS { MATCH (n)-[:NEEDS]->() }
OPTIONAL MATCH ()-[e:REQUIRES|OPTION]->(n)
OPTIONAL MATCH (d:Document {id: e.document})
RETURN CASE WHEN n:Gate THEN 'Gate' ELSE 'Option' END AS label, n.id AS id,
  CASE WHEN n:Gate THEN 'has no option that opens it' ELSE 'asks for nothing' END AS finding, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY label, id, coalesce(fact, '')

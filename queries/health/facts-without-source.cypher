// Facts that do not name where they are written
// A row is a relationship that has to rest on words, without its document, its lines, its words, its edition or its
// authority; or one that names a document or an edition that is not in the graph. To mend: load the document again;
// where it was changed by hand, `rankgraph reset` and load all again. No rows: every fact names its words.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (d:Document)
WITH collect(d.id) AS documents
OPTIONAL MATCH (p:Profile)
WITH documents, collect(p.id) AS editions
MATCH (a:Accountability|Advert|Body|Cluster|Framework|Gate|Instrument|Option|Profile|Requirement|Role)-[e]->(b)
WHERE NOT type(e) IN ['DESCRIBES', 'PUBLISHED_IN', 'SUPERSEDES', 'SIMILAR_TO', 'VARIANT_OF', 'RESTATES',
    'COUNTERPART_OF', 'OFFERS', 'TEACHES', 'HAS_RUN']
WITH a, e, b, CASE WHEN coalesce(e.document, '') = '' THEN 'names no document'
    WHEN NOT e.document IN documents THEN 'names the document ' + e.document + ', which is not in the graph'
    WHEN coalesce(e.edition, '') = '' THEN 'names no edition'
    WHEN NOT e.edition STARTS WITH 'reference@' AND NOT e.edition IN editions
      THEN 'names the edition ' + e.edition + ', which is not in the graph'
    WHEN coalesce(e.lines, '') = '' THEN 'names no lines'
    WHEN coalesce(e.text, '') = '' THEN 'holds no words'
    WHEN coalesce(e.fact, '') = '' THEN 'has no id of its own'
    WHEN coalesce(e.authority, '') = '' THEN 'says not whose word it is' ELSE null END AS finding
WHERE finding IS NOT NULL
OPTIONAL MATCH (d:Document {id: e.document})
RETURN type(e) AS label, a.id + ' -> ' + b.id AS id, finding, e.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines
ORDER BY label, id, coalesce(fact, ''), finding

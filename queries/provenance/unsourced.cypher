// What rests on no words that were read
// A row is a node that no statement names, or a statement that lacks something. lacks: statement,
// document, lines, words, or source read (an entry of the reference data that rests on general knowledge,
// on inference or on a source that was only cited, and should be checked before it is relied on). What staff
// files give (units, posts, people, what they list) rests on those files and is left out. No rows: everything
// rests on words.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: kind, id, name, lacks, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (n)
WHERE NOT n:Document AND NOT n:Profile AND NOT n:Advert AND NOT n:Theme
  AND NOT n:Unit AND NOT n:Post AND NOT n:Person AND NOT n:Absence AND NOT n:StaffLoad AND NOT n:Lease
  AND NOT n:LoadTotal AND NOT n:PeopleCount
  AND n.declared IS NULL AND n.course_id IS NULL AND NOT EXISTS { MATCH (n)-[s]-() WHERE s.fact IS NOT NULL }
WITH day, [x IN collect(n) WHERE x IS NOT NULL | {kind: 'node', id: x.id, name: coalesce(x.text, x.name),
  lacks: 'statement', fact: null, authority: null, document: null, lines: null}] AS nodes
OPTIONAL MATCH (p:Profile)
WHERE NOT EXISTS { MATCH (p)-[:PUBLISHED_IN]->(:Document) }
WITH day, nodes, collect(p) AS found
WITH day, nodes + [x IN found | {kind: 'node', id: x.id, name: x.name, lacks: 'document', fact: null,
  authority: x.authority, document: null, lines: null}] AS nodes
OPTIONAL MATCH (a)-[e]->(b)
WHERE e.fact IS NOT NULL
  AND e.valid_from <= day AND day < e.valid_to
  AND (coalesce(e.lines, '') = '' OR coalesce(e.text, '') = '' OR e.authority CONTAINS '(general knowledge)'
    OR e.authority CONTAINS '(inferred)' OR e.authority CONTAINS '(cited elsewhere, not read)'
    OR NOT EXISTS { MATCH (d:Document) WHERE d.id = e.document })
OPTIONAL MATCH (d:Document {id: e.document})
WITH nodes, [x IN collect({e: e, start: a, end: b, d: d}) WHERE x.e IS NOT NULL | {kind: type(x.e),
  id: x.start.id + ' ' + x.end.id, name: x.e.text, lacks: CASE WHEN x.d IS NULL THEN 'document'
    WHEN coalesce(x.e.lines, '') = '' THEN 'lines' WHEN coalesce(x.e.text, '') = '' THEN 'words' ELSE 'source read' END,
  fact: x.e.fact, authority: x.e.authority, document: x.d.name, lines: x.e.lines}] AS facts
WITH nodes + facts AS rows
UNWIND rows AS row
RETURN row.kind AS kind, row.id AS id, row.name AS name, row.lacks AS lacks, row.fact AS fact,
  row.authority AS authority, row.document AS document, row.lines AS lines
ORDER BY lacks, kind, id, fact

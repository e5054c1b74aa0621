// Every source of a node or a fact
// A row is one statement: the fact itself, what other editions say of the same two things in the same
// relation, or each statement that names the node. Without a day statements that no longer count are
// shown too, and current says whether one counts today; with a day, those of that day. No rows: no
// statement holds the id.
// id (id): the id of a node or of a fact
// as_of (day): the day asked about, null for every day
// :params {id: "cobr", as_of: null}
// returns: subject, subject_id, relation, other, other_id, asked, current, valid_from, valid_to, basis, quote, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (a)-[e]->(b)
WHERE e.fact IS NOT NULL AND (a.id = $id OR b.id = $id OR e.fact = $id)
WITH day, a, b, e, CASE e.fact WHEN $id THEN 1 ELSE 0 END AS itself
OPTIONAL MATCH (a)-[o]->(b)
WHERE itself = 1 AND type(o) = type(e)
WITH DISTINCT day, a, b, coalesce(o, e) AS e
WITH a, b, e, CASE WHEN e.valid_from <= day AND day < e.valid_to THEN true ELSE false END AS current
WHERE $as_of IS NULL OR current
MATCH (d:Document {id: e.document})
RETURN coalesce(a.text, a.name) AS subject, a.id AS subject_id, type(e) AS relation,
  coalesce(b.text, b.name) AS other, b.id AS other_id, CASE e.fact WHEN $id THEN true ELSE false END AS asked, current,
  CASE WHEN e.valid_from > '0001-01-01' THEN e.valid_from END AS valid_from,
  CASE WHEN e.valid_to < '9999-12-31' THEN e.valid_to END AS valid_to, e.basis AS basis, e.text AS quote, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY asked DESC, relation, subject_id, other_id, current DESC, document, fact

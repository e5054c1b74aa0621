// Sources of a node or a fact
// A row is one statement that names the node, or the one statement that is the fact. No rows: no
// statement that counts on the day holds the id.
// id (id): the id of a node or of a fact
// as_of (day): the day asked about, null for today
// :params {id: "cobr", as_of: null}
// returns: relation, other, other_id, basis, fact, authority, document, lines, quote
WITH coalesce($as_of, toString(date())) AS day
MATCH (a)-[e]-(b)
WHERE (a.id = $id OR e.fact = $id AND startNode(e) = a) AND e.fact IS NOT NULL
  AND e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN DISTINCT type(e) AS relation, coalesce(b.text, b.name) AS other, b.id AS other_id, e.basis AS basis,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY relation, other_id, fact

// Who covers for a rank in absence or vacancy
// A row is one statement, with its terms in the quote. position says whether the other covers for the
// rank, or is covered by it. No rows: no source that counts on the day says who covers.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commissioner", as_of: null}
// returns: position, other, other_id, quote, basis, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})-[e:COVERED_BY]-(other)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN CASE startNode(e).id WHEN $rank THEN 'covered by' ELSE 'covers for' END AS position,
  other.name AS other, other.id AS other_id, e.text AS quote, e.basis AS basis,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY position, other_id, fact

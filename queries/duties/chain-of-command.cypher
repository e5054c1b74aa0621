// Who manages a rank, and whom it manages
// A row is one statement of who reports to whom, above or below the rank. No rows: no source says,
// and nothing is guessed from the ladder.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: position, rank, rank_id, basis, fact, authority, document, lines, quote
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})-[e:REPORTS_TO]-(other)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN CASE startNode(e).id WHEN $rank THEN 'above' ELSE 'below' END AS position,
  other.name AS rank, other.id AS rank_id, e.basis AS basis, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY position, rank_id, fact

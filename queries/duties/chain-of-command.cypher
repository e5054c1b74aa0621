// Who manages a rank, and whom it manages
// A row is one statement of who stands above or below the rank. tie: line manager (a source says who reports to
// whom), direction and control (by law), or else ladder only: no source says who manages, so this is the next rank on
// the ladder of promotion, which is nobody's word. No rows: nothing of the rank counts on the day.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: position, tie, rank, rank_id, basis, fact, authority, document, lines, quote
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (role:Role {id: $rank})-[e:REPORTS_TO|DIRECTED_BY|PROMOTES_FROM]-(other)
WHERE e.valid_from <= day AND day < e.valid_to
WITH e, other, CASE type(e) WHEN 'REPORTS_TO' THEN 'line manager' WHEN 'DIRECTED_BY' THEN 'direction and control'
    ELSE 'ladder only' END AS tie,
  CASE (type(e) = 'PROMOTES_FROM') = (startNode(e).id = $rank) WHEN true THEN 'below' ELSE 'above' END AS position
WITH [x IN collect({e: e, other: other, tie: tie, position: position}) WHERE x.e IS NOT NULL] AS rows
UNWIND [x IN rows WHERE x.tie <> 'ladder only'
  OR NOT any(y IN rows WHERE y.position = x.position AND y.tie <> 'ladder only')] AS row
WITH row.position AS position, row.tie AS tie, row.other AS other, row.e AS e
MATCH (d:Document {id: e.document})
RETURN position, tie, other.name AS rank, other.id AS rank_id, e.basis AS basis, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY position, tie DESC, rank_id, fact

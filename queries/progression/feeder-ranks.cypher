// Ranks from which a rank is reached
// A row is one statement that the other rank leads here: the ladder, an advert or pack that is open
// to it, or a condition that it (or a higher one) has been held. No rows: nothing says so.
// rank (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: rank, rank_id, via, basis, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (aim:Role {id: $rank})-[first:PROMOTES_FROM|OPEN_TO|REQUIRES]->(next:Role|Gate)
WHERE first.valid_from <= day AND day < first.valid_to
OPTIONAL MATCH (next:Gate)-[o:OPTION]->(:Option)-[last:NEEDS]->(part:Role)
WHERE o.valid_from <= day AND day < o.valid_to AND last.valid_from <= day AND day < last.valid_to
WITH CASE WHEN next:Gate THEN last ELSE first END AS e, CASE WHEN next:Gate THEN part ELSE next END AS feeder
WHERE feeder.id <> $rank
MATCH (d:Document {id: e.document})
RETURN DISTINCT feeder.name AS rank, feeder.id AS rank_id,
  CASE type(e) WHEN 'PROMOTES_FROM' THEN 'promotion' WHEN 'OPEN_TO' THEN 'open-to' ELSE 'gate' END AS via,
  e.basis AS basis, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY rank_id, via, fact

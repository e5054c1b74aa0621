// Ranks that follow a rank
// A row is a rank that can be reached in one step: by promotion along a ladder, or because a
// document opens it to the rank held. No rows: the rank ends its ladder
// or stands on none, and nothing is open to it.
// rank (rank): the rank held now
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commander", as_of: null}
// returns: rank, rank_id, step, via, fact, authority, document, lines
// guide 2: Stand on one rank and look up: where can its holder go next?
// How to read it: An arrow PROMOTES_FROM is a step of the ladder; OPEN_TO is one document that lets the rank
// apply.
WITH coalesce($as_of, toString(date())) AS day
MATCH (next:Role)-[e:PROMOTES_FROM|OPEN_TO]->(held:Role {id: $rank})
WHERE next.id <> held.id
  AND e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN next.name AS rank, next.id AS rank_id, next.step AS step,
  CASE type(e) WHEN 'PROMOTES_FROM' THEN 'promotion' ELSE 'open-to' END AS via,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY via DESC, step, rank_id, fact

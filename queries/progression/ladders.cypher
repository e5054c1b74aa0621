// The ladders: promotions, and ranks that are equal
// A row is one statement: rank is promoted from other (relation PROMOTES_FROM), or stands on the same
// step as other of another ladder (EQUIVALENT_TO). No rows: the graph is empty.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: relation, rank, rank_id, ladder, step, other, other_id, other_ladder, other_step, basis, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (upper:Role)-[e:PROMOTES_FROM|EQUIVALENT_TO]->(lower:Role)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN type(e) AS relation, upper.name AS rank, upper.id AS rank_id, upper.ladder AS ladder, upper.step AS step,
  lower.name AS other, lower.id AS other_id, lower.ladder AS other_ladder, lower.step AS other_step,
  e.basis AS basis, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY relation DESC, coalesce(step, 99), rank_id, other_id, fact

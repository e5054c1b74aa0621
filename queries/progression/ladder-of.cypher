// Ranks of a force that has a ladder of its own
// A row is a rank that a source gives the force, the lowest first; quote says who appoints, and what of the
// ladder was not found. Forces of England and Wales all have the same, in the question ladders. No rows: no
// source was read that gives the body ranks.
// body (body): the force, such as psni
// as_of (day): the day asked about, null for today
// :params {body: "psni", as_of: null}
// returns: rank, rank_id, step, fact, authority, document, lines, quote
WITH coalesce($as_of, toString(date())) AS day
MATCH (:Body {id: $body})-[e:HAS_RANK]->(rank:Rank)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN rank.name AS rank, rank.id AS rank_id, rank.step AS step, e.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY step, rank_id, fact

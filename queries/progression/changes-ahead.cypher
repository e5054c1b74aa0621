// Changes to ranks and promotion that are proposed
// A row is a change ahead: what it would be, whom it would touch, since when it is proposed (a day, month or
// year). It is not law, and no other answer counts it; status enacted: an Act that is not yet in force as a
// whole. seen: text (the source was read), cited (another page says so). No rows: none was proposed by then.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: change, change_id, status, touches, proposed, says, seen, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (change:Instrument)-[e:DECLARED_IN]->(:Document)
WHERE change.status IS NOT NULL AND change.proposed <= day
MATCH (d:Document {id: e.document})
RETURN change.name AS change, change.id AS change_id, change.status AS status, change.touches AS touches,
  change.proposed AS proposed, change.says AS says, change.seen AS seen, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY proposed, change_id, fact

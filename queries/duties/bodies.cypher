// All bodies and offices that can be asked about
// A row is a body or office, with the number of statements that name it and count on the day. No rows:
// the graph is empty.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: body, body_id, kind, statements
WITH coalesce($as_of, toString(date())) AS day
MATCH (body:Body)
OPTIONAL MATCH (body)<-[e]-()
WHERE e.valid_from <= day AND day < e.valid_to
RETURN body.name AS body, body.id AS body_id, body.kind AS kind, count(e) AS statements
ORDER BY statements DESC, body_id

// Duties of a rank
// A row is one duty as printed, in one edition that counts on the day. No rows: no profile of the
// rank is loaded, or none counts on the day.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: duty, duty_id, edition, fact, authority, document, lines
// guide 5: What would the holder be accountable for, in the words of the document?
// How to read it: Click on a duty: its text is whole in the panel, and the edge to it carries file, lines and
// edition.
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})-[e:ACCOUNTABLE_FOR]->(duty:Accountability)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN e.text AS duty, duty.id AS duty_id, e.edition AS edition, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY edition, toInteger(split(split(lines, ',')[0], '-')[0]), duty_id

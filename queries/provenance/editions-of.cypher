// Editions of what is written on a rank
// A row is one edition that is loaded, newest first; current says whether it counts on the day. No
// rows: nothing on the rank is loaded.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: edition, source_kind, code, version, framework, published, not_before, closes, valid_from, valid_to, document, current
// guide 8: All this was written at some time: which editions are there, and which counts today?
// How to read it: The edition without an end is the one that counts. Set as_of to a day in the past to ask what
// counted then.
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})<-[:DESCRIBES]-(p:Profile)-[:PUBLISHED_IN]->(d:Document)
RETURN p.id AS edition, p.source_kind AS source_kind, p.code AS code, p.version AS version,
  p.framework AS framework, p.published AS published, p.not_before AS not_before, p.closes AS closes,
  CASE WHEN p.valid_from > '0001-01-01' THEN p.valid_from END AS valid_from,
  CASE WHEN p.valid_to < '9999-12-31' THEN p.valid_to END AS valid_to, d.name AS document,
  p.valid_from <= day AND day < p.valid_to AS current
ORDER BY coalesce(valid_from, '') DESC, edition

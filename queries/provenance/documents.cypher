// Documents that are loaded
// A row is one edition with the document that states it; document names the file. Reference data is
// no document. No rows: nothing is loaded but reference data.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: document, source_kind, role, role_id, edition, valid_from, valid_to, current, not_understood
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role)<-[:DESCRIBES]-(p:Profile)-[:PUBLISHED_IN]->(d:Document)
RETURN d.name AS document, p.source_kind AS source_kind, role.name AS role, role.id AS role_id, p.id AS edition,
  CASE WHEN p.valid_from > '0001-01-01' THEN p.valid_from END AS valid_from,
  CASE WHEN p.valid_to < '9999-12-31' THEN p.valid_to END AS valid_to,
  p.valid_from <= day AND day < p.valid_to AS current, p.leftovers AS not_understood
ORDER BY document, edition

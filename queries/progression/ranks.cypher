// All ranks and roles, ladder by ladder
// A row is a rank of a ladder, or a role that is no rank (step and ladder are then null), with the number
// of editions loaded that describe it and count on the day. No rows: the graph is empty.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: rank, rank_id, short_name, ladder, step, profile_level, insignia, editions
// guide 1: Start with the map: the ranks of each ladder, and which of them stand level with each other.
// How to read it: Find the point where the one ladder that all forces share ends and three others begin. Two ranks
// of one name on two ladders are two nodes.
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role)
OPTIONAL MATCH (role)<-[:DESCRIBES]-(p:Profile)
WHERE p.valid_from <= day AND day < p.valid_to
RETURN role.name AS rank, role.id AS rank_id, role.short_name AS short_name, role.ladder AS ladder,
  role.step AS step, role.profile_level AS profile_level, role.insignia AS insignia, count(p) AS editions
ORDER BY coalesce(step, 99), rank_id

// Roles that ask for much the same
// A row is another role: a rank on the same step of another ladder, or a role that is no rank. needed is
// how many requirements it asks for on the day, shared how many of them the role compared asks for too, at
// that level or a higher one, overlap the whole per cent of it, rounded down; missing names the others, with
// the level where one is asked. Gates do not count, and a role that asks for nothing has no row. No rows: no
// other role of the kind asks for anything.
// from (role): the rank or role held now
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {from: "uk/inspector", unrecorded: null, desirable: null, as_of: null}
// returns: role, role_id, shared, needed, overlap, missing
WITH coalesce($as_of, toString(date())) AS day
MATCH (held:Role {id: $from})
OPTIONAL MATCH (held)-[e:REQUIRES]->(need:Requirement)
WHERE e.valid_from <= day AND day < e.valid_to
  AND (coalesce($unrecorded, false) OR need.recorded
    OR coalesce(need.declared, false)) AND (coalesce($desirable, false)
    OR coalesce(e.necessity, 'essential') <> 'desirable')
WITH day, held, collect({id: need.id, level: coalesce(e.level, 0)}) AS has
MATCH (other:Role)-[e:REQUIRES]->(need:Requirement)
WHERE other.id <> $from AND (other.step IS NULL OR other.step = held.step)
  AND e.valid_from <= day AND day < e.valid_to
  AND (coalesce($unrecorded, false) OR need.recorded
    OR coalesce(need.declared, false)) AND (coalesce($desirable, false)
    OR coalesce(e.necessity, 'essential') <> 'desirable')
WITH has, other, need, max(coalesce(e.level, 0)) AS level
ORDER BY need.name, need.id
WITH other, need, level, CASE WHEN any(h IN has WHERE h.id = need.id AND h.level >= level) THEN 1 ELSE 0 END AS both
WITH other, collect({name: need.name, level: level, both: both}) AS asked
WITH other, size(asked) AS needed, size([a IN asked WHERE a.both = 1]) AS shared, [a IN asked WHERE a.both = 0 |
  a.name + CASE a.level WHEN 0 THEN '' ELSE ' (level ' + toString(a.level) + ')' END] AS missing
RETURN other.name AS role, other.id AS role_id, shared, needed, 100 * shared / needed AS overlap, missing
ORDER BY overlap DESC, shared DESC, role_id

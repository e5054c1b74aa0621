// How short posts are, and what they ask for, from load to load of staff files
// A row is the total that a load left of one rank or role of posts, or of one requirement at one level, in one
// unit with all that were within it on its day. need, have and short are, of a rank, full-time equivalents
// (established, worked, vacant; posts and heads count places and people, who is in posts of two units twice); of a
// requirement, places in posts, as heat-map counts them. change is short less that of the load before, whose day
// before is: more is worse. It is null in the first load, and where the two cannot be compared: differs says
// new, gone (a row of noughts), recorded since, or recorded no longer. Where the need became another, differs says
// what it was, and change comes in part of that. Requirements are kept of units at the top and one level below.
// No rows: no load has left a total of that, there, in that time.
// unit (unit, optional): the unit, null for the whole force
// depth (number, optional): how many levels of units below it are shown, null for none
// what (id, optional): rank or requirement for one of the two, or one rank or requirement by id or name, null for all
// since (day): the day of the first load that is shown, null for all
// as_of (day): the day of the last load that may be shown, null for today
// :params {unit: null, depth: null, what: null, since: null, as_of: null}
// counts: people
// returns: day, unit, kind, name, level, need, have, short, change, differs, unknown, posts, heads, id, unit_id, depth, before
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH way = (top)<-[:WITHIN*0..]-(unit:Unit)
WHERE length(way) <= coalesce($depth, 0)
WITH collect({id: unit.id, name: unit.name, depth: length(way)}) AS units
MATCH (total:LoadTotal)
WITH DISTINCT units, total.day AS day
ORDER BY day
WITH units, collect(day) AS days
UNWIND units AS unit
MATCH (total:LoadTotal {unit_id: unit.id})
WITH days, unit, total.kind AS kind, total.of AS of, total.level AS level, collect(total) AS totals
OPTIONAL MATCH (role:Role {id: of})
OPTIONAL MATCH (need:Requirement {id: of})
WITH days, unit, kind, of, level, totals, coalesce(role.name, need.name, of, 'no rank or role') AS name
WHERE $what IS NULL OR $what = kind OR $what = of OR toLower($what) = toLower(name)
UNWIND range(0, size(days) - 1) AS n
WITH unit, kind, of, level, name, totals, days[n] AS day, CASE WHEN n > 0 THEN days[n - 1] END AS before
WHERE coalesce($since, '') <= day AND day <= coalesce($as_of, toString(date()))
WITH unit, kind, of, level, name, day, before, head([t IN totals WHERE t.day = day]) AS now,
  head([t IN totals WHERE t.day = before]) AS old
WHERE now IS NOT NULL OR old IS NOT NULL
WITH unit, kind, of, level, name, day, before, now, old, CASE WHEN before IS NULL THEN null
    WHEN old IS NULL THEN 'new' WHEN now IS NULL THEN 'gone'
    WHEN old.unknown > 0 AND now.unknown = 0 THEN 'recorded since'
    WHEN old.unknown = 0 AND now.unknown > 0 THEN 'recorded no longer' END AS apart
WITH unit, kind, of, level, name, day, before, apart, now.posts AS posts, now.heads AS heads,
  [x IN [coalesce(now.need, 0), coalesce(now.have, 0), coalesce(now.short, 0), coalesce(now.unknown, 0), old.need,
    CASE WHEN apart IS NULL THEN round((now.short - old.short) * 100) / 100 END]
  | CASE kind WHEN 'rank' THEN toFloat(x) ELSE toInteger(x) END] AS counts
RETURN day, unit.name AS unit, kind, name, level, counts[0] AS need, counts[1] AS have, counts[2] AS short,
  counts[5] AS change, CASE WHEN apart IS NULL AND counts[4] <> counts[0] THEN 'need was ' + toString(counts[4])
    ELSE apart END AS differs, counts[3] AS unknown, posts, heads, of AS id, unit.id AS unit_id, unit.depth AS depth,
  before
ORDER BY day, depth, unit_id, kind, id, coalesce(level, -1)

// Where a unit, and each unit within it, is short of what its posts ask for
// A row is one unit, one requirement and one level of it; units are those from the one asked down, depth 0
// is the one asked, and a unit counts the posts of all units within it too. need is how many places in
// posts that are open on the day ask for it at that level: by their rank, their role or themselves, once
// each, at the highest level where it is asked for twice; a post has one place, a pool of posts several.
// have is how many of these have somebody in them, acting or not, who holds it at that level or higher and
// is present; have_absent is how many more there would be if nobody were absent. Where nobody was ever
// recorded with it, here or elsewhere, unknown is need; else it is 0. short is need less have and unknown,
// so a vacant post is short. A null level is met by any holding, and a holding without a level meets no
// other. No rows: no open post there asks for anything that a training or HR system records.
// unit (unit, optional): the unit, null for the whole force
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// depth (number, optional): how many levels of units below the first are shown, null for all
// as_of (day): the day asked about, null for today
// :params {unit: null, unrecorded: null, desirable: null, depth: null, as_of: null}
// counts: people
// returns: unit, unit_id, depth, requirement, requirement_id, level, need, have, have_absent, short, unknown
// guide 10: Last, the people: where is the force short of what its posts ask for?
// How to read it: This needs staff files. Depth 0 is the whole; short is how many posts lack it, and a vacant post
// is short.
WITH coalesce($as_of, toString(date())) AS day, coalesce($unrecorded, false) AS judged,
  coalesce($desirable, false) AS desired
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH way = (top)<-[:WITHIN*0..]-(within:Unit)
WITH day, judged, desired, within, nodes(way)[CASE WHEN length(way) > $depth THEN $depth ELSE length(way) END] AS own
MATCH (within)<-[:WITHIN]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH day, judged, desired, own, post, collect([asked, e.level, e.necessity]) AS asks
WITH day, judged, desired, asks, own, collect(post) AS posts
WITH day, judged, desired, asks, collect({unit: own, posts: posts}) AS places
WITH day, judged, desired, places, head(head(places).posts) AS post
WITH day, places, COLLECT {
  MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
  WHERE (judged OR need.recorded OR need.declared) AND (desired OR coalesce(e.necessity, 'essential') = 'essential')
    AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to)
  WITH need, max(coalesce(e.level, -1)) AS level
  WITH level, collect(need) AS needs
  RETURN {level: level, needs: needs} AS band
} AS bands
WITH day, collect({places: places, bands: bands, needs: reduce(any = [], b IN bands | any + b.needs)}) AS kinds
CALL (kinds, day) {
  UNWIND kinds AS kind
  UNWIND kind.places AS place
  UNWIND kind.bands AS band
  UNWIND band.needs AS need
  WITH place.unit AS own, need, band.level AS level,
    reduce(places = 0, p IN place.posts | places + coalesce(p.places, 1)) AS posts
  RETURN own, need, level, sum(posts) AS asking, 0 AS met, 0 AS known
  UNION ALL
  UNWIND kinds AS kind
  UNWIND kind.places AS place
  WITH day, kind.needs AS needs, kind.bands AS bands, place.unit AS own, place.posts AS posts
  UNWIND posts AS post
  MATCH (post)<-[o:OCCUPIES]-(person:Person)
  WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
    AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  WITH DISTINCT day, needs, bands, own, post, person, CASE WHEN EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
    WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') } THEN 0 ELSE 1 END AS present
  WITH day, needs, bands, own, post, collect({person: person, present: present}) AS those
  UNWIND those AS one
  WITH day, needs, bands, own, coalesce(post.places, 1) AS places, CASE WHEN size(those) > 1 THEN post END AS shared,
    CASE WHEN size(those) > 1 THEN one.person ELSE post END AS by, one.person AS person, one.present AS present
  MATCH (person)-[h:HOLDS]->(need:Requirement)
  WHERE need IN needs AND (h.achieved IS NULL OR h.achieved <= day) AND (h.expires IS NULL OR day <= h.expires)
  WITH own, shared, places, by, need, present, coalesce(h.level, 0) AS held,
    head([band IN bands WHERE need IN band.needs | band.level]) AS level
  WHERE held >= level
  WITH own, need, level, shared, places, count(DISTINCT CASE present WHEN 1 THEN by END) AS here,
    count(DISTINCT by) AS all
  RETURN own, need, level, 0 AS asking, sum(CASE WHEN shared IS NULL OR here < places THEN here ELSE places END) AS met,
    sum(CASE WHEN shared IS NULL OR all < places THEN all ELSE places END) AS known
}
WITH own, need, level, asking, met, known
WITH own, need, level, sum(asking) AS asking, sum(met) AS met, sum(known) AS known
WITH own, collect({need: need, level: level, asking: asking, met: met, known: known}) AS found
MATCH way = (own)-[:WITHIN*0..]->(top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
WITH nodes(way) AS units, length(way) AS depth, found
UNWIND range(0, depth) AS steps
WITH units[steps] AS unit, depth - steps AS depth, found
UNWIND found AS f
WITH unit, depth, f.need AS need, f.level AS level, f.asking AS asking, f.met AS met, f.known AS known
WITH unit, depth, need, level, sum(asking) AS asking, sum(met) AS met, sum(known) AS known
WITH need, collect({unit: unit, depth: depth, level: level, asking: asking, met: met, known: known}) AS sums
WITH need.id AS requirement_id, need.name AS requirement, EXISTS { (need)<-[:HOLDS]-() } AS recorded, sums
UNWIND sums AS s
WITH s.unit AS unit, s.depth AS depth, requirement, requirement_id, CASE s.level WHEN -1 THEN null ELSE s.level END AS level,
  s.asking AS need, s.met AS have, s.known - s.met AS have_absent, CASE WHEN recorded THEN 0 ELSE s.asking END AS unknown
RETURN unit.name AS unit, unit.id AS unit_id, depth, requirement, requirement_id, level, need, have, have_absent,
  need - have - unknown AS short, unknown
ORDER BY depth, unit_id, requirement_id, coalesce(level, -1)

// What only one person in a unit holds
// A row is one unit, from the one asked down, and one requirement that its posts ask for and that exactly
// one person there holds on the day. need is how many places in posts that are open on the day ask for it, at
// any level, the units within included; person_id is the only one among those in these posts, acting or
// not and present on the day, who holds it at the lowest level that these posts ask for, or above: at any,
// where one of them asks for no level; expires is the last day on which that counts, null where it does not
// end. No rows: nothing that is asked for there rests on one person alone; what nobody holds is in heat-map.
// unit (unit, optional): the unit, null for the whole force
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {unit: null, unrecorded: null, desirable: null, as_of: null}
// returns: unit, unit_id, requirement, requirement_id, need, person_id, expires, depth, name
CALL () {
  WITH coalesce($as_of, toString(date())) AS day, coalesce($unrecorded, false) AS judged,
    coalesce($desirable, false) AS desired
  MATCH (top:Unit)
  WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
  MATCH (top)<-[:WITHIN*0..]-(own:Unit)
  MATCH (own)<-[:WITHIN]-(post:Post)
  WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
  MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
  WITH day, judged, desired, own, post, collect([asked, e.level, e.necessity]) AS asks
  WITH day, judged, desired, asks, own, collect(post) AS posts
  WITH day, judged, desired, asks, collect({unit: own, posts: posts}) AS places
  WITH day, judged, desired, places, head(head(places).posts) AS post
  WITH places, COLLECT {
    MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
    WHERE (judged OR need.recorded OR need.declared) AND (desired OR coalesce(e.necessity, 'essential') = 'essential')
      AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to)
    WITH need, max(coalesce(e.level, -1)) AS level
    RETURN {need: need, level: level} AS ask
  } AS asks
  UNWIND places AS place
  UNWIND asks AS ask
  WITH place.unit AS own, ask.need AS need, ask.level AS level, 
    reduce(places = 0, p IN place.posts | places + coalesce(p.places, 1)) AS posts
  RETURN own, need, sum(posts) AS asking, min(level) AS least, null AS held, null AS low, null AS high
  UNION ALL
  WITH coalesce($as_of, toString(date())) AS day
  MATCH (top:Unit)
  WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
  MATCH (top)<-[:WITHIN*0..]-(own:Unit)
  MATCH (own)<-[:WITHIN]-(post:Post)<-[o:OCCUPIES]-(person:Person)
  WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
    AND coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
    AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
    AND NOT EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
      WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') }
  WITH DISTINCT day, own, person, person.id AS id
  MATCH (person)-[h:HOLDS]->(need:Requirement)
  WHERE (h.achieved IS NULL OR h.achieved <= day) AND (h.expires IS NULL OR day <= h.expires)
  WITH own, need, coalesce(h.level, 0) AS held, id
  RETURN own, need, 0 AS asking, null AS least, held, min(id) AS low, max(id) AS high
}
WITH own, need, sum(asking) AS asking, min(least) AS least,
  collect(CASE WHEN low IS NOT NULL THEN {held: held, low: low, high: high} END) AS holders
WITH own, collect({need: need, asking: asking, least: least, holders: holders}) AS found
MATCH way = (own)-[:WITHIN*0..]->(top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
WITH nodes(way) AS units, length(way) AS depth, found
UNWIND range(0, depth) AS steps
WITH units[steps] AS unit, depth - steps AS depth, found
UNWIND found AS f
WITH unit, depth, f.need AS need, f.asking AS asking, f.least AS least, f.holders AS holders
WITH unit, depth, need, sum(asking) AS asking, min(least) AS least, collect(holders) AS some
WHERE asking > 0
WITH unit, depth, need, asking, least,
  reduce(able = [], holders IN some | able + [h IN holders WHERE h.held >= least]) AS able
WITH unit, depth, need, asking, least, able, head(able).low AS low
WHERE size(able) > 0 AND all(h IN able WHERE h.low = low AND h.high = low)
WITH unit, depth, need, asking, least, low, coalesce($as_of, toString(date())) AS day
MATCH (person:Person {id: low})-[h:HOLDS]->(held:Requirement)
WHERE held = need AND coalesce(h.level, 0) >= least
  AND (h.achieved IS NULL OR h.achieved <= day) AND (h.expires IS NULL OR day <= h.expires)
WITH unit, depth, need, asking, person, count(h) AS every, count(h.expires) AS ending, max(h.expires) AS last
RETURN unit.name AS unit, unit.id AS unit_id, need.name AS requirement, need.id AS requirement_id, asking AS need,
  person.id AS person_id, CASE WHEN ending = every THEN last END AS expires, depth, person.name AS name
ORDER BY depth, unit_id, requirement_id

// What people hold, and their posts ask for, that soon ends
// A row is one holding of somebody in an open post of the unit, or of one within it, that counts on the day,
// is asked for by that post, and counts for the last time within so many days, expires included. It is left
// out where the same person holds another at the same level or higher, on the day, that counts longer.
// last_holder is true where nobody else in the unit asked, in an open post and present on the day, holds
// it on the day after, at the lowest level that the open posts there ask for, or above: at any, where one
// of them asks for no level. No rows: nothing that is asked for there ends so soon.
// unit (unit, optional): the unit, null for the whole force
// days (number, optional): how many days ahead, null for 90
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {unit: null, days: 90, unrecorded: null, desirable: null, as_of: null}
// returns: person_id, requirement, expires, days_left, post_id, last_holder, requirement_id, level, unit_id, name
WITH coalesce($as_of, toString(date())) AS day, coalesce($unrecorded, false) AS judged,
  coalesce($desirable, false) AS desired
WITH day, judged, desired, toString(date(day) + duration({days: coalesce($days, 90)})) AS until
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*0..]-(own:Unit)
MATCH (own)<-[:WITHIN]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH day, until, judged, desired, post, collect([asked, e.level, e.necessity]) AS asks
WITH day, until, judged, desired, asks, collect(post) AS posts
WITH day, until, judged, desired, posts, head(posts) AS post
WITH day, until, posts, COLLECT {
  MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
  WHERE (judged OR need.recorded OR need.declared) AND (desired OR coalesce(e.necessity, 'essential') = 'essential')
    AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to)
  WITH need, max(coalesce(e.level, -1)) AS level
  RETURN {need: need, level: level} AS ask
} AS asks
WITH day, until, collect({posts: posts, asks: asks, needs: [ask IN asks | ask.need]}) AS kinds
CALL (kinds) {
  UNWIND kinds AS kind
  UNWIND kind.asks AS ask
  WITH ask.need AS need, ask.level AS level
  WITH need, min(level) AS least
  RETURN collect({need: need, least: least}) AS leasts
}
CALL (kinds, day, until) {
  UNWIND kinds AS kind
  WITH day, until, kind.needs AS needs, kind.posts AS posts
  UNWIND posts AS asking
  MATCH (asking)<-[o:OCCUPIES]-(person:Person)
  WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
    AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  WITH DISTINCT day, until, needs, asking, person
  WITH until, asking, person, COLLECT {
    MATCH (person)-[h:HOLDS]->(need)
    WHERE need IN needs AND (h.achieved IS NULL OR h.achieved <= day) AND (h.expires IS NULL OR day <= h.expires)
    RETURN {need: need, level: h.level, expires: h.expires} AS holding
  } AS holdings
  UNWIND [h IN holdings WHERE h.expires <= until AND NOT any(x IN holdings WHERE x.need = h.need AND
    coalesce(x.level, 0) >= coalesce(h.level, 0) AND (x.expires IS NULL OR x.expires > h.expires))] AS h
  WITH DISTINCT h.need AS need, asking, person, h.level AS level, h.expires AS expires
  WITH need, collect([asking, person, level, expires]) AS ending
  RETURN collect({need: need, ending: ending}) AS found
}
WITH day, until, kinds, leasts, found, [f IN found | f.need] AS needs
CALL (kinds, day, until, needs) {
  UNWIND kinds AS kind
  UNWIND kind.posts AS post
  MATCH (post)<-[o:OCCUPIES]-(person:Person)
  WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
    AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
    AND NOT EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
      WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') }
  WITH DISTINCT day, until, needs, person, person.id AS id
  MATCH (person)-[h:HOLDS]->(need)
  WHERE need IN needs AND (h.expires IS NULL OR day < h.expires)
  WITH need, id, coalesce(h.level, 0) AS held, CASE WHEN h.achieved > day THEN h.achieved ELSE '' END AS first,
    CASE WHEN h.expires <= until THEN h.expires ELSE '9999-12-31' END AS last
  WITH need, held, first, last, min(id) AS low, max(id) AS high
  ORDER BY last DESC
  RETURN collect({need: need, held: held, first: first, last: last, low: low, high: high}) AS holders
}
UNWIND found AS f
WITH day, holders, f.need AS need, f.ending AS ending, head([x IN leasts WHERE x.need = f.need | x.least]) AS least
WITH day, need, ending, [x IN holders WHERE x.need = need AND x.held >= least] AS able
UNWIND ending AS e
WITH day, need, able, e[0] AS post, e[1] AS person, e[2] AS level, e[3] AS expires
MATCH (post)-[:WITHIN]->(own:Unit)
WITH person.id AS person_id, need.name AS requirement, expires,
  duration.inDays(date(day), date(expires)).days AS days_left, post.id AS post_id,
  NOT any(x IN able WHERE x.last > expires AND (x.low <> person.id OR x.high <> person.id)
    AND (x.first = '' OR x.first <= toString(date(expires) + duration({days: 1})))) AS last_holder,
  need.id AS requirement_id, level, own.id AS unit_id, person.name AS name
RETURN person_id, requirement, expires, days_left, post_id, last_holder, requirement_id, level, unit_id, name
ORDER BY expires, person_id, requirement_id, post_id, coalesce(level, -1)

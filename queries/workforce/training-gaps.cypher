// What those who are in a unit's posts lack, where their post is short of it
// A row is one present occupant, acting or not, of a post that is open on the day, and one requirement
// that the post asks for, that this person does not hold at the level and that fewer present occupants of
// it hold than it has places: what the question heat-map counts as short, but for vacant posts and those
// whose occupants are all absent. A person in two such posts has a row for each. What nobody was ever
// recorded with is unknown, and no gap. short is how many places of the post are short of it; necessity says
// whether it must be held (essential) or is desirable, weight how much it matters beside others. No rows: nobody
// who is there lacks what their post is short of.
// unit (unit, optional): the unit, null for the whole force
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {unit: null, unrecorded: null, desirable: null, as_of: null}
// returns: person_id, post_id, requirement, requirement_id, level, unit_id, short, unit, necessity, weight
WITH coalesce($as_of, toString(date())) AS day, coalesce($unrecorded, false) AS judged,
  coalesce($desirable, false) AS desired
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*0..]-(own:Unit)
MATCH (own)<-[:WITHIN]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH day, judged, desired, own, post, collect([asked, e.level, e.necessity, e.weight]) AS asks
WITH day, judged, desired, asks, collect({unit: own, post: post}) AS places
WITH day, judged, desired, places, head(places).post AS post
MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
WHERE (judged OR need.recorded OR need.declared) AND (desired OR coalesce(e.necessity, 'essential') = 'essential')
  AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to)
  AND EXISTS { (need)<-[:HOLDS]-() }
WITH day, places, post, need, max(coalesce(e.level, -1)) AS level, max(coalesce(e.necessity, 'essential')) AS necessity,
  max(coalesce(e.weight, 1.0)) AS weight
WITH day, places, post, collect({need: need, level: level, necessity: necessity, weight: weight}) AS wants, collect(need) AS needs
UNWIND places AS place
WITH day, wants, needs, place.unit AS own, place.post AS post
MATCH (post)<-[o:OCCUPIES]-(person:Person)
WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  AND NOT EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
    WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') }
OPTIONAL MATCH (person)-[h:HOLDS]->(need:Requirement)
WHERE need IN needs AND (h.achieved IS NULL OR h.achieved <= day) AND (h.expires IS NULL OR day <= h.expires)
WITH wants, own, post, person, [x IN collect({need: need, level: coalesce(h.level, 0)}) WHERE x.need IS NOT NULL] AS held
WITH wants, own, post, collect({person: person, held: held}) AS people
UNWIND wants AS want
WITH own, post, want, size(people) AS present, [p IN people
  WHERE NOT any(h IN p.held WHERE h.need = want.need AND h.level >= want.level) | p.person] AS lacking
WHERE present - size(lacking) < coalesce(post.places, 1)
WITH own, post, lacking, want, want.need AS need, want.level AS level,
  coalesce(post.places, 1) - present + size(lacking) AS short
UNWIND lacking AS person
RETURN person.id AS person_id, post.id AS post_id, need.name AS requirement, need.id AS requirement_id,
  CASE level WHEN -1 THEN null ELSE level END AS level, own.id AS unit_id, short,
  own.name AS unit, want.necessity AS necessity, want.weight AS weight
ORDER BY unit_id, post_id, requirement_id, person_id

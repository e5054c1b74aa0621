// Who is nearest to closing each gap, by level, cost and time
// A row is one person present in an open post and one gap of a unit that this person could close: of its minimum
// cover (gap is cover, and the unit's own people and those of units within count), or of its posts (gap is post, and
// only occupants of posts that are short of it count, as in training-gaps). short is how many people, or places in
// such posts, are missing; a null level is met by any holding. near says how near the person is: lapsed (held it at
// the level until that day), lower level (holds it at held_level), next to it (holds a course that teaches it, or
// what it takes the place of) or nothing; levels is how many are missing, 0 for what lapsed. course is the force's
// own that teaches it to the level and can be begun, for the least money, then days; cost is pounds a seat; earliest
// is the first day of its next run, the day asked about where it has no runs, null where none is to come. Minimum
// cover comes first, then what must be held, what matters most, where most are short, and of each gap who is nearest:
// by levels, near, cost and earliest. What nobody was ever recorded with is unknown, and no gap. No rows: nobody there lacks what is short.
// unit (unit, optional): the unit, null for the whole force
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {unit: null, unrecorded: null, desirable: null, as_of: null}
// returns: unit, requirement, level, gap, short, person_id, near, levels, held_level, lapsed, course, cost, days, earliest, necessity, weight, unit_id, requirement_id, course_id, name
CALL () {
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
  WITH day, places, post, collect({need: need, level: level, necessity: necessity, weight: weight}) AS wants,
    collect(need) AS needs
  UNWIND places AS place
  WITH day, wants, needs, place.unit AS own, place.post AS post
  MATCH (post)<-[o:OCCUPIES]-(person:Person)
  WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
    AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
    AND NOT EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
      WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') }
  OPTIONAL MATCH (person)-[h:HOLDS]->(need:Requirement)
  WHERE need IN needs AND (h.achieved IS NULL OR h.achieved <= day) AND (h.expires IS NULL OR day <= h.expires)
  WITH wants, own, post, person,
    [x IN collect({need: need, level: coalesce(h.level, 0)}) WHERE x.need IS NOT NULL] AS held
  WITH wants, own, post, collect({person: person, held: held}) AS people
  UNWIND wants AS want
  WITH own, coalesce(post.places, 1) - size(people) AS free, want, [p IN people
    WHERE NOT any(h IN p.held WHERE h.need = want.need AND h.level >= want.level) | p.person] AS lacking
  WHERE size(lacking) > 0 AND free + size(lacking) > 0
  WITH own, want.need AS need, want.level AS level, want.necessity AS necessity, want.weight AS weight,
    free + size(lacking) AS short, lacking
  WITH own, need, level, max(necessity) AS necessity, max(weight) AS weight, sum(short) AS short,
    collect(lacking) AS lacking
  RETURN own AS unit, need, level, 'post' AS gap, necessity, weight, short,
    reduce(people = [], some IN lacking | people + some) AS people
  UNION ALL
  WITH coalesce($as_of, toString(date())) AS day
  MATCH (top:Unit)
  WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
  MATCH (top)<-[:WITHIN*0..]-(unit:Unit)
  MATCH (unit)-[must:MUST_COVER]->(need:Requirement)
  WHERE EXISTS { (need)<-[:HOLDS]-() }
  MATCH (unit)<-[:WITHIN*0..]-(:Unit)<-[:WITHIN]-(post:Post)<-[o:OCCUPIES]-(person:Person)
  WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
    AND coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
    AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
    AND NOT EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
      WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') }
  WITH DISTINCT day, unit, must, need, person
  OPTIONAL MATCH (person)-[h:HOLDS]->(need)
  WHERE coalesce(h.achieved, '') <= day AND day <= coalesce(h.expires, '9999-12-31')
    AND coalesce(h.level, 0) >= coalesce(must.level, 0)
  WITH unit, must, need, person, count(h) AS held
  WITH unit, must, need, sum(CASE held WHEN 0 THEN 0 ELSE 1 END) AS have,
    collect(CASE held WHEN 0 THEN person END) AS people
  WHERE have < must.people
  RETURN unit, need, coalesce(must.level, -1) AS level, 'cover' AS gap, 'essential' AS necessity,
    coalesce(must.weight, 1.0) AS weight, must.people - have AS short, people
}
WITH coalesce($as_of, toString(date())) AS day,
  collect({unit: unit, need: need, level: level, gap: gap, necessity: necessity, weight: weight, short: short,
    people: people}) AS gaps
OPTIONAL MATCH (course:Course)
WHERE course.course_id IS NOT NULL AND day < coalesce(course.withdrawn, '9999-12-31')
OPTIONAL MATCH (course)-[:HAS_RUN]->(run:CourseRun)
WITH day, gaps, course, count(run) AS runs, min(CASE WHEN run.starts >= day THEN run.starts END) AS next
WITH day, gaps, course, CASE runs WHEN 0 THEN day ELSE next END AS earliest
ORDER BY CASE WHEN earliest IS NULL THEN 1 ELSE 0 END, coalesce(course.cost, 1e300), coalesce(course.days, 1e300), course.id
OPTIONAL MATCH (course)-[t:TEACHES]->(taught:Requirement)
WITH day, gaps, course, earliest, collect({need: taught, level: coalesce(t.level, 0)}) AS taught
WITH day, gaps, collect({course: course, earliest: earliest, taught: taught + [{need: course, level: 1000}]}) AS courses
UNWIND gaps AS gap
WITH day, gap, gap.need AS need, [c IN courses WHERE
  any(x IN c.taught WHERE x.need = gap.need AND x.level >= gap.level)] AS courses
OPTIONAL MATCH (need)-[:SUCCEEDS|REPLACES]->(older:Requirement)
WITH day, gap, need, courses, collect(older) AS older
WITH day, gap, need, head(courses) AS best, older + [c IN courses WHERE c.course <> need | c.course] AS before
UNWIND gap.people AS person
WITH DISTINCT day, gap, need, best, before, person
OPTIONAL MATCH (person)-[h:HOLDS]->(held:Requirement)
WHERE (held = need OR held IN before) AND coalesce(h.achieved, '') <= day
WITH gap, need, best, person,
  max(CASE WHEN held = need AND day <= coalesce(h.expires, '9999-12-31') THEN coalesce(h.level, 0) END) AS held_level,
  max(CASE WHEN held = need AND h.expires < day AND coalesce(h.level, 0) >= gap.level THEN h.expires END) AS lapsed,
  max(CASE WHEN held <> need AND day <= coalesce(h.expires, '9999-12-31') THEN 1 ELSE 0 END) AS leads
WITH gap, need, best, person, held_level, lapsed, CASE WHEN lapsed IS NOT NULL THEN 'lapsed'
    WHEN held_level IS NOT NULL THEN 'lower level' WHEN leads = 1 THEN 'next to it' ELSE 'nothing' END AS near,
  CASE WHEN lapsed IS NOT NULL THEN 0
    ELSE CASE gap.level WHEN -1 THEN 1 ELSE gap.level END - coalesce(held_level, 0) END AS levels, best.course AS course
RETURN gap.unit.name AS unit, need.name AS requirement, CASE gap.level WHEN -1 THEN null ELSE gap.level END AS level,
  gap.gap AS gap, gap.short AS short, person.id AS person_id, near, levels, held_level, lapsed, course.name AS course,
  course.cost AS cost, course.days AS days, best.earliest AS earliest, gap.necessity AS necessity,
  gap.weight AS weight, gap.unit.id AS unit_id, need.id AS requirement_id, course.id AS course_id, person.name AS name
ORDER BY gap, necessity DESC, weight DESC, short DESC, unit_id, requirement_id, coalesce(level, -1), levels, near, coalesce(cost, 1e300), coalesce(earliest, '9999-12-31'), person_id

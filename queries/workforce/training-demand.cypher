// What courses would close the gaps of a unit's posts, and what they take
// Of each open post, and each requirement it asks for that fewer present occupants hold at the level than it
// has places, each present occupant who does not is given the course that teaches it to that level for the least money (then days, then
// id; what is unknown comes last); a course that is itself asked for is taught by itself. A row is a course:
// people is how many need a place on it, gaps how many times one of them lacks a requirement at a level,
// seats how many places can be had, null where no limit is known; days and cost are for all of the people,
// null where unknown. In the last row course is null: the gaps that no course closes. requirements names
// what a row is for. What nobody was ever recorded with is unknown, and no gap. Vacant posts, and posts whose occupants are all absent, need people first and add
// nothing. No rows: nobody who is there lacks what their post is short of.
// unit (unit, optional): the unit, null for the whole force
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {unit: null, unrecorded: null, desirable: null, as_of: null}
// counts: people
// returns: course, people, seats, days, cost, course_id, gaps, requirements
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (role:Role)-[e:REQUIRES]->(need:Requirement)
WHERE e.valid_from <= day AND day < e.valid_to
  AND (coalesce($unrecorded, false) OR need.recorded
    OR coalesce(need.declared, false)) AND (coalesce($desirable, false)
    OR coalesce(e.necessity, 'essential') <> 'desirable')
WITH day, role, collect({id: need.id, level: coalesce(e.level, 0)}) AS needs
WITH day, collect({id: role.id, needs: needs}) AS roles
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*1..]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
WITH day, post, [(post)-[e:ASKS_FOR]->(need:Requirement) WHERE
  (coalesce($unrecorded, false) OR need.recorded OR coalesce(need.declared, false))
  AND (coalesce($desirable, false) OR coalesce(e.necessity, 'essential') <> 'desirable') |
    {id: need.id, level: coalesce(e.level, 0)}] AS own, roles, [(post)-[:FOR_ROLE]->(role:Role) | role.id] AS posted
WITH day, post, own + reduce(some = [], r IN roles | CASE WHEN r.id IN posted THEN some + r.needs ELSE some END) AS asks
MATCH (post)<-[o:OCCUPIES]-(p:Person)
WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
  AND coalesce(p.joined, '') <= day AND day <= coalesce(p.left, '9999-12-31')
WITH day, post, asks, p, [(p)-[:ABSENT]->(a:Absence)
  WHERE coalesce(a.from, '') <= day AND day <= coalesce(a.to, '9999-12-31') | 1] AS away
WHERE size(away) = 0
WITH day, post, asks, p, [(p)-[h:HOLDS]->(need:Requirement) WHERE coalesce(h.achieved, '') <= day
  AND day <= coalesce(h.expires, '9999-12-31') | {id: need.id, level: coalesce(h.level, 0)}] AS held
WITH day, post, p, [a IN asks WHERE NOT any(h IN held WHERE
  CASE WHEN h.id = a.id THEN h.level >= a.level ELSE false END)] AS lacks
WITH day, post, count(DISTINCT p) AS present, collect({p: p, lacks: lacks}) AS those
UNWIND those AS one
UNWIND one.lacks AS lack
WITH day, post, present, lack.id AS id, lack.level AS level, collect(DISTINCT one.p) AS lacking
WHERE present - size(lacking) < coalesce(post.places, 1)
WITH day, post, id, collect({level: level, lacking: lacking}) AS levels
WITH day, id, reduce(most = head(levels), l IN levels | CASE WHEN l.level > most.level THEN l ELSE most END) AS short
UNWIND short.lacking AS person
WITH day, id, short.level AS level, collect(DISTINCT person) AS people
MATCH (need:Requirement {id: id})
WHERE EXISTS { (need)<-[:HOLDS]-() }
WITH day, need, people, [(teacher:Course)-[t:TEACHES*0..1]->(need)
  WHERE (size(t) = 0 OR coalesce(t[0].level, 0) >= level) AND day < coalesce(teacher.withdrawn, '9999-12-31') |
    {id: teacher.id, course: teacher, cost: coalesce(teacher.cost, 1e300), days: coalesce(teacher.days, 1e300)}
  ] AS teachers
WITH need, people, reduce(best = null, t IN teachers | CASE WHEN best IS NULL OR t.cost < best.cost
  OR t.cost = best.cost AND (t.days < best.days OR t.days = best.days AND t.id < best.id) THEN t ELSE best END) AS best
ORDER BY need.name, need.id
UNWIND people AS person
WITH best.course AS course, need, person
WITH course, count(DISTINCT person) AS people, count(person) AS gaps, collect(DISTINCT need.name) AS requirements
RETURN course.name AS course, people, course.seats AS seats, course.days * people AS days, course.cost * people AS cost,
  course.id AS course_id, gaps, requirements
ORDER BY CASE WHEN course_id IS NULL THEN 1 ELSE 0 END, people DESC, course_id

// What each course of the force teaches, and what a seat on it takes
// A row is one requirement that a course teaches, by the staff files, of courses that are not withdrawn on
// the day. A course teaches itself, whole: a post may ask for the course by name. Without a level a course
// closes only what is asked for without one. cost is in pounds a seat, days is days away from duty a
// person, seats how many can be had; null is unknown, of seats: no limit is known. No rows: no staff files
// with courses are loaded.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: course, course_id, number, requirement, requirement_id, level, cost, days, seats, provider
WITH coalesce($as_of, toString(date())) AS day
MATCH (course:Requirement)
WHERE course.course_id IS NOT NULL AND day < coalesce(course.withdrawn, '9999-12-31')
OPTIONAL MATCH (course)-[t:TEACHES]->(need:Requirement)
WITH course, [x IN collect({need: need, level: t.level}) WHERE x.need IS NOT NULL AND x.need.id <> course.id]
  + [{need: course, level: null}] AS taught
UNWIND taught AS one
WITH course, one.need AS need, one.level AS level
RETURN course.name AS course, course.id AS course_id, course.course_id AS number, need.name AS requirement,
  need.id AS requirement_id, level, course.cost AS cost, course.days AS days, course.seats AS seats,
  course.provider AS provider
ORDER BY course, course_id, requirement, requirement_id

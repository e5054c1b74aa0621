// Graph: What each course of the force teaches, and what a seat on it takes
// A path is a course and one thing that it teaches; one that teaches no more than itself stands alone. At most 200
// paths. No rows: no staff files with courses are loaded.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (course:Requirement)-[:TEACHES*0..1]->(need:Requirement)
WHERE course.course_id IS NOT NULL AND day < coalesce(course.withdrawn, '9999-12-31')
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

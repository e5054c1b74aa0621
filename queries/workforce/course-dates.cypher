// When courses of the force are given
// A row is one run of a course that is not withdrawn on the day and starts on the day or after it. seats is how many
// can be had on it, null where no limit is known. No rows: the staff files name no such run.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: course, starts, seats, course_id
WITH coalesce($as_of, toString(date())) AS day
MATCH (course:Requirement)-[:HAS_RUN]->(run:CourseRun)
WHERE run.starts >= day AND day < coalesce(course.withdrawn, '9999-12-31')
RETURN course.name AS course, run.starts AS starts, run.seats AS seats, course.id AS course_id
ORDER BY course_id, starts

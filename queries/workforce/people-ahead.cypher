// Who is in which post from a day on, until when, and until when they hold what it asks for
// A row is one person's time in one post, substantive or not, that has not ended before the day; first and
// last are the days within which the person is in the force and in the post, and the post is open, by what
// is recorded: empty and 9999-12-31 where that is not. rank is that of the post, or its role where it has no rank. away are the
// first and last days of absences that end on the day or later; tickets are what the person holds, or will,
// of what the post asks for, at its level or higher: requirement, first and last day that it counts.
// No rows: nobody is in a post.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: person_id, post_id, unit_id, rank, basis, joined, first, last, away, tickets
WITH coalesce($as_of, toString(date())) AS day
MATCH (post:Post) WHERE day <= coalesce(post.closed, '9999-12-31')
OPTIONAL MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH day, post, collect([asked, e.level, e.necessity]) AS asks
WITH day, asks, collect(post) AS posts
WITH day, posts, head(posts) AS post
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
WITH day, posts, coalesce(rank.id, role.id) AS rank, COLLECT {
  MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
  WHERE (need.recorded OR need.declared) AND coalesce(e.necessity, 'essential') = 'essential'
    AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to)
  WITH need, max(coalesce(e.level, -1)) AS level
  RETURN {need: need, level: level} AS ask
} AS asks
WITH day, posts, rank, asks, [ask IN asks | ask.need] AS needs
UNWIND posts AS post
MATCH (post)<-[o:OCCUPIES]-(person:Person)
WHERE day <= coalesce(o.to, '9999-12-31') AND day <= coalesce(person.left, '9999-12-31')
WITH post, rank, o, person, COLLECT {
  MATCH (person)-[h:HOLDS]->(need:Requirement)
  WHERE need IN needs AND day <= coalesce(h.expires, '9999-12-31')
    AND any(ask IN asks WHERE ask.need = need AND ask.level <= coalesce(h.level, 0))
  RETURN [need.id, h.achieved, h.expires] AS ticket ORDER BY need.id, h.achieved, h.expires
} AS tickets, COLLECT {
  MATCH (person)-[:ABSENT]->(absence:Absence) WHERE day <= coalesce(absence.to, '9999-12-31')
  RETURN [absence.from, absence.to] AS days ORDER BY absence.id
} AS away
MATCH (post)-[:WITHIN]->(own:Unit)
UNWIND [[coalesce(o.from, ''), coalesce(person.joined, ''), coalesce(post.opened, '')]] AS firsts
UNWIND [[coalesce(o.to, '9999-12-31'), coalesce(person.left, '9999-12-31'), coalesce(post.closed, '9999-12-31')]] AS lasts
RETURN person.id AS person_id, post.id AS post_id, own.id AS unit_id, rank,
  o.basis AS basis, person.joined AS joined,
  reduce(latest = '', d IN firsts | CASE WHEN d > latest THEN d ELSE latest END) AS first,
  reduce(earliest = '9999-12-31', d IN lasts | CASE WHEN d < earliest THEN d ELSE earliest END) AS last, away, tickets
ORDER BY person_id, post_id, first, last, basis

// Posts that are open on a day, with what they ask for
// A row is all posts that are open on the day, of one rank and role, that ask for the same. needs are the
// requirements, each with the highest level that is asked for, -1 for any; posts are their id, the id of their
// unit, how many people they are for, and their title. No rows: no post is open on the day.
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {unrecorded: null, desirable: null, as_of: null}
// returns: rank, role, needs, posts
WITH coalesce($as_of, toString(date())) AS day, coalesce($unrecorded, false) AS judged,
  coalesce($desirable, false) AS desired
MATCH (own:Unit)<-[:WITHIN]-(post:Post)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
OPTIONAL MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH day, judged, desired, own, post, collect([asked, e.level, e.necessity]) AS asks
WITH day, judged, desired, asks, collect({own: own, post: post}) AS places
WITH day, judged, desired, places, head(places).post AS post
WITH places, post, COLLECT {
  MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
  WHERE (judged OR need.recorded OR need.declared) AND (desired OR coalesce(e.necessity, 'essential') = 'essential')
    AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to)
  WITH need, max(coalesce(e.level, -1)) AS level
  RETURN [need.id, level] AS ask ORDER BY need.id
} AS needs
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
WITH rank.id AS rank, role.id AS role, needs,
  [place IN places | [place.post.id, place.own.id, coalesce(place.post.places, 1), place.post.title]] AS some
WITH rank, role, needs, reduce(every = [], posts IN collect(some) | every + posts) AS every
WITH rank, role, needs, COLLECT { UNWIND every AS post RETURN post ORDER BY post[0] } AS posts
RETURN rank, role, needs, posts
ORDER BY posts[0][0]

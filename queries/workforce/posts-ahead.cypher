// Posts from a day on, by unit, rank and what they ask for
// A row is all posts of one unit, of one rank or, without one, of one role, that are open between the same
// days and ask for the same: places is how many people they are for together, and opened is null where that
// was before the day. units are the unit and those that it is within, from the inside out. needs are what
// they ask for on the day, essential and in what a training or HR system records: id, name and valid_months
// of a requirement, the level asked (-1 for any), and whether anybody was ever recorded with it.
// No rows: no post is open on the day or later.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: unit_id, units, rank, opened, closed, places, needs
WITH coalesce($as_of, toString(date())) AS day
MATCH (post:Post)-[:WITHIN]->(own:Unit)
WHERE day <= coalesce(post.closed, '9999-12-31')
OPTIONAL MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH day, own, post, collect([asked, e.level, e.necessity]) AS asks
WITH day, own, asks, CASE WHEN day < post.opened THEN post.opened END AS opened, post.closed AS closed,
  collect(post) AS posts
WITH day, own, opened, closed, posts, head(posts) AS post,
  reduce(places = 0, p IN posts | places + coalesce(p.places, 1)) AS places
WITH own, opened, closed, post, places, COLLECT {
  MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
  WHERE (need.recorded OR need.declared) AND coalesce(e.necessity, 'essential') = 'essential'
    AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to)
  WITH need, max(coalesce(e.level, -1)) AS level
  RETURN {id: need.id, name: need.name, months: need.valid_months, level: level,
    known: EXISTS { (need)<-[:HOLDS]-() }} AS ask ORDER BY need.id
} AS needs
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
MATCH way = (own)-[:WITHIN*0..]->(top:Unit) WHERE NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
RETURN own.id AS unit_id, [unit IN nodes(way) | unit.id] AS units, coalesce(rank.id, role.id) AS rank, opened,
  closed, places, needs
ORDER BY unit_id, rank, coalesce(opened, ''), coalesce(closed, ''), places, size(needs)

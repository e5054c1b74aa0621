// Posts from a day on, by unit, rank and what they ask for
// A row is all posts of one unit, of one rank or, without one, of one role, that are open between the same
// days and ask for the same: places is how many people they are for together, and opened is null where that
// was before the day. units are the unit and those that it is within, from the inside out. needs are what
// they ask for on the day, each with its valid_months: what is essential, what a training or HR system
// records, and what somebody was ever recorded with. No rows: no post is open on the day or later.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: unit_id, units, rank, opened, closed, places, needs
WITH coalesce($as_of, toString(date())) AS day
MATCH (own:Unit)<-[:WITHIN]-(post:Post)
WHERE day <= coalesce(post.closed, '9999-12-31')
OPTIONAL MATCH (post)-[e:FOR_ROLE|ASKS_FOR]->(asked)
WITH day, own, post, collect([asked, e.level, e.necessity]) AS asks
WITH day, own, asks, CASE WHEN day < post.opened THEN post.opened END AS opened, post.closed AS closed,
  collect(post) AS posts
WITH day, asks, collect({own: own, opened: opened, closed: closed, posts: posts}) AS groups
WITH day, groups, head(head(groups).posts) AS post
WITH post, groups, COLLECT {
  MATCH (post)-[:FOR_ROLE*0..1]->(by)-[e:REQUIRES|ASKS_FOR]->(need:Requirement)
  WHERE (need.recorded OR need.declared) AND coalesce(e.necessity, 'essential') = 'essential'
    AND (type(e) = 'ASKS_FOR' OR e.valid_from <= day AND day < e.valid_to) AND EXISTS { (need)<-[:HOLDS]-() }
  WITH DISTINCT need
  RETURN [need.id, need.valid_months] AS ask ORDER BY need.id
} AS needs
OPTIONAL MATCH (post)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (post)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
UNWIND groups AS g
WITH coalesce(rank.id, role.id) AS rank, needs, g.own AS own, g.opened AS opened, g.closed AS closed,
  reduce(places = 0, p IN g.posts | places + coalesce(p.places, 1)) AS places
WITH rank, needs, own, opened, closed, sum(places) AS places
MATCH way = (own)-[:WITHIN*0..]->(top:Unit) WHERE NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
RETURN own.id AS unit_id, [unit IN nodes(way) | unit.id] AS units, rank, opened, closed, places, needs
ORDER BY unit_id, rank, coalesce(opened, ''), coalesce(closed, ''), places, needs

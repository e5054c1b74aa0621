// How often what lapsed was renewed
// A row is one requirement of which holdings lapsed within some time before the day, while whoever held it
// was in the force: lapsed is how many did, renewed of how many of these the person holds, or has held, it
// for longer. No rows: nothing lapsed in that time.
// since (day): the first day of the time
// as_of (day): the day asked about, null for today
// :params {since: "2024-04-01", as_of: null}
// counts: people
// returns: requirement_id, requirement, lapsed, renewed
WITH coalesce($as_of, toString(date())) AS day
MATCH (person:Person)-[h:HOLDS]->(need:Requirement)
WHERE $since <= h.expires AND h.expires < day AND h.expires <= coalesce(person.left, '9999-12-31')
OPTIONAL MATCH (person)-[later:HOLDS]->(need)
WHERE h.expires < coalesce(later.expires, '9999-12-31') AND coalesce(later.achieved, '') <= day
WITH need, person, h.expires AS expired, count(later) AS later
RETURN need.id AS requirement_id, need.name AS requirement, count(*) AS lapsed,
  sum(CASE WHEN later > 0 THEN 1 ELSE 0 END) AS renewed
ORDER BY requirement_id

// Where a unit has fewer people who hold something than it must have
// A row is one requirement that a unit must have people for, in the unit asked or in one within it, whatever
// posts ask for. people is how many must hold it at the level or higher; have is how many people in open
// posts of the unit and of those within it do and are present on the day, acting or not; have_absent is how
// many others do and are absent; short is how many are missing, 0 where there are enough. Where nobody was
// ever recorded with it, have and short are null. weight is how much it matters beside others: what is short
// comes first, and what matters most before the rest. No rows: no unit there must have people for anything.
// unit (unit, optional): the unit, null for the whole force
// as_of (day): the day asked about, null for today
// :params {unit: null, as_of: null}
// counts: people
// returns: unit, unit_id, requirement, requirement_id, level, people, have, have_absent, short, weight
WITH coalesce($as_of, toString(date())) AS day
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*0..]-(unit:Unit)
MATCH (unit)-[must:MUST_COVER]->(need:Requirement)
OPTIONAL MATCH (unit)<-[:WITHIN*0..]-(:Unit)<-[:WITHIN]-(post:Post)<-[o:OCCUPIES]-(person:Person)-[h:HOLDS]->(need)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
  AND coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  AND coalesce(h.achieved, '') <= day AND day <= coalesce(h.expires, '9999-12-31')
  AND coalesce(h.level, 0) >= coalesce(must.level, 0)
WITH DISTINCT day, unit, must, need, person
OPTIONAL MATCH (person)-[:ABSENT]->(away:Absence)
WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31')
WITH unit, must, need, person, count(away) AS times
WITH unit, must, need, count(person) AS all, sum(CASE WHEN times > 0 THEN 1 ELSE 0 END) AS absent
WITH unit, must, need, absent, CASE WHEN EXISTS { (need)<-[:HOLDS]-() } THEN all - absent END AS have
RETURN unit.name AS unit, unit.id AS unit_id, need.name AS requirement, need.id AS requirement_id, must.level AS level,
  must.people AS people, have, absent AS have_absent,
  CASE WHEN have < must.people THEN must.people - have WHEN have IS NOT NULL THEN 0 END AS short,
  coalesce(must.weight, 1.0) AS weight
ORDER BY CASE WHEN short > 0 THEN 0 ELSE 1 END, weight DESC, unit_id, requirement_id

// Who could be trained for what a unit has too few people of by its minimum cover
// A row is one person present in an open post of a unit, or of one within it, and one requirement that the unit
// must have people for, that this person does not hold at the level and that fewer than people who are present
// there do; a person has a row for each such unit. short is how many are missing, weight how much it matters beside
// others; own_unit_id is the unit of the person's own post. What nobody was ever recorded with is unknown, and left
// out. No rows: no unit there has too few, or nobody is there to be trained.
// unit (unit, optional): the unit, null for the whole force
// as_of (day): the day asked about, null for today
// :params {unit: null, as_of: null}
// returns: person_id, unit, unit_id, requirement, requirement_id, level, short, weight, own_unit_id
WITH coalesce($as_of, toString(date())) AS day
MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
MATCH (top)<-[:WITHIN*0..]-(unit:Unit)
MATCH (unit)-[must:MUST_COVER]->(need:Requirement)
WHERE EXISTS { (need)<-[:HOLDS]-() }
MATCH (unit)<-[:WITHIN*0..]-(own:Unit)<-[:WITHIN]-(post:Post)<-[o:OCCUPIES]-(person:Person)
WHERE coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
  AND coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
  AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
  AND NOT EXISTS { MATCH (person)-[:ABSENT]->(away:Absence)
    WHERE coalesce(away.from, '') <= day AND day <= coalesce(away.to, '9999-12-31') }
WITH day, unit, must, need, person, min(own.id) AS own
OPTIONAL MATCH (person)-[h:HOLDS]->(need)
WHERE coalesce(h.achieved, '') <= day AND day <= coalesce(h.expires, '9999-12-31')
  AND coalesce(h.level, 0) >= coalesce(must.level, 0)
WITH unit, must, need, person, own, count(h) AS held
WITH unit, must, need, sum(CASE held WHEN 0 THEN 0 ELSE 1 END) AS have,
  collect(CASE held WHEN 0 THEN {person: person, own: own} END) AS lacking
WHERE have < must.people
UNWIND lacking AS one
RETURN one.person.id AS person_id, unit.name AS unit, unit.id AS unit_id, need.name AS requirement,
  need.id AS requirement_id, must.level AS level, must.people - have AS short, coalesce(must.weight, 1.0) AS weight,
  one.own AS own_unit_id
ORDER BY unit_id, requirement_id, person_id

// What a rank asks for
// A row is one requirement in one edition that counts on the day; gates are a question of their own.
// No rows: no profile of the rank is loaded, or none counts on the day.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commander", as_of: null}
// returns: kind, requirement, requirement_id, level, necessity, edition, fact, authority, document, lines, quote
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})-[e:REQUIRES]->(need:Requirement)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN CASE WHEN need:Skill THEN 'skill' WHEN need:Knowledge THEN 'knowledge' WHEN need:Course THEN 'course'
    WHEN need:Competency THEN 'competency' WHEN need:Value THEN 'value' WHEN need:CoreSkillSet THEN 'core skills'
    ELSE 'experience' END AS kind,
  need.name AS requirement, need.id AS requirement_id, e.level AS level, e.necessity AS necessity,
  e.edition AS edition, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY kind, edition, toInteger(split(split(lines, ',')[0], '-')[0]), requirement_id

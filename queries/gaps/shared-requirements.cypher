// What two ranks both ask for
// A row is one requirement of the first rank that the second asks for too: the same text (score 100)
// or nearly the same (score as on SIMILAR_TO, 0 to 100). No rows: they share nothing that is loaded.
// first (rank): one rank
// second (rank): the other rank
// as_of (day): the day asked about, null for today
// :params {first: "mps/commander", second: "mps/deputy-assistant-commissioner", as_of: null}
// returns: kind, requirement, score, fact, authority, document, lines, second_document, second_lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (:Role {id: $first})-[e:REQUIRES]->(need:Requirement)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (need)-[like:SIMILAR_TO*0..1]-(other:Requirement)<-[f:REQUIRES]-(:Role {id: $second})
WHERE f.valid_from <= day AND day < f.valid_to
MATCH (d:Document {id: e.document})
MATCH (d2:Document {id: f.document})
RETURN DISTINCT CASE WHEN need:Skill THEN 'skill' WHEN need:Knowledge THEN 'knowledge' WHEN need:Course THEN 'course'
    WHEN need:Competency THEN 'competency' WHEN need:Value THEN 'value' WHEN need:CoreSkillSet THEN 'core skills'
    ELSE 'experience' END AS kind,
  need.name AS requirement, coalesce(head(like).score, 100.0) AS score, e.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines, d2.name AS second_document, f.lines AS second_lines
ORDER BY kind, document, toInteger(split(split(lines, ',')[0], '-')[0]), second_document, second_lines, fact

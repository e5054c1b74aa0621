// Hard conditions of a rank
// A row is one thing that one option of a gate needs; a gate opens when all that one option needs is
// met. A course that is asked for without alternatives is a gate of its own. follows says
// whether it comes after the promotion, as probation does. No rows: nothing loaded
// asks for one.
// rank (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", as_of: null}
// returns: gate, option, needs, needs_id, kind, before, at_least, within_months, for_months, applies_in, exempt, follows, basis, fact, authority, document, lines, quote
// guide 4: Some conditions are no skills but doors: what has to be open before anybody may hold the rank?
// How to read it: A gate opens when everything that one of its options needs is met; the other options are
// alternatives.
WITH coalesce($as_of, toString(date())) AS day
MATCH (aim:Role {id: $rank})-[steps:REQUIRES|OPTION|NEEDS*1..3]->(need)
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
  AND (size(steps) = 3 OR size(steps) = 1 AND need:Course)
WITH steps[size(steps) - 1] AS e, startNode(steps[size(steps) - 1]) AS choice, need, size(steps) AS hops
OPTIONAL MATCH (gate:Gate)-[:OPTION {edition: e.edition}]->(choice)
WITH e, need, CASE hops WHEN 3 THEN gate.name ELSE need.name END AS gate,
  CASE hops WHEN 3 THEN choice.number ELSE 1 END AS option, gate.applies_in AS applies_in, gate.exempt AS exempt,
  coalesce(gate.follows, false) AS follows
MATCH (d:Document {id: e.document})
RETURN DISTINCT gate, option, need.name AS needs, need.id AS needs_id,
  CASE WHEN need:Role THEN 'rank' WHEN need:Course THEN 'course' WHEN need:Competency THEN 'competency'
    WHEN need:Skill THEN 'skill' WHEN need:Knowledge THEN 'knowledge' ELSE 'experience' END AS kind,
  e.before AS before, coalesce(e.at_least, false) AS at_least, e.within_months AS within_months,
  e.for_months AS for_months, applies_in, exempt, follows, e.basis AS basis, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY basis DESC, document, gate, option, needs_id, fact

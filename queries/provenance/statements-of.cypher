// Statements of one edition
// A row is one statement or one thing that an edition names, by kind and line: duty, purpose, skill,
// education, development, learning, competency, value, course, instrument, body, framework, eligibility.
// id is that of what the statement is about; succeeds, the ids of those whose place it takes; current says
// whether the edition counts on the day. Who may apply is eligibility, also where it is a gate. A purpose is a
// part of the edition itself and has no fact; the framework is what the whole text follows and has no lines.
// Core skills are left out: no source names them. No rows: the edition states nothing.
// edition (edition): the edition, or a rank for its edition that counts on the day
// as_of (day): the day asked about, null for today
// :params {edition: "mps/deputy-assistant-commissioner@since-2023", as_of: null}
// returns: kind, text, id, level, necessity, succeeds, current, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (p:Profile {id: $edition})-[:DESCRIBES]->(role:Role)
OPTIONAL MATCH (role)-[e:ACCOUNTABLE_FOR|REQUIRES|DEVELOPS_BY|OPEN_TO]->(x)
WHERE e.edition = $edition AND NOT x:CoreSkillSet
  AND NOT (x:Gate AND EXISTS { (x)-[:OPTION]->(:Option)-[:NEEDS]->(:Role) }
    AND EXISTS { (role)-[o:OPEN_TO]->(:Role) WHERE o.edition = $edition AND e.lines IN split(o.lines, ', ') })
WITH day, p, collect({kind: CASE WHEN x:Accountability THEN 'duty' WHEN x:Role THEN 'eligibility'
    WHEN x:Skill THEN 'skill' WHEN x:Competency THEN 'competency' WHEN x:Value THEN 'value'
    WHEN x:Development AND e.group = 'Learning and accreditation' THEN 'learning'
    WHEN x:Development THEN 'development' ELSE 'education' END,
  text: CASE WHEN x:Role OR x:Competency OR x:Value THEN x.name ELSE e.text END,
  id: x.id, level: e.level, necessity: e.necessity, fact: e.fact, authority: e.authority, document: e.document, lines: e.lines}) AS stated
OPTIONAL MATCH (p)-[m:MENTIONS]->(x)
WHERE m.edition = $edition
WITH day, p, stated, collect({kind: CASE WHEN x:Course THEN 'course' WHEN x:Instrument THEN 'instrument'
    ELSE 'body' END, text: x.name, id: x.id, level: null, necessity: null, fact: m.fact, authority: m.authority,
  document: m.document, lines: m.lines}) AS named
MATCH (p)-[:PUBLISHED_IN]->(d:Document)
OPTIONAL MATCH (f:Framework {id: p.framework})
WITH day, p, d, stated + named + [{kind: 'framework', text: f.name, id: f.id, level: null, necessity: null, fact: null,
  authority: p.authority, document: d.id, lines: null}]
  + [i IN range(0, size(coalesce(p.purpose, [])) - 1) | {kind: 'purpose', text: p.purpose[i],
    id: p.id + '/purpose/' + toString(i + 1), level: null, necessity: null, fact: null, authority: p.authority, document: d.id,
    lines: p.purpose_lines[i]}] AS stated
UNWIND stated AS row
WITH day, p, d, row
WHERE row.id IS NOT NULL
OPTIONAL MATCH (next:Requirement|Framework)-[:SUCCEEDS]->(former)
WHERE next.id = row.id
WITH day, p, d, row, former.id AS former
ORDER BY former
WITH day, p, d, row, collect(former) AS succeeds
RETURN row.kind AS kind, row.text AS text, row.id AS id, row.level AS level, row.necessity AS necessity, succeeds,
  p.valid_from <= day AND day < p.valid_to AS current,
  row.fact AS fact, row.authority AS authority, d.name AS document, row.lines AS lines
ORDER BY kind, toInteger(split(split(coalesce(lines, '0'), ',')[0], '-')[0]), id, text

// What a rank asks for that another does not
// A row is one requirement. status: new (only the rank aimed at asks for it), raised (at a higher
// level), reworded (nearly the same text, paired one to one, best first), kept, or dropped (only the
// rank held asks for it; the row then names the source of the rank held), or unknown (one of the two
// announces its competencies or values and does not print them). Core skills, which all roles have, are
// kept. A competency of a newer
// framework is reworded, or raised, where it succeeds one of an older. Courses that stand inside a gate
// are listed as courses too; a gate is kept where its options need the same, reworded where they share
// a part; what the gates of the rank held asked for is behind its holder and never dropped. No rows:
// on the day neither rank has a requirement, and the rank aimed at no gate.
// from (rank): the rank held now
// to (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {from: "mps/commander", to: "mps/deputy-assistant-commissioner", as_of: null}
// returns: kind, requirement, requirement_id, status, held_level, needed_level, held_document, held_lines, held_quote, fact, authority, document, lines, quote
// guide 3: Now compare that rank with the one above it: what does the step ask for?
// How to read it: What hangs on both ranks is asked of both; what hangs on the upper one alone is the gap. The
// table says for each whether it is new, raised, reworded, kept or dropped.
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (role:Role)-[e:REQUIRES]->(need:Requirement)
WHERE role.id IN [$from, $to]
  AND e.valid_from <= day AND day < e.valid_to
WITH day, role, need, e
ORDER BY e.basis DESC, e.fact
WITH day, [x IN collect({rank: role.id, id: need.id, need: need, e: e, inside: false}) WHERE x.e IS NOT NULL] AS plain
OPTIONAL MATCH (role:Role)-[g:REQUIRES]->(gate:Gate)-[:OPTION]->(option:Option)-[e:NEEDS]->(part)
WHERE role.id IN [$from, $to]
  AND g.valid_from <= day AND day < g.valid_to
WITH day, plain, role, g, gate, option, e, part
ORDER BY part.id, e.before, e.fact
WITH plain, role, g, gate, option, collect(part.id) AS ids,
  [x IN collect({rank: role.id, id: part.id, need: part, e: e, inside: true}) WHERE x.need:Course] AS courses,
  reduce(all = '', p IN collect(part.id + '<' + coalesce(e.before, '')) | all + ' ' + p) AS parts
ORDER BY parts, gate.id, option.number
WITH plain, role, g, gate, collect(ids) AS ids, collect(parts) AS options, collect(courses) AS courses
ORDER BY g.basis DESC, gate.id
WITH plain, collect({rank: role.id, id: gate.id, need: gate, e: g, options: options,
  parts: reduce(all = [], x IN ids | all + x)}) AS gates, collect(courses) AS inside
WITH [x IN gates WHERE x.e IS NOT NULL] AS gates,
  plain + reduce(all = [], x IN inside | all + reduce(some = [], y IN x | some + y)) AS asked
WITH gates, [x IN asked WHERE x.rank = $to] AS needed, [x IN asked WHERE x.rank = $from] AS held
WITH gates, needed, held, [x IN needed | x.id] AS wants, [x IN held | x.id] AS has
OPTIONAL MATCH (one:Requirement)-[like:SIMILAR_TO|SUCCEEDS]-(other:Requirement)
WHERE one.id IN has AND NOT one.id IN wants AND other.id IN wants AND NOT other.id IN has
WITH gates, needed, held, wants, one.id AS old, other.id AS new, coalesce(like.score, 100.0) AS score
ORDER BY score DESC, old, new
WITH gates, needed, held, wants, [x IN collect({old: old, new: new}) WHERE x.old IS NOT NULL] AS alike
WITH gates, needed, held, wants, reduce(pairs = [], x IN alike |
  CASE WHEN any(y IN pairs WHERE y.old = x.old OR y.new = x.new) THEN pairs ELSE pairs + [x] END) AS pairs
WITH [x IN needed | {need: x.need, e: x.e, held: [h IN held WHERE h.id = x.id AND h.e.basis = x.e.basis]
        + [h IN held WHERE h.id = x.id AND h.e.basis <> x.e.basis],
      pair: [h IN held WHERE any(y IN pairs WHERE y.new = x.id AND y.old = h.id)]}]
  + [x IN held WHERE NOT x.inside AND NOT x.id IN wants AND NOT any(y IN pairs WHERE y.old = x.id) |
      {need: x.need, e: null, held: [x], pair: []}]
  + [x IN gates WHERE x.rank = $to | {need: x.need, e: x.e,
      held: [h IN gates WHERE h.rank = $from AND h.options = x.options],
      pair: [h IN gates WHERE h.rank = $from AND any(p IN h.parts WHERE p IN x.parts)]}] AS rows
UNWIND rows AS row
WITH row.need AS need, row.e AS e, row.held AS same, row.pair AS pair,
  coalesce(head(row.held).e, head(row.pair).e) AS h,
  reduce(most = null, x IN row.held + row.pair |
    CASE WHEN most IS NULL OR x.e.level > most THEN x.e.level ELSE most END) AS level
WITH need, coalesce(e, h) AS said, CASE WHEN need:CoreSkillSet THEN 'kept' WHEN e IS NULL THEN 'dropped' WHEN size(same) = 0 AND size(pair) = 0 THEN 'new'
    WHEN e.level > coalesce(level, 0) THEN 'raised' WHEN size(same) = 0 THEN 'reworded' ELSE 'kept' END AS status,
  level AS held_level, e.level AS needed_level, h, coalesce($as_of, toString(date())) AS day,
  CASE WHEN need:Competency THEN 'competencies' WHEN need:Value THEN 'values' ELSE 'no list' END AS list
WITH need, said, held_level, needed_level, h, CASE WHEN status IN ['new', 'dropped'] AND EXISTS {
    MATCH (other:Role)<-[:DESCRIBES]-(p:Profile)
    WHERE other.id = CASE status WHEN 'new' THEN $from ELSE $to END AND p.valid_from <= day AND day < p.valid_to
      AND list IN p.not_printed } THEN 'unknown' ELSE status END AS status
MATCH (d:Document {id: said.document})
OPTIONAL MATCH (d2:Document {id: h.document})
RETURN DISTINCT CASE WHEN need:Gate THEN 'gate' WHEN need:Skill THEN 'skill' WHEN need:Knowledge THEN 'knowledge'
    WHEN need:Course THEN 'course' WHEN need:Competency THEN 'competency' WHEN need:Value THEN 'value'
    WHEN need:CoreSkillSet THEN 'core skills' ELSE 'experience' END AS kind,
  need.name AS requirement, need.id AS requirement_id, status, held_level, needed_level,
  d2.name AS held_document, h.lines AS held_lines, h.text AS held_quote, said.fact AS fact,
  said.authority AS authority, d.name AS document, said.lines AS lines, said.text AS quote
ORDER BY kind, document, toInteger(split(split(lines, ',')[0], '-')[0]), requirement_id, fact, held_lines

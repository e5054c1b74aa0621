// What a rank asked for on an earlier day, beside what it asks for now
// A row is one requirement, gate or rank that may apply. status: added, dropped, kept, raised or lowered
// (the same at another level), reworded (nearly the same text, or what a newer framework put in its place,
// paired one to one, best first), changed (a gate with other options, one part of them the same), or unknown (the
// edition of the other day announces its competencies or values and does not print them). Core skills, which all
// roles have, are kept. The then
// columns name the statement of the earlier day, the others that of the later one; a row that is dropped
// has only the earlier, in both. No rows: nothing of the rank counts on either day.
// rank (rank): the rank or role
// since (day): the earlier day, null for the first day of anything that is known of the rank
// as_of (day): the later day, null for today
// :params {rank: "mps/deputy-assistant-commissioner", since: "2021-06-01", as_of: null}
// returns: kind, requirement, requirement_id, status, then_requirement, then_level, now_level, options, then_options, since, then_fact, then_authority, then_document, then_lines, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (:Role {id: $rank})-[e:REQUIRES|OPEN_TO]->()
WHERE $since IS NULL
WITH day, min(CASE WHEN e.valid_from > '0001-01-01' THEN e.valid_from END) AS earliest
WITH day, coalesce($since, earliest, '0001-01-01') AS since
OPTIONAL MATCH (:Role {id: $rank})-[e:REQUIRES|OPEN_TO]->(need)
WITH day, since, need, labels(need) AS labels, e, e.level AS level, e.basis AS basis, e.fact AS fact,
  CASE WHEN e.valid_from <= since AND since < e.valid_to THEN 1 ELSE 0 END AS was,
  CASE WHEN e.valid_from <= day AND day < e.valid_to THEN 1 ELSE 0 END AS counts
ORDER BY coalesce(level, 0) DESC, basis DESC, fact
WITH day, since, [x IN collect({need: need, labels: labels, e: e, level: level, basis: basis, fact: fact, was: was,
  counts: counts}) WHERE x.e IS NOT NULL] AS asked
WITH day, since, [x IN asked WHERE NOT 'Gate' IN x.labels AND x.was + x.counts > 0 | {key: x.need.id, need: x.need,
    e: x.e, level: x.level, basis: x.basis, fact: x.fact, was: x.was, counts: x.counts, parts: [], options: null,
    kind: CASE WHEN 'Skill' IN x.labels THEN 'skill' WHEN 'Knowledge' IN x.labels THEN 'knowledge'
      WHEN 'Course' IN x.labels THEN 'course' WHEN 'Competency' IN x.labels THEN 'competency'
      WHEN 'Value' IN x.labels THEN 'value' WHEN 'CoreSkillSet' IN x.labels THEN 'core skills'
      WHEN 'Role' IN x.labels THEN 'open-to' ELSE 'experience' END}] AS plain,
  [x IN asked WHERE 'Gate' IN x.labels] AS hard
UNWIND CASE WHEN size(hard) = 0 THEN [null] ELSE hard END AS one
WITH day, since, plain, one.e AS g, one.need AS gate
OPTIONAL MATCH (gate)-[:OPTION]->(option:Option)-[e:NEEDS]->(part)
WITH day, since, plain, CASE WHEN option IS NOT NULL THEN g END AS g, gate, option, part, e
WITH day, since, plain, g, gate, option, part, e,
  CASE WHEN part:Role THEN 'the rank of ' + part.name + ' (' + part.id + ')' ELSE part.name END
    + CASE WHEN e.at_least THEN ' or higher' ELSE '' END + coalesce(' before ' + e.before, '')
    + coalesce(' in the last ' + toString(e.within_months) + ' months', '')
    + coalesce(' for ' + toString(e.for_months) + ' months', '') AS said
ORDER BY part.id, said
WITH day, since, plain, g, gate, option, collect(part.id) AS ids, collect(said) AS says
WITH day, since, plain, g, gate, option, ids,
  reduce(all = '', x IN says | CASE all WHEN '' THEN x ELSE all + ' and ' + x END) AS says,
  reduce(all = '', x IN range(0, size(says) - 1) | all + ' + ' + ids[x] + ' ' + says[x]) AS asks
ORDER BY asks
WITH day, since, plain, g, gate, collect({number: option.number, asks: asks, says: says, ids: ids}) AS options,
  CASE WHEN g.valid_from <= since AND since < g.valid_to THEN 1 ELSE 0 END AS was,
  CASE WHEN g.valid_from <= day AND day < g.valid_to THEN 1 ELSE 0 END AS counts
ORDER BY g.basis DESC, g.fact
WITH since, plain, collect({key: reduce(all = '', x IN options | all + ' | ' + x.asks), need: gate, e: g, level: null,
  basis: g.basis, fact: g.fact, was: was,
  counts: counts, parts: reduce(all = [], x IN options | all + x.ids), kind: 'gate',
  options: [n IN range(1, size(options)) | head([x IN options WHERE x.number = n]).says]}) AS gates
WITH since, plain + [x IN gates WHERE x.e IS NOT NULL AND x.was + x.counts > 0] AS items
WITH since, [x IN items WHERE x.was = 1] AS old, [x IN items WHERE x.counts = 1] AS new
WITH since, old, new, [x IN old | x.key] AS had, [x IN new | x.key] AS has
UNWIND [null] + [x IN old WHERE NOT x.key IN has AND x.kind <> 'gate' | x.need] AS one
OPTIONAL MATCH (one)-[like:SIMILAR_TO|SUCCEEDS]-(other:Requirement)
WHERE other.id IN has AND NOT other.id IN had
WITH since, old, new, had, has, CASE WHEN other IS NOT NULL THEN one.id END AS former, other.id AS latter, coalesce(like.score, 100.0) AS score
ORDER BY score DESC, former, latter
WITH since, old, new, had, has, [x IN collect({old: former, new: latter}) WHERE x.old IS NOT NULL] AS alike
WITH since, old, new, had, has, reduce(pairs = [], x IN alike |
  CASE WHEN any(y IN pairs WHERE y.old = x.old OR y.new = x.new) THEN pairs ELSE pairs + [x] END) AS pairs
WITH since, old, new, pairs, [x IN old WHERE x.kind = 'gate' AND NOT x.key IN has] AS gone,
  [x IN new WHERE x.kind = 'gate' AND NOT x.key IN had] AS come, had, has
WITH since, [x IN new | {x: x, h: head([o IN old WHERE o.key = x.key]), p: head([o IN old
      WHERE any(y IN pairs WHERE y.new = x.key AND y.old = o.key)]
      + [o IN gone WHERE x.kind = 'gate' AND NOT x.key IN had AND any(part IN o.parts WHERE part IN x.parts)])}]
  + [o IN old WHERE NOT o.key IN has AND NOT any(y IN pairs WHERE y.old = o.key)
      AND NOT any(c IN come WHERE any(part IN c.parts WHERE part IN o.parts)) | {x: null, h: o, p: null}] AS rows
UNWIND rows AS row
WITH since, row.x AS x, coalesce(row.h, row.p) AS h, CASE WHEN row.x IS NULL THEN 'dropped'
  WHEN row.h IS NULL AND row.p IS NULL THEN 'added' WHEN row.x.kind = 'gate' AND row.h IS NULL THEN 'changed'
  WHEN coalesce(row.x.level, 0) > coalesce(row.h.level, row.p.level, 0) THEN 'raised'
  WHEN coalesce(row.x.level, 0) < coalesce(row.h.level, row.p.level, 0) THEN 'lowered'
  WHEN row.h IS NULL THEN 'reworded' ELSE 'kept' END AS status
WITH since, x, h, status, coalesce(x, h) AS said
WITH since, x, h, status, said, said.kind + ' ' + said.key AS once, coalesce(said.level, 0) AS level
ORDER BY level DESC, said.basis DESC, said.fact
WITH since, once, head(collect({x: x, h: h, said: said, status: status})) AS row
WITH since, row.x AS x, row.h AS h, row.said AS said, row.said.e AS e, row.h.e AS before, row.status AS alone,
  CASE row.status WHEN 'added' THEN since WHEN 'dropped' THEN coalesce($as_of, toString(date())) END AS other_day
WITH since, x, h, said, e, before, CASE WHEN other_day IS NULL THEN alone WHEN said.kind = 'core skills' THEN 'kept'
  WHEN said.kind IN ['competency', 'value'] AND EXISTS {
    MATCH (:Role {id: $rank})<-[:DESCRIBES]-(p:Profile) WHERE p.valid_from <= other_day AND other_day < p.valid_to
      AND CASE said.kind WHEN 'value' THEN 'values' ELSE 'competencies' END IN p.not_printed } THEN 'unknown'
  ELSE alone END AS status
MATCH (d:Document {id: e.document})
OPTIONAL MATCH (d2:Document {id: before.document})
RETURN said.kind AS kind, said.need.name AS requirement, said.need.id AS requirement_id, status,
  h.need.name AS then_requirement, h.level AS then_level, x.level AS now_level, x.options AS options,
  h.options AS then_options, since, h.fact AS then_fact, before.authority AS then_authority,
  d2.name AS then_document, before.lines AS then_lines, said.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines
ORDER BY kind, status, document, toInteger(split(split(lines, ',')[0], '-')[0]), requirement_id, fact

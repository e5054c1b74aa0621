// Where sources disagree, side by side
// A row is one statement of one side. conflict is the rule: member and supporter (of one body), more than
// one superior (who appoints, or is reported to), different conditions (options of gates of one rank that
// share a part, in different editions), different figures (of one thing), or an office the force has not.
// A side stands beside another that counts on a day of its own, so that a change over time is none; what has
// no known first day (valid_from is null) may count on any. With a day, what counts on it. Nothing is chosen.
// No rows: the sources agree.
// as_of (day): the day asked about, null for every edition
// :params {as_of: null}
// returns: conflict, subject, subject_id, about, side, said, quote, valid_from, valid_to, fact, authority, document, lines
// guide 9: Sources disagree, and both sides are shown: where?
// How to read it: Rows of one conflict stand together, a side each with its words and its place. Copy a fact from
// here into the question why to see everything that rests on it.
OPTIONAL MATCH (role:Role)-[a:MEMBER_OF]->(body:Body)<-[b:SUPPORTS]-(role)
WHERE a.valid_from < b.valid_to AND b.valid_from < a.valid_to
  AND ($as_of IS NULL OR a.valid_from <= $as_of AND $as_of < a.valid_to)
  AND ($as_of IS NULL OR b.valid_from <= $as_of AND $as_of < b.valid_to)
WITH [x IN collect({role: role, body: body, a: a, b: b}) WHERE x.a IS NOT NULL] AS pairs
WITH [x IN pairs | {conflict: 'member and supporter', subject: x.role, about: x.body.name, said: 'is a member', e: x.a}]
  + [x IN pairs | {conflict: 'member and supporter', subject: x.role, about: x.body.name, said: 'supports it', e: x.b}]
  AS rows
OPTIONAL MATCH (role:Role)-[a:REPORTS_TO|APPOINTED_BY]->(one), (role)-[b:REPORTS_TO|APPOINTED_BY]->(other)
WHERE type(a) = type(b) AND one.id <> other.id AND a.valid_from < b.valid_to AND b.valid_from < a.valid_to
  AND ($as_of IS NULL OR a.valid_from <= $as_of AND $as_of < a.valid_to)
  AND ($as_of IS NULL OR b.valid_from <= $as_of AND $as_of < b.valid_to)
WITH rows, [x IN collect({role: role, one: one, a: a}) WHERE x.a IS NOT NULL | {conflict: 'more than one superior',
  subject: x.role, about: type(x.a), said: x.one.name, e: x.a}] AS found
WITH rows + found AS rows
OPTIONAL MATCH (one)-[a:HAS_FIGURE]->(figure:Figure), (one)-[b:HAS_FIGURE]->(other:Figure)
WHERE figure.measure = other.measure AND figure.id <> other.id AND a.valid_from < b.valid_to AND b.valid_from < a.valid_to
  AND ($as_of IS NULL OR a.valid_from <= $as_of AND $as_of < a.valid_to)
  AND ($as_of IS NULL OR b.valid_from <= $as_of AND $as_of < b.valid_to)
WITH rows, [x IN collect({one: one, figure: figure, a: a}) WHERE x.a IS NOT NULL | {conflict: 'different figures',
  subject: x.one, about: x.figure.measure, said: x.figure.name, e: x.a}] AS found
WITH rows + found AS rows
OPTIONAL MATCH (role:Role)-[a:EXEMPTED_BY|REPORTS_TO|APPOINTED_BY|SUSPENDED_BY|COVERED_BY|DIRECTED_BY]->(office:Rank)
WHERE office.ladder <> 'uk' AND a.basis <> 'reference'
  AND ($as_of IS NULL OR a.valid_from <= $as_of AND $as_of < a.valid_to)
OPTIONAL MATCH (paper:Profile {id: a.edition})
OPTIONAL MATCH (force:Body {id: paper.organisation, kind: 'force'})
WITH rows, role, a, office, CASE WHEN role.ladder <> 'uk' THEN role.ladder WHEN force.id = 'mps' THEN 'mps'
  WHEN force.id = 'city-of-london-police' THEN 'city' WHEN force IS NOT NULL THEN 'territorial' END AS own
OPTIONAL MATCH (head:Rank {ladder: own})-[top:PROMOTES_FROM]->(:Role)
WHERE own <> office.ladder AND a.valid_from < top.valid_to AND top.valid_from < a.valid_to
  AND NOT EXISTS { MATCH (head)<-[:PROMOTES_FROM]-(:Role) }
WITH rows, [x IN collect({role: role, a: a, office: office, head: head, top: top}) WHERE x.top IS NOT NULL] AS pairs
WITH rows + [x IN pairs | {conflict: 'an office the force has not', subject: x.role, about: x.office.name,
    said: 'there is a ' + x.office.name, e: x.a}]
  + [x IN pairs | {conflict: 'an office the force has not', subject: x.role, about: x.office.name,
    said: 'the highest rank is ' + x.head.name, e: x.top}] AS rows
OPTIONAL MATCH (role:Role)-[g:REQUIRES]->(gate:Gate)-[o:OPTION]->(option:Option)-[n:NEEDS]->(part)
WHERE o.edition = g.edition AND n.edition = g.edition
  AND ($as_of IS NULL OR g.valid_from <= $as_of AND $as_of < g.valid_to)
WITH rows, role, g, gate, option, part, part.name + CASE WHEN n.at_least THEN ' or higher' ELSE '' END
  + coalesce(' before ' + n.before, '') + coalesce(' in the last ' + toString(n.within_months) + ' months', '')
  + coalesce(' for ' + toString(n.for_months) + ' months', '') AS need
ORDER BY need
WITH rows, role, g, gate, option, collect(part.id) AS ids, collect(need) AS needs
WITH rows, role, g, gate, ids, reduce(all = head(needs), x IN tail(needs) | all + ' and ' + x) AS choice
ORDER BY choice
WITH rows, role, g, collect(ids) AS ids, collect(choice) AS choices
WITH rows, [x IN collect({role: role, g: g, parts: reduce(all = [], y IN ids | all + y),
  said: reduce(all = head(choices), y IN tail(choices) | all + '; or ' + y)}) WHERE x.g IS NOT NULL] AS asked
OPTIONAL MATCH (role:Role)-[g:REQUIRES]->(course:Course)
WHERE ($as_of IS NULL OR g.valid_from <= $as_of AND $as_of < g.valid_to)
WITH rows, asked, [x IN collect({role: role, g: g, course: course}) WHERE x.g IS NOT NULL | {role: x.role, g: x.g,
  parts: [x.course.id], said: x.course.name}] AS plain
WITH rows, asked + plain AS asked
UNWIND CASE WHEN size(asked) = 0 THEN [null] ELSE asked END AS x
WITH rows, x.role AS role, collect(x) AS asked
WITH rows, role, asked, [x IN asked WHERE any(y IN asked WHERE y.said <> x.said AND y.g.edition <> x.g.edition
  AND x.g.valid_from < y.g.valid_to AND y.g.valid_from < x.g.valid_to
  AND (x.g.basis <> 'reference' OR y.g.basis <> 'reference') AND any(p IN x.parts WHERE p IN y.parts))] AS differ
WITH rows, role, differ, [x IN differ | {x: x, least: reduce(least = head(x.parts),
  p IN reduce(all = [], y IN differ | CASE WHEN any(p IN x.parts WHERE p IN y.parts) THEN all + y.parts ELSE all END) |
  CASE WHEN p < least THEN p ELSE least END)}] AS near
WITH rows, role, [x IN near | {conflict: 'different conditions', subject: role, said: x.x.said, e: x.x.g,
  about: reduce(least = x.least, y IN near | CASE WHEN y.least < least AND any(p IN x.x.parts WHERE p IN y.x.parts)
    THEN y.least ELSE least END)}] AS found
WITH rows, collect(found) AS lists
WITH rows + reduce(all = [], x IN lists | all + x) AS rows
UNWIND rows AS row
WITH DISTINCT row.conflict AS conflict, row.subject AS subject, row.about AS about, row.said AS said, row.e AS e
WITH conflict, subject, about, said, collect(e) AS facts, min(e.valid_from) AS first
ORDER BY conflict, subject.id, about, first, said
WITH conflict, subject, about, collect({said: said, facts: facts}) AS sides
UNWIND range(0, size(sides) - 1) AS i
WITH conflict, subject, about, i + 1 AS side, sides[i].said AS said, sides[i].facts AS facts
OPTIONAL MATCH (shared:Requirement|Role {id: about})
WITH conflict, subject, coalesce(shared.name, about) AS about, side, said, facts
UNWIND facts AS e
MATCH (d:Document {id: e.document})
RETURN conflict, subject.name AS subject, subject.id AS subject_id, about, side, said, e.text AS quote,
  CASE WHEN e.valid_from > '0001-01-01' THEN e.valid_from END AS valid_from,
  CASE WHEN e.valid_to < '9999-12-31' THEN e.valid_to END AS valid_to, e.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines
ORDER BY conflict, subject_id, about, side, document, fact

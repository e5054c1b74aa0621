// What all the steps of a way ask for together
// A row is one thing that a route asks for, once, at the highest level that any of its steps wants; order,
// to_rank and the source are those of the first step that wants that level, first_asked_at the first that
// wants it at all. Routes are numbered as in pathway. Each step has a row of its own too (kind promotion or
// open-to). held: the rank held now asks for the same already, at that level or higher, or is itself what
// an option of the gate asks for, as all roles ask for core skills; null: it announces such a list and does not
// print it; met_by: the rank on the way whose holding opens the gate by itself;
// restates: what reads nearly the same and is asked for earlier on the way. least_months adds up what is
// known of each step, from the day the rank held was taken up: the longest of the times that the step or its
// gates ask for (of alternatives the shortest; time that several ranks can give is not added). It is null
// while nothing is known, and time_unknown names the ranks for which no source gives a time. No rows: no
// way leads there.
// from (rank): the rank held now
// to (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {from: "uk/constable", to: "mps/commissioner", as_of: null}
// returns: route, order, to_rank, rank_id, kind, requirement, requirement_id, level, held_level, held, met_by, restates, first_asked_at, options, least_months, time_unknown, term_months, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH p = (aim:Role {id: $to})-[steps:PROMOTES_FROM|OPEN_TO*1..12]->(held:Role {id: $from})
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
WITH day, [n IN nodes(p) | n.id] AS ids
WHERE all(i IN range(0, size(ids) - 2) WHERE NOT ids[i] IN ids[i + 1..])
WITH DISTINCT day, ids
UNWIND range(0, size(ids) - 2) AS i
MATCH (upper:Role {id: ids[i]})-[e:PROMOTES_FROM|OPEN_TO]->(lower:Role {id: ids[i + 1]})
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, ids, i, max(CASE type(e) WHEN 'PROMOTES_FROM' THEN 1 ELSE 0 END) AS promoted
WITH day, ids, sum(1 - promoted) AS opened
ORDER BY opened, size(ids), ids
WITH day, collect(reverse(ids)) AS routes
UNWIND range(0, size(routes) - 1) AS number
UNWIND range(0, size(routes[number]) - 1) AS order
WITH day, number + 1 AS route, order, routes[number] AS path, routes[number][order] AS id,
  CASE order WHEN 0 THEN '' ELSE routes[number][order - 1] END AS below
MATCH (role:Role {id: id})
OPTIONAL MATCH (role)-[e:PROMOTES_FROM|OPEN_TO]->(lower:Role {id: below})
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, route, order, path, below, role, e, lower
ORDER BY type(e) DESC, e.fact
WITH day, route, order, path, below, role, max(e.minimum_months) AS minimum, max(e.term_months) AS term,
  collect({key: e.fact, need: lower, e: e, via: type(e)}) AS ways
WITH day, route, order, path, below, role, minimum, term,
  [x IN ways WHERE x.via = head(ways).via | {key: x.key, level: null, need: x.need, options: null, alone: [],
    kind: CASE x.via WHEN 'PROMOTES_FROM' THEN 'promotion' ELSE 'open-to' END, e: x.e}] AS ways
OPTIONAL MATCH (role)-[e:REQUIRES]->(need:Requirement)
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, route, order, path, below, role, minimum, term, ways,
  collect({key: need.id, level: e.level, need: need, options: null, alone: [], kind: CASE WHEN need:Skill THEN 'skill'
    WHEN need:Knowledge THEN 'knowledge' WHEN need:Course THEN 'course' WHEN need:Competency THEN 'competency'
    WHEN need:Value THEN 'value' WHEN need:CoreSkillSet THEN 'core skills' ELSE 'experience' END, e: e}) AS needs
WITH day, route, order, path, below, role, minimum, term, ways + [x IN needs WHERE x.e IS NOT NULL] AS items
OPTIONAL MATCH (role)-[g:REQUIRES]->(gate:Gate)-[:OPTION]->(option:Option)-[e:NEEDS]->(part)
WHERE g.valid_from <= day AND day < g.valid_to
WITH route, order, path, below, role, minimum, term, items, g, gate, option, part, e,
  CASE WHEN part:Role THEN 'the rank of ' + part.name + ' (' + part.id + ')' ELSE part.name END
    + CASE WHEN e.at_least THEN ' or higher' ELSE '' END + coalesce(' before ' + e.before, '')
    + coalesce(' in the last ' + toString(e.within_months) + ' months', '')
    + coalesce(' for ' + toString(e.for_months) + ' months', '') AS said
ORDER BY part.id, said
WITH route, order, path, below, role, minimum, term, items, g, gate, option,
  collect({id: part.id, said: said, rank: part:Role, step: part.step, higher: e.at_least, months: e.for_months}) AS parts
WITH route, order, path, below, role, minimum, term, items, g, gate, option, parts,
  reduce(all = '', x IN parts | all + ' + ' + x.id + ' ' + x.said) AS asks,
  reduce(all = '', x IN parts | CASE all WHEN '' THEN x.said ELSE all + ' and ' + x.said END) AS says,
  reduce(most = null, x IN [y IN parts WHERE y.months IS NOT NULL AND (NOT y.rank OR y.id = below)] |
    CASE WHEN most IS NULL OR x.months > most THEN x.months ELSE most END) AS months
ORDER BY asks
WITH route, order, path, below, role, minimum, term, items, g, gate, count(months) AS timed,
  count(option) AS every, min(months) AS months, collect({number: option.number, asks: asks, says: says,
    alone: [x IN parts WHERE size(parts) = 1 AND x.rank AND x.months IS NULL]}) AS options
WITH route, order, path, below, role, minimum, term, items, g, gate, options,
  CASE WHEN timed = every THEN months ELSE null END AS months
ORDER BY g.basis DESC, g.fact
WITH route, order, path, role, minimum, term, items, max(months) AS waits,
  collect({key: reduce(all = '', x IN options | all + ' | ' + x.asks), level: null, need: gate,
    options: [n IN range(1, size(options)) | head([x IN options WHERE x.number = n]).says],
    alone: reduce(all = [], x IN options | all + x.alone), kind: 'gate', e: g}) AS gates
WITH route, order, path, role, term, items + [x IN gates WHERE x.e IS NOT NULL] AS items,
  CASE WHEN waits IS NULL OR minimum > waits THEN minimum ELSE waits END AS own
ORDER BY route, order
WITH route, path, collect({order: order, role: role, term: term, own: own, items: items}) AS steps
UNWIND steps AS step
UNWIND step.items AS x
WITH route, path, steps, step, x, x.key AS key, x.e.basis AS basis, x.e.fact AS said, coalesce(x.level, 0) AS wanted
ORDER BY wanted DESC, step.order, basis DESC, said
WITH route, path, steps, key, collect({order: step.order, x: x, level: x.level}) AS asked
WITH route, path, steps, key, [a IN asked WHERE a.order = 0] AS before, [a IN asked WHERE a.order > 0] AS after,
  reduce(first = null, a IN asked | CASE WHEN first IS NULL OR a.order < first THEN a.order ELSE first END) AS earliest,
  reduce(first = null, a IN [b IN asked WHERE b.order > 0] |
    CASE WHEN first IS NULL OR a.order < first THEN a.order ELSE first END) AS first
WITH route, path, steps, collect({key: key, x: head(after).x, order: head(after).order, level: head(after).level,
  first: first, earliest: earliest, before: head(before)}) AS found
UNWIND [f IN found WHERE f.order IS NOT NULL] AS f
WITH route, path, steps, found, f, f.x.need AS need, f.x AS x, f.order AS order
OPTIONAL MATCH (need)-[like:SIMILAR_TO|SUCCEEDS]-(other:Requirement)
WHERE need:Requirement AND any(o IN found WHERE o.key = other.id AND o.earliest < f.first) AND f.before IS NULL
WITH route, path, steps, f, x, need, order, other.id AS alike, coalesce(like.score, 100.0) AS score
ORDER BY score DESC, alike
WITH route, path, steps, f, x, need, order, collect(alike) AS alike
WITH route, path, steps, f, x, need, order, head(alike) AS restates, steps[order].role AS role, x.e AS e,
  head([s IN steps WHERE s.order < order AND any(a IN x.alone WHERE a.id = s.role.id
    OR a.higher = true AND s.role.step >= a.step) | s.role.id]) AS met_by
MATCH (d:Document {id: e.document})
RETURN route, order, role.name AS to_rank, role.id AS rank_id, x.kind AS kind, need.name AS requirement,
  need.id AS requirement_id, f.level AS level, f.before.level AS held_level,
  CASE WHEN f.before IS NOT NULL AND coalesce(f.before.level, 0) >= coalesce(f.level, 0) OR met_by = $from
      OR need:CoreSkillSet THEN true
    WHEN f.before IS NULL AND x.kind IN ['competency', 'value'] AND EXISTS {
      MATCH (:Role {id: $from})<-[:DESCRIBES]-(p:Profile) WHERE p.valid_from <= coalesce($as_of, toString(date()))
        AND coalesce($as_of, toString(date())) < p.valid_to
        AND CASE x.kind WHEN 'value' THEN 'values' ELSE 'competencies' END IN p.not_printed } THEN null
    ELSE false END AS held,
  met_by, restates, path[f.first] AS first_asked_at, x.options AS options,
  reduce(known = null, s IN [t IN steps WHERE t.order > 0 AND t.order <= order AND t.own IS NOT NULL] |
    coalesce(known, 0) + s.own) AS least_months,
  [s IN steps WHERE s.order > 0 AND s.order <= order AND s.own IS NULL | s.role.id] AS time_unknown,
  steps[order].term AS term_months, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY route, order, kind, document, toInteger(split(split(lines, ',')[0], '-')[0]), requirement_id, fact

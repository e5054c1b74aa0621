// Ways from one rank to another, step by step
// A row is one step of one route. Routes are numbered: those by promotion alone first, then the
// shortest. A step goes by promotion where a ladder has it, else by a document that opens the rank.
// minimum_months is the least service before promotion, apart from temporary promotion in the upper rank;
// null: no source gives one. sources are whose word it is, with file and lines. Where a mayor of the force has the functions
// of a police and crime commissioner, the mayor appoints. No rows: no way leads there.
// from (rank): the rank held now
// to (rank): the rank aimed at
// force (force, optional): the force that the rank aimed at is in, null for any; else that of the rank's name, as in "Kent inspector"
// as_of (day): the day asked about, null for today
// :params {from: "uk/constable", to: "mps/commissioner", force: null, as_of: null}
// returns: route, order, from_rank, to_rank, rank_id, via, gates, minimum_months, term_months, appointed_by, sources
WITH coalesce($as_of, toString(date())) AS day
MATCH p = (aim:Role {id: $to})-[steps:PROMOTES_FROM|OPEN_TO*1..12]->(held:Role {id: $from})
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
WITH day, [n IN nodes(p) | n.id] AS ids
WHERE all(i IN range(0, size(ids) - 2) WHERE NOT ids[i] IN ids[i + 1..])
WITH DISTINCT day, ids
UNWIND range(0, size(ids) - 2) AS i
MATCH (upper:Role {id: ids[i]})-[e:PROMOTES_FROM|OPEN_TO]->(lower:Role {id: ids[i + 1]})
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, ids, i, upper, lower, max(CASE type(e) WHEN 'PROMOTES_FROM' THEN 1 ELSE 0 END) AS promoted,
  max(e.minimum_months) AS minimum_months, max(e.term_months) AS term_months,
  collect({said: e.authority, document: e.document, lines: e.lines}) AS ways
ORDER BY i DESC
WITH day, ids, sum(1 - promoted) AS opened, collect({order: size(ids) - 1 - i, upper: upper, lower: lower,
  via: CASE promoted WHEN 1 THEN 'promotion' ELSE 'open-to' END, minimum_months: minimum_months,
  term_months: term_months, ways: ways}) AS steps
ORDER BY opened, size(ids), ids
WITH day, collect(steps) AS routes
UNWIND range(0, size(routes) - 1) AS number
UNWIND routes[number] AS step
WITH day, number + 1 AS route, step.order AS order, step.upper AS upper, step.lower AS lower, step.via AS via,
  step.minimum_months AS minimum_months, step.term_months AS term_months, step.ways AS ways
OPTIONAL MATCH (upper)-[e:REQUIRES]->(gate:Gate|Course)
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, route, order, upper, lower, via, minimum_months, term_months, ways, gate, e
ORDER BY gate.name
WITH day, route, order, upper, lower, via, minimum_months, term_months, ways,
  collect(DISTINCT gate.name) AS gates,
  [x IN collect({said: e.authority, document: e.document, lines: e.lines}) WHERE x.said IS NOT NULL] AS asked
OPTIONAL MATCH (upper)-[e:APPOINTED_BY]->(by)
WHERE e.valid_from <= day AND day < e.valid_to
OPTIONAL MATCH (:Body {id: $force})-[stead:ACCOUNTABLE_TO]->(mayor:Body)
WHERE by.id = 'pcc' AND stead.valid_from <= day AND day < stead.valid_to
WITH route, order, upper, lower, via, minimum_months, term_months, ways, gates, asked,
  coalesce(mayor, by) AS by, coalesce(stead, e) AS e
WITH route, order, upper, lower, via, minimum_months, term_months, ways, gates, asked, by, e
ORDER BY by.name
WITH route, order, upper, lower, via, minimum_months, term_months, gates, ways, asked,
  collect(DISTINCT by.name) AS appointed_by,
  [x IN collect({said: e.authority, document: e.document, lines: e.lines}) WHERE x.said IS NOT NULL] AS appointing
WITH route, order, upper, lower, via, minimum_months, term_months, gates, appointed_by,
  ways + asked + appointing AS said
UNWIND said AS x
MATCH (d:Document {id: x.document})
WITH DISTINCT route, order, upper, lower, via, minimum_months, term_months, gates, appointed_by,
  x.said + ' (' + d.name + ':' + x.lines + ')' AS source
ORDER BY source
WITH route, order, upper, lower, via, minimum_months, term_months, gates, appointed_by, collect(source) AS sources
RETURN route, order, lower.name AS from_rank, upper.name AS to_rank, upper.id AS rank_id, via, gates,
  minimum_months, term_months, appointed_by, sources
ORDER BY route, order

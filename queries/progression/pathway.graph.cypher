// Graph: Ways from one rank to another, step by step
// A path is one route, from the rank aimed at down to the rank held; gates are the gates and courses that the
// ranks on the way ask for. At most 50 routes. No rows: no way leads there.
// from (rank): the rank held now
// to (rank): the rank aimed at
// as_of (day): the day asked about, null for today
// :params {from: "uk/constable", to: "mps/commissioner", as_of: null}
// returns: path, gates
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (aim:Role {id: $to})-[steps:PROMOTES_FROM|OPEN_TO*1..12]->(held:Role {id: $from})
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
WITH day, path, [n IN nodes(path) | n.id] AS ids, [e IN steps | e.fact] AS facts
WHERE all(i IN range(0, size(ids) - 2) WHERE NOT ids[i] IN ids[i + 1..])
WITH day, path, ids, facts
ORDER BY size(ids), ids, facts LIMIT 50
UNWIND ids[0..size(ids) - 1] AS id
MATCH (role:Role {id: id})
OPTIONAL MATCH gate = (role)-[e:REQUIRES]->(asked:Gate|Course)
WHERE e.valid_from <= day AND day < e.valid_to
WITH path, ids, facts, gate, asked.id AS asked, e.fact AS fact
ORDER BY asked, fact
WITH path, ids, facts, collect(gate) AS gates
RETURN path AS path, gates AS gates
ORDER BY size(ids), ids, facts

// From a rank up to the public: who answers to whom
// A row is one statement for one hop of one chain; chains that reach the public come first, the shortest
// of them first. A hop is reporting, being accountable, being under somebody's direction, the rank's own
// force being accountable, holding an office, or being elected. A chain that ends before the
// public ends where the sources do, and says so (reaches_public). No rows: no source says whom it answers to.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: chain, reaches_public, hop, from, from_id, relation, to, to_id, quote, basis, fact, authority, document, lines
// guide 7: Follow oversight upwards: to whom does the rank answer, and they, up to the public?
// How to read it: A chain that stops before the public stops where the sources stop; nothing is guessed beyond.
WITH coalesce($as_of, toString(date())) AS day
MATCH p = (role:Role {id: $rank})-[hops:REPORTS_TO|ACCOUNTABLE_TO|DIRECTED_BY|PART_OF|OCCUPIED_BY|ELECTED_BY*1..8]->(top)
WHERE all(e IN hops WHERE e.valid_from <= day AND day < e.valid_to)
  AND all(i IN range(0, size(hops) - 1) WHERE i = 0 OR type(hops[i]) <> 'PART_OF')
WITH day, top, hops, [n IN nodes(p) | n.id] AS ids
WHERE all(i IN range(0, size(ids) - 2) WHERE NOT ids[i] IN ids[i + 1..])
WITH day, top, ids, collect(hops) AS ways
OPTIONAL MATCH (top)-[e:REPORTS_TO|ACCOUNTABLE_TO|DIRECTED_BY|OCCUPIED_BY|ELECTED_BY]->(further)
WHERE e.valid_from <= day AND day < e.valid_to AND NOT further.id IN ids
WITH top, ids, ways, count(further) AS more
WHERE more = 0
WITH ids, ways, CASE top.id WHEN 'the-public' THEN 0 ELSE 1 END AS short
ORDER BY short, size(ids), ids
WITH collect({ways: ways, short: short}) AS chains
UNWIND range(0, size(chains) - 1) AS number
UNWIND chains[number].ways AS hops
UNWIND range(0, size(hops) - 1) AS i
WITH DISTINCT number, chains[number].short AS short, i, hops[i] AS e
WITH number, short, i, startNode(e) AS lower, e, endNode(e) AS upper
MATCH (d:Document {id: e.document})
RETURN number + 1 AS chain, CASE short WHEN 0 THEN true ELSE false END AS reaches_public, i + 1 AS hop,
  lower.name AS from, lower.id AS from_id, type(e) AS relation, upper.name AS to, upper.id AS to_id,
  e.text AS quote, e.basis AS basis, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY chain, hop, relation, fact

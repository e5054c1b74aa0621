// Graph: From a rank up to the public: who answers to whom
// A path is one chain, from the rank up to the public or to where the sources end. At most 50 chains. No rows: no
// source says whom it answers to.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role {id: $rank})-[hops:REPORTS_TO|ACCOUNTABLE_TO|DIRECTED_BY|PART_OF|OCCUPIED_BY|ELECTED_BY*1..8]
  ->(top)
WHERE all(e IN hops WHERE e.valid_from <= day AND day < e.valid_to)
  AND all(i IN range(0, size(hops) - 1) WHERE i = 0 OR type(hops[i]) <> 'PART_OF')
WITH day, path, top, [n IN nodes(path) | n.id] AS ids, [e IN hops | e.fact] AS facts
WHERE all(i IN range(0, size(ids) - 2) WHERE NOT ids[i] IN ids[i + 1..])
OPTIONAL MATCH (top)-[e:REPORTS_TO|ACCOUNTABLE_TO|DIRECTED_BY|OCCUPIED_BY|ELECTED_BY]->(further)
WHERE e.valid_from <= day AND day < e.valid_to
  AND NOT further.id IN ids
WITH path, ids, facts, count(further) AS more
WHERE more = 0
RETURN path AS path
ORDER BY ids, facts LIMIT 50

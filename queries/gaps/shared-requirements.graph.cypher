// Graph: What two ranks both ask for
// A path joins the two ranks by what both ask for: the same thing, or two that read nearly the same (SIMILAR_TO).
// At most 200 paths. No rows: they share nothing that is loaded.
// first (rank): one rank
// second (rank): the other rank
// as_of (day): the day asked about, null for today
// :params {first: "mps/commander", second: "mps/deputy-assistant-commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (:Role {id: $first})-[e:REQUIRES]->(need:Requirement)-[:SIMILAR_TO*0..1]-(same:Requirement)
  <-[f:REQUIRES]-(:Role {id: $second})
WHERE e.valid_from <= day AND day < e.valid_to
  AND f.valid_from <= day AND day < f.valid_to
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

// Graph: Plans, codes and laws that the duties of a rank must have regard to
// A path leads from the rank through one of its duties to a plan, code or law, or from its edition to one that is
// named outside the duties. At most 200 paths. No rows: none is named.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commander", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})
OPTIONAL MATCH way = (role)-[own:ACCOUNTABLE_FOR]->(:Accountability)-[e:HAS_REGARD_TO]->(named:Instrument)
WHERE own.edition = e.edition
  AND e.valid_from <= day AND day < e.valid_to
WITH day, role, [x IN collect({path: way, edition: e.edition, id: named.id}) WHERE x.path IS NOT NULL] AS ties
OPTIONAL MATCH way = (role)<-[:DESCRIBES]-(:Profile)-[e:MENTIONS]->(other:Instrument)
WHERE e.valid_from <= day AND day < e.valid_to
  AND NOT other.id IN [x IN ties WHERE x.edition = e.edition | x.id]
WITH ties, [p IN collect(way) WHERE p IS NOT NULL] AS names
WITH [x IN ties | x.path] + names AS paths
UNWIND paths AS path
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

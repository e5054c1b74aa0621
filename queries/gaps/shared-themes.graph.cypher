// Graph: Themes that two ranks both ask for
// path leads from the first rank by what it asks for to a theme, second from the second rank to the same theme. At most
// 200 rows. No rows: they share no theme that is loaded.
// first (rank): one rank
// second (rank): the other rank
// as_of (day): the day asked about, null for today
// :params {first: "mps/commander", second: "mps/deputy-assistant-commissioner", as_of: null}
// returns: path, second
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (:Role {id: $first})-[e:REQUIRES]->(:Requirement)-[:VARIANT_OF]->(theme:Theme)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH second = (:Role {id: $second})-[f:REQUIRES]->(:Requirement)-[:VARIANT_OF]->(theme)
WHERE f.valid_from <= day AND day < f.valid_to
WITH path, second, theme.id AS id, e.fact AS fact, f.fact AS second_fact
RETURN path AS path, second AS second
ORDER BY id, fact, second_fact LIMIT 200

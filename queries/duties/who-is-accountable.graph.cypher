// Graph: Ranks whose duties speak of something
// A path is a rank and a duty of it that holds at least one of the words. At most 200 paths. No rows: no duty that
// counts on the day holds any.
// words (words): what the duty should speak of
// as_of (day): the day asked about, null for today
// :params {words: "operational independence", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
CALL db.index.fulltext.queryNodes("Accountability[text]", $words) YIELD node
WITH day, node AS duty, [w IN split(toLower($words), ' ') WHERE w <> ''] AS asked
WITH day, duty, [w IN asked WHERE w IN duty.words] AS found
WHERE size(found) > 0
MATCH path = (role:Role)-[e:ACCOUNTABLE_FOR]->(duty)
WHERE e.valid_from <= day AND day < e.valid_to
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

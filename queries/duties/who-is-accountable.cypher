// Ranks whose duties speak of something
// A row is a duty that holds at least one of the words. score is the share of the words asked for
// that the duty holds, 0 to 1; best first. No rows: no duty that counts on the day holds any.
// words (words): what the duty should speak of
// as_of (day): the day asked about, null for today
// :params {words: "operational independence", as_of: null}
// returns: rank, rank_id, duty, score, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
CALL db.index.fulltext.queryNodes("Accountability[text]", $words) YIELD node
WITH day, node AS duty, [w IN split(toLower($words), ' ') WHERE w <> ''] AS asked
WITH day, duty, asked, [w IN asked WHERE w IN duty.words] AS found
WHERE size(found) > 0
MATCH (role:Role)-[e:ACCOUNTABLE_FOR]->(duty)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN role.name AS rank, role.id AS rank_id, e.text AS duty,
  round(100.0 * size(found) / size(asked)) / 100 AS score,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY score DESC, rank_id, fact

// Who has to be involved in what a duty speaks of
// A row is one body, office or rank that a duty with all the words names, and what ties the rank to it
// there (INVOLVES: it is named and no more is said). The rank's own force is left out. Without a day
// every edition is read, and current says whether the duty counts today; with a day, those of that day.
// No rows: no duty with all the words names another body.
// words (words): what the duty should speak of
// as_of (day): the day asked about, null for every edition
// :params {words: "operational independence", as_of: null}
// returns: rank, rank_id, duty, relation, body, body_id, quote, edition, current, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
CALL db.index.fulltext.queryNodes("Accountability[text]", $words) YIELD node
WITH day, node AS duty, [w IN split(toLower($words), ' ') WHERE w <> ''] AS asked
WITH day, duty, asked, [w IN asked WHERE w IN duty.words] AS found
WHERE size(found) = size(asked)
MATCH (role:Role)-[e:ACCOUNTABLE_FOR]->(duty)
WITH role, duty, e, CASE WHEN e.valid_from <= day AND day < e.valid_to THEN true ELSE false END AS current
WHERE $as_of IS NULL OR current
OPTIONAL MATCH (role)-[tie]->(other:Body|Role)
WHERE tie.edition = e.edition AND NOT type(tie) IN ['OPEN_TO', 'PART_OF', 'LEADS']
  AND any(place IN split(tie.lines, ', ') WHERE place IN split(e.lines, ', '))
WITH role, duty, e, current, collect({tie: tie, body: other}) AS ties
OPTIONAL MATCH (duty)-[named:INVOLVES]->(body:Body)
WHERE named.edition = e.edition
WITH role, duty, e, current, ties, collect({tie: named, body: body}) AS names
OPTIONAL MATCH (paper:Profile {id: e.edition})
WITH role, duty, e, current, [x IN ties WHERE x.tie IS NOT NULL] AS ties, [x IN names WHERE x.tie IS NOT NULL] AS names,
  collect(DISTINCT paper.organisation) AS own
WITH role, duty, e, current, ties + [x IN names WHERE NOT x.body.id IN own
  AND NOT x.body.id IN [y IN ties | y.body.id]] AS rows
UNWIND rows AS row
WITH role, duty, e, current, row.tie AS tie, row.body AS body
MATCH (d:Document {id: e.document})
RETURN role.name AS rank, role.id AS rank_id, e.text AS duty, type(tie) AS relation, body.name AS body,
  body.id AS body_id, tie.text AS quote, e.edition AS edition, current, tie.fact AS fact, e.authority AS authority,
  d.name AS document, e.lines AS lines
ORDER BY document, lines, relation, body_id

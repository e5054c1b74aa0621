// What began or ceased to be stated since a day
// A row is one statement. change: stated (it counts on the day and nothing said the same then) or closed
// (it counted then and nothing says the same on the day). A statement that another edition says in
// turn of the same two things in the same terms is neither. No rows: nothing changed between the two days.
// since (day): the earlier day, null for the beginning
// as_of (day): the later day, null for today
// :params {since: "2022-01-01", as_of: null}
// returns: change, on, relation, subject, subject_id, other, other_id, quote, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day, coalesce($since, '0001-01-01') AS past
OPTIONAL MATCH (a:Accountability|Advert|Body|Cluster|Framework|Gate|Instrument|Option|Profile|Requirement|Role)-[e]->(b)
WHERE e.fact IS NOT NULL AND past < e.valid_from AND e.valid_from <= day AND day < e.valid_to
  AND NOT EXISTS { MATCH (a)-[o]->(b) WHERE type(o) = type(e) AND o.instance = e.instance
    AND o.valid_from <= past AND past < o.valid_to }
WITH day, past, [x IN collect({e: e, a: a, b: b}) WHERE x.e IS NOT NULL | {change: 'stated', on: x.e.valid_from,
  e: x.e, a: x.a, b: x.b}] AS begun
OPTIONAL MATCH (a:Accountability|Advert|Body|Cluster|Framework|Gate|Instrument|Option|Profile|Requirement|Role)-[e]->(b)
WHERE e.fact IS NOT NULL AND e.valid_to <= day AND past < e.valid_to
  AND e.valid_from <= past
  AND NOT EXISTS { MATCH (a)-[o]->(b) WHERE type(o) = type(e) AND o.instance = e.instance
    AND o.valid_from <= day AND day < o.valid_to }
WITH begun, [x IN collect({e: e, a: a, b: b}) WHERE x.e IS NOT NULL | {change: 'closed', on: x.e.valid_to,
  e: x.e, a: x.a, b: x.b}] AS ended
WITH begun + ended AS rows
UNWIND rows AS row
WITH row.change AS change, row.on AS on, row.e AS e, row.a AS a, row.b AS b
MATCH (d:Document {id: e.document})
RETURN change, on, type(e) AS relation, coalesce(a.text, a.name) AS subject, a.id AS subject_id,
  coalesce(b.text, b.name) AS other, b.id AS other_id, e.text AS quote,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY on, change DESC, relation, subject_id, other_id, fact

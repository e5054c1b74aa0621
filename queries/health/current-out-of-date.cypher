// Facts whose mark of today is out of date
// A row is a fact whose `current` differs from what its days say today, as time has passed since the last load:
// questions that give a day are right, and a short one by `current` is not. To mend: load any document again
// (`rankgraph load` alone does). No rows: every mark is right.
// as_of (day): the day asked about, null for today
// severity: warning
// :params {as_of: null}
// returns: label, id, finding, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (a:Accountability|Advert|Body|Cluster|Framework|Gate|Instrument|Option|Profile|Requirement|Role)-[e]->(b)
WHERE e.fact IS NOT NULL
WITH day, a, e, b, CASE WHEN e.valid_from <= day AND day < e.valid_to
    THEN true ELSE false END AS counts
WHERE counts AND coalesce(e.current, false) = false OR counts = false AND e.current = true
OPTIONAL MATCH (d:Document {id: e.document})
RETURN type(e) AS label, a.id + ' -> ' + b.id AS id,
  CASE WHEN counts THEN 'counts on ' + day + ', and is not marked so'
    ELSE 'is marked as current, and does not count on ' + day END AS finding, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY label, id, fact

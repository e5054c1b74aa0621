// Who may authorise something
// A row is one statement that holds all the words asked for: a rank or office that a source gives the
// power (via power), or a duty of a rank that speaks of authorising it (via duty). An office of
// which the source names no ranks stands as the office. No rows: nothing that counts on the day says.
// words (words): what is to be authorised
// as_of (day): the day asked about, null for today
// :params {words: "intrusive surveillance", as_of: null}
// returns: holder, holder_id, kind, via, what, quote, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day, [w IN split(toLower($words), ' ') WHERE w <> ''] AS asked
OPTIONAL MATCH (holder)-[e:MAY_AUTHORISE]->(power:Power)
WHERE all(w IN asked WHERE w IN split(toLower(power.name), ' '))
  AND e.valid_from <= day AND day < e.valid_to
WITH day, asked, collect({e: e, holder: holder, via: 'power', what: power.name}) AS powers
OPTIONAL MATCH (role:Role)-[e:ACCOUNTABLE_FOR]->(duty:Accountability)
WHERE all(w IN asked WHERE w IN duty.words)
  AND any(w IN duty.words WHERE w STARTS WITH 'authoris' OR w STARTS WITH 'authoriz')
  AND e.valid_from <= day AND day < e.valid_to
WITH powers, collect({e: e, holder: role, via: 'duty', what: $words}) AS duties
WITH powers + duties AS rows
UNWIND rows AS row
WITH row.e AS e, row.holder AS holder, row.via AS via, row.what AS what
WHERE e IS NOT NULL
MATCH (d:Document {id: e.document})
RETURN holder.name AS holder, holder.id AS holder_id, CASE WHEN holder:Role THEN 'rank' ELSE holder.kind END AS kind,
  via, what, e.text AS quote, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY via DESC, holder_id, fact

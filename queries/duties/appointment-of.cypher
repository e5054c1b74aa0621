// Who appoints a rank, and on whose word
// A row is one statement. part: appointed by, recommended by, consulted, approved by, may be suspended by, or term
// (by is then null, and months says for how long; qualifier is "up to" where law sets the longest).
// What an advert says stands beside what law says. For a force whose functions of a police and crime commissioner
// a mayor has, the mayor stands in that place, by the source that says so. No rows: nothing that counts on the day says.
// rank (rank): the rank or role
// force (force, optional): the force that it is in, null for any; else that of the rank's name, as in "Kent inspector"
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commissioner", force: null, as_of: null}
// returns: part, by, by_id, qualifier, months, quote, basis, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})-[e:APPOINTED_BY|RECOMMENDED_BY|APPOINTMENT_CONSULTS|APPOINTMENT_APPROVED_BY
    |SUSPENDED_BY|HAS_FIGURE]->(other)
WHERE e.valid_from <= day AND day < e.valid_to
  AND (NOT other:Figure OR other.unit = 'months')
OPTIONAL MATCH (:Body {id: $force})-[stead:ACCOUNTABLE_TO]->(mayor:Body)
WHERE other.id = 'pcc' AND stead.valid_from <= day AND day < stead.valid_to
WITH type(e) AS kind, coalesce(stead, e) AS e, coalesce(mayor, other) AS other
MATCH (d:Document {id: e.document})
WITH e, other, d, CASE kind WHEN 'APPOINTED_BY' THEN 1 WHEN 'RECOMMENDED_BY' THEN 2 WHEN 'APPOINTMENT_CONSULTS' THEN 3
  WHEN 'APPOINTMENT_APPROVED_BY' THEN 4 WHEN 'SUSPENDED_BY' THEN 5 ELSE 6 END AS place
RETURN ['appointed by', 'recommended by', 'consulted', 'approved by', 'may be suspended by', 'term'][place - 1] AS part,
  CASE place WHEN 6 THEN null ELSE other.name END AS by, CASE place WHEN 6 THEN null ELSE other.id END AS by_id,
  other.qualifier AS qualifier, CASE place WHEN 6 THEN toInteger(other.amount) ELSE null END AS months,
  e.text AS quote, e.basis AS basis, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY place, by_id, fact

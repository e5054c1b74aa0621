// Graph: Who appoints a rank, and on whose word
// A path is the rank and one who appoints, recommends, is consulted or may suspend, or a term in months. At most
// 100 paths. No rows: nothing that counts on the day says.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commissioner", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role {id: $rank})-[e:APPOINTED_BY|RECOMMENDED_BY|APPOINTMENT_CONSULTS|APPOINTMENT_APPROVED_BY
    |SUSPENDED_BY|HAS_FIGURE]->(other)
WHERE e.valid_from <= day AND day < e.valid_to
  AND (NOT other:Figure OR other.unit = 'months')
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 100

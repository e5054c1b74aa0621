// Graph: Who appoints a rank, and on whose word
// A path is the rank and one who appoints, recommends, is consulted or may suspend, or a term in months. For
// a force whose mayor stands in place of the commissioner, the path is the force and the mayor. At most 100 paths.
// No rows: nothing that counts on the day says.
// rank (rank): the rank or role
// force (force, optional): the force that it is in, null for any; else that of the rank's name, as in "Kent inspector"
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commissioner", force: null, as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role {id: $rank})-[e:APPOINTED_BY|RECOMMENDED_BY|APPOINTMENT_CONSULTS|APPOINTMENT_APPROVED_BY
    |SUSPENDED_BY|HAS_FIGURE]->(other)
WHERE e.valid_from <= day AND day < e.valid_to
  AND (NOT other:Figure OR other.unit = 'months')
OPTIONAL MATCH instead = (:Body {id: $force})-[stead:ACCOUNTABLE_TO]->(:Body)
WHERE other.id = 'pcc' AND stead.valid_from <= day AND day < stead.valid_to
WITH DISTINCT coalesce(instead, path) AS path
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 100

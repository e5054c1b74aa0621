// Graph: Editions of what is written on a rank
// A path leads from the rank to an edition that describes it and to the file it was published in; before leads to
// the edition whose place it took. At most 100 editions. No rows: nothing on the rank is loaded.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: path, before, current
WITH coalesce($as_of, toString(date())) AS day
MATCH path = (role:Role {id: $rank})<-[:DESCRIBES]-(p:Profile)-[:PUBLISHED_IN]->(d:Document)
OPTIONAL MATCH before = (p)-[:SUPERSEDES]->(older:Profile)
RETURN path AS path, before AS before, p.valid_from <= day AND day < p.valid_to AS current
ORDER BY p.valid_from DESC, p.id, d.id, coalesce(older.id, '') LIMIT 100

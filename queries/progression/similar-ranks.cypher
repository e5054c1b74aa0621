// Ranks that ask for much the same as a rank
// A row is another rank or role of which skills, knowledge or experience are loaded, essential or desirable. Compared
// are the themes that the two ask for, not the sentences: shared is the number that both ask for, only_here that the
// rank alone asks for, only_there that the other alone asks for. likeness is the share of the themes of either that
// both ask for (Jaccard): shared / (shared + only_here + only_there), from 0 for none to 1 for all. shared-themes shows
// which they are. No rows: nothing of the rank counts on the day, or nothing of any other.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/deputy-assistant-commissioner", as_of: null}
// returns: rank, rank_id, likeness, shared, only_here, only_there
WITH coalesce($as_of, toString(date())) AS day
MATCH (:Role {id: $rank})-[e:REQUIRES]->(:Requirement)-[:VARIANT_OF]->(theme:Theme)
WHERE e.valid_from <= day AND day < e.valid_to
WITH day, collect(DISTINCT theme.id) AS here
MATCH (other:Role)-[e:REQUIRES]->(:Requirement)-[:VARIANT_OF]->(theme:Theme)
WHERE other.id <> $rank
  AND e.valid_from <= day AND day < e.valid_to
WITH here, other, collect(DISTINCT theme.id) AS there
WITH other, size([x IN there WHERE x IN here]) AS shared, size(here) AS asked_here, size(there) AS asked_there
RETURN other.name AS rank, other.id AS rank_id,
  round(100.0 * shared / (asked_here + asked_there - shared)) / 100.0 AS likeness,
  shared, asked_here - shared AS only_here, asked_there - shared AS only_there
ORDER BY likeness DESC, shared DESC, rank_id

// Ranks that no way leads to
// A row is a rank above the first step from which no line of promotions leads down to the first step. To mend: load
// the reference data again (`rankgraph load`). No rows: every rank can be reached from the first.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (rank:Role:Rank)
WHERE rank.step > 1 AND NOT EXISTS { MATCH (rank)-[:PROMOTES_FROM*1..20]->(first:Rank) WHERE first.step = 1 }
RETURN 'Rank' AS label, rank.id AS id, 'is reached by no line of promotions from the first step' AS finding,
  null AS fact, null AS authority, null AS document, null AS lines
ORDER BY id

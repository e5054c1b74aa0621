// What the graph holds
// A row is a label and how many nodes carry it.
// :params {}
// returns: label, count
MATCH (n)
UNWIND labels(n) AS label
RETURN label, count(*) AS count
ORDER BY label

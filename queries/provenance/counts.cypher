// What the graph holds
// A row is a label, or a relationship type in square brackets, and how many there are.
// :params {}
// returns: label, count
MATCH (n)
UNWIND labels(n) AS label
RETURN label, count(*) AS count
ORDER BY label

// Promotions that stand more than once
// A row is a pair of ranks with more than one relationship of promotion in one edition: ways would then be counted twice. To mend:
// no load makes a second one, so it was changed by hand: `rankgraph reset` and load all again. No rows: every
// promotion stands once.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (upper:Role)-[e:PROMOTES_FROM]->(lower:Role)
WITH upper, lower, e.edition AS edition, count(e) AS times
WHERE times > 1
RETURN DISTINCT 'PROMOTES_FROM' AS label, upper.id + ' -> ' + lower.id AS id,
  'stands ' + toString(times) + ' times' AS finding, null AS fact, null AS authority, null AS document, null AS lines
ORDER BY id

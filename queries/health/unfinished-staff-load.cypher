// A load of staff files that did not end
// A row is the load that is under way or was cut short: numbers of people and posts are then not whole. To mend: when
// no load runs, `rankgraph staff load` with the same files completes it. No rows: none was cut short.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (n:StaffLoad)
WHERE n.state = 'loading'
RETURN 'StaffLoad' AS label, n.id AS id, 'was begun on ' + coalesce(n.loaded, 'an unknown day') + ' and has not ended'
    AS finding, null AS fact, null AS authority, null AS document, null AS lines
ORDER BY id

// How many people there are by what a mapping asks to count, such as age band
// A row is one value of one column (the key counted of a mapping of people), in the whole force, in one unit with all
// within it, or of one rank or role of posts. people is how many people in posts had it on the day of the last load.
// [c] is hidden, for every reader: where few people, one to four, have a value, all values of the column there are,
// and those elsewhere whose sums would tell of them; units and ranks are guarded each by themselves. Values that few
// have in the whole force are other. Nothing of this is kept of a person. No rows: the last load was of a later day,
// its mapping asks to count nothing, or everybody has one value.
// unit (unit, optional): the unit, null for the whole force and its ranks
// depth (number, optional): how many levels of units below it are shown, null for none
// as_of (day): the day asked about, null for today
// :params {unit: null, depth: null, as_of: null}
// returns: column, value, people, unit, rank, unit_id, rank_id, day
OPTIONAL MATCH (top:Unit)
WHERE top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) }
OPTIONAL MATCH way = (top)<-[:WITHIN*0..]-(own:Unit)
WHERE length(way) <= coalesce($depth, 0)
WITH collect(own.id) AS units
MATCH (n:PeopleCount)
WHERE n.day <= coalesce($as_of, toString(date())) AND (n.unit_id IN units OR $unit IS NULL AND n.unit_id IS NULL)
OPTIONAL MATCH (unit:Unit {id: n.unit_id})
OPTIONAL MATCH (rank:Role {id: n.rank})
RETURN n.column AS column, n.value AS value, CASE WHEN n.people IS NULL THEN '[c]' ELSE n.people END AS people,
  unit.name AS unit, rank.name AS rank, n.unit_id AS unit_id, n.rank AS rank_id, n.day AS day
ORDER BY column, coalesce(unit_id, ''), coalesce(rank_id, ''), value

// Ranks over time: who has been in which rank or role, from when until when
// A row is one time of one person in one rank or role substantively: as ranks held are recorded (as_rank is
// true), and as the posts say that the person is or was in. first and last are its days, null where open;
// joined and left those of the person. What has not begun on the day is left out. No rows: nobody is
// recorded with a rank or a post.
// as_of (day): the day asked about, null for today
// :params {as_of: null}
// returns: person_id, joined, left, rank, first, last, as_rank
WITH coalesce($as_of, toString(date())) AS day
MATCH (person:Person)-[e:OCCUPIES|HELD_RANK]->(at)
WHERE e.basis = 'substantive' AND coalesce(e.from, '') <= day AND coalesce(person.joined, '') <= day
OPTIONAL MATCH (at)-[:FOR_ROLE]->(rank:Rank)
OPTIONAL MATCH (at)-[:FOR_ROLE]->(role:Role) WHERE NOT role:Rank
RETURN person.id AS person_id, person.joined AS joined, person.left AS left,
  coalesce(rank.id, role.id, at.id) AS rank, e.from AS first, e.to AS last, type(e) = 'HELD_RANK' AS as_rank
ORDER BY person_id, as_rank, coalesce(first, ''), rank, coalesce(last, '')

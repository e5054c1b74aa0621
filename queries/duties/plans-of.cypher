// Plans, codes and laws that the duties of a rank must have regard to
// A row is one instrument named in one duty; where a document names it outside the duties, duty is
// null. No rows: none is named.
// rank (rank): the rank or role
// as_of (day): the day asked about, null for today
// :params {rank: "mps/commander", as_of: null}
// returns: instrument, instrument_id, kind, duty, fact, authority, document, lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (role:Role {id: $rank})
OPTIONAL MATCH (role)-[:ACCOUNTABLE_FOR]->(:Accountability)-[regard:HAS_REGARD_TO]->(named:Instrument)
WHERE regard.valid_from <= day AND day < regard.valid_to
WITH day, role, [x IN collect(DISTINCT {e: regard, other: named, duty: regard.text}) WHERE x.e IS NOT NULL] AS ties
OPTIONAL MATCH (role)<-[:DESCRIBES]-(:Profile)-[mention:MENTIONS]->(other:Instrument)
WHERE mention.valid_from <= day AND day < mention.valid_to
  AND NOT other.id IN [x IN ties WHERE x.e.edition = mention.edition | x.other.id]
WITH ties, [x IN collect({e: mention, other: other, duty: null}) WHERE x.e IS NOT NULL] AS mentions
WITH ties + mentions AS rows
UNWIND rows AS row
WITH row.e AS e, row.other AS instrument, row.duty AS duty
MATCH (d:Document {id: e.document})
RETURN DISTINCT instrument.name AS instrument, instrument.id AS instrument_id, instrument.kind AS kind, duty,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY instrument_id, fact

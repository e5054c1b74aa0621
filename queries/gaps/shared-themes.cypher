// Themes that two ranks both ask for
// A row is one theme of skill, knowledge or experience with a wording of each of the two ranks: sentences that ask for
// the same, though they may differ. A theme has the name of its oldest wording; score says how alike the two wordings
// are to that, 0 to 100, at the least. Courses, competencies and gates have names and no themes: shared-requirements
// compares them. No rows: they share no theme that is loaded.
// first (rank): one rank
// second (rank): the other rank
// as_of (day): the day asked about, null for today
// :params {first: "mps/commander", second: "mps/deputy-assistant-commissioner", as_of: null}
// returns: kind, theme, theme_id, score, wording, fact, authority, document, lines, second_wording, second_fact, second_authority, second_document, second_lines
WITH coalesce($as_of, toString(date())) AS day
MATCH (:Role {id: $first})-[e:REQUIRES]->(:Requirement)-[one:VARIANT_OF]->(theme:Theme)
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (:Role {id: $second})-[f:REQUIRES]->(:Requirement)-[other:VARIANT_OF]->(theme)
WHERE f.valid_from <= day AND day < f.valid_to
MATCH (d:Document {id: e.document})
MATCH (d2:Document {id: f.document})
RETURN theme.kind AS kind, theme.name AS theme, theme.id AS theme_id,
  CASE WHEN one.score < other.score THEN one.score ELSE other.score END AS score,
  e.text AS wording, e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines,
  f.text AS second_wording, f.fact AS second_fact, f.authority AS second_authority,
  d2.name AS second_document, f.lines AS second_lines
ORDER BY kind, document, toInteger(split(split(lines, ',')[0], '-')[0]), second_document, second_lines, fact, second_fact

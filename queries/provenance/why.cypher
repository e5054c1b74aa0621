// Every source of a node or a fact
// A row is one statement: the fact itself, what other editions say of the same two things in the same
// relation, or each statement that names the node. Without a day statements that no longer count are
// shown too, and current says whether one counts today; with a day, those of that day. No rows: no
// statement holds the id.
// id (id): the id of a node or of a fact
// as_of (day): the day asked about, null for every day
// :params {id: "cobr", as_of: null}
// returns: subject, subject_id, relation, other, other_id, asked, current, valid_from, valid_to, basis, quote, fact, authority, document, lines
CALL () {
  MATCH (:Accountability|Advert|Body|Cluster|Development|Document|Figure|Framework|Gate
    |Instrument|Option|PayItem|Power|Profile|Requirement|Role|Stage {id: $id})-[e:
    ACCOUNTABLE_FOR|ACCOUNTABLE_TO|ADVISES|APPOINTED_BY|APPOINTMENT_APPROVED_BY|APPOINTMENT_CONSULTS
    |AT_RANK|AUTHORISES_AS|COLLABORATES_WITH|CONTRIBUTES_TO_INVESTIGATIONS_OF|COVERED_BY|DECLARED_IN
    |DEVELOPS_BY|DIRECTED_BY|ELECTED_BY|EQUIVALENT_TO|EXEMPTED_BY|HAS_FIGURE|HAS_RANK|HAS_REGARD_TO
    |INFORMS|INSPECTED_BY|INVESTIGATED_BY|INVOLVES|LEADS|LIAISES_WITH|MAY_AUTHORISE|MEMBER_OF|MENTIONS
    |NEEDS|OCCUPIED_BY|OPEN_TO|OPTION|PART_OF|PAYS|PROMOTES_FROM|PROVIDED_BY|RECOMMENDED_BY|REPLACES
    |REPORTS_TO|REQUIRES|REQUIRES_ELSEWHERE|SELECTS_BY|SUCCEEDS|SUPPORTS|SUSPENDED_BY|WORKS_WITH]-()
  RETURN e
  UNION
  MATCH (a)-[asked:
    ACCOUNTABLE_FOR|ACCOUNTABLE_TO|ADVISES|APPOINTED_BY|APPOINTMENT_APPROVED_BY|APPOINTMENT_CONSULTS
    |AT_RANK|AUTHORISES_AS|COLLABORATES_WITH|CONTRIBUTES_TO_INVESTIGATIONS_OF|COVERED_BY|DECLARED_IN
    |DEVELOPS_BY|DIRECTED_BY|ELECTED_BY|EQUIVALENT_TO|EXEMPTED_BY|HAS_FIGURE|HAS_RANK|HAS_REGARD_TO
    |INFORMS|INSPECTED_BY|INVESTIGATED_BY|INVOLVES|LEADS|LIAISES_WITH|MAY_AUTHORISE|MEMBER_OF|MENTIONS
    |NEEDS|OCCUPIED_BY|OPEN_TO|OPTION|PART_OF|PAYS|PROMOTES_FROM|PROVIDED_BY|RECOMMENDED_BY|REPLACES
    |REPORTS_TO|REQUIRES|REQUIRES_ELSEWHERE|SELECTS_BY|SUCCEEDS|SUPPORTS|SUSPENDED_BY|WORKS_WITH]->(b)
  WHERE asked.fact = $id
  MATCH (a)-[e]->(b)
  WHERE type(e) = type(asked)
  RETURN e
}
WITH coalesce($as_of, toString(date())) AS day, startNode(e) AS a, e, endNode(e) AS b
WITH a, b, e, CASE WHEN e.valid_from <= day AND day < e.valid_to THEN true ELSE false END AS current
WHERE $as_of IS NULL OR current
MATCH (d:Document {id: e.document})
RETURN coalesce(a.text, a.name) AS subject, a.id AS subject_id, type(e) AS relation,
  coalesce(b.text, b.name) AS other, b.id AS other_id, CASE e.fact WHEN $id THEN true ELSE false END AS asked, current,
  CASE WHEN e.valid_from > '0001-01-01' THEN e.valid_from END AS valid_from,
  CASE WHEN e.valid_to < '9999-12-31' THEN e.valid_to END AS valid_to, e.basis AS basis, e.text AS quote, e.fact AS fact,
  e.authority AS authority, d.name AS document, e.lines AS lines
ORDER BY asked DESC, relation, subject_id, other_id, current DESC, document, fact

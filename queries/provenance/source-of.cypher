// Sources of a node or a fact
// A row is one statement that names the node, or the one statement that is the fact. No rows: no
// statement that counts on the day holds the id.
// id (id): the id of a node or of a fact
// as_of (day): the day asked about, null for today
// :params {id: "cobr", as_of: null}
// returns: relation, other, other_id, basis, fact, authority, document, lines, quote
CALL () {
  MATCH (:Accountability|Advert|Body|Cluster|Development|Document|Figure|Framework|Gate
    |Instrument|Option|PayItem|Power|Profile|Requirement|Role|Stage {id: $id})-[e:
    ACCOUNTABLE_FOR|ACCOUNTABLE_TO|ADVISES|APPOINTED_BY|APPOINTMENT_APPROVED_BY|APPOINTMENT_CONSULTS
    |AT_RANK|AUTHORISES_AS|COLLABORATES_WITH|CONTRIBUTES_TO_INVESTIGATIONS_OF|COVERED_BY|DECLARED_IN
    |DEVELOPS_BY|DIRECTED_BY|ELECTED_BY|EQUIVALENT_TO|EXEMPTED_BY|HAS_FIGURE|HAS_RANK|HAS_REGARD_TO
    |INFORMS|INSPECTED_BY|INVESTIGATED_BY|INVOLVES|LEADS|LIAISES_WITH|MAY_AUTHORISE|MEMBER_OF|MENTIONS
    |NEEDS|OCCUPIED_BY|OPEN_TO|OPTION|PART_OF|PAYS|PROMOTES_FROM|PROVIDED_BY|RECOMMENDED_BY|REPLACES
    |REPORTS_TO|REQUIRES|REQUIRES_ELSEWHERE|SELECTS_BY|SUCCEEDS|SUPPORTS|SUSPENDED_BY|WORKS_WITH]-(b)
  RETURN e, b
  UNION
  MATCH ()-[e:
    ACCOUNTABLE_FOR|ACCOUNTABLE_TO|ADVISES|APPOINTED_BY|APPOINTMENT_APPROVED_BY|APPOINTMENT_CONSULTS
    |AT_RANK|AUTHORISES_AS|COLLABORATES_WITH|CONTRIBUTES_TO_INVESTIGATIONS_OF|COVERED_BY|DECLARED_IN
    |DEVELOPS_BY|DIRECTED_BY|ELECTED_BY|EQUIVALENT_TO|EXEMPTED_BY|HAS_FIGURE|HAS_RANK|HAS_REGARD_TO
    |INFORMS|INSPECTED_BY|INVESTIGATED_BY|INVOLVES|LEADS|LIAISES_WITH|MAY_AUTHORISE|MEMBER_OF|MENTIONS
    |NEEDS|OCCUPIED_BY|OPEN_TO|OPTION|PART_OF|PAYS|PROMOTES_FROM|PROVIDED_BY|RECOMMENDED_BY|REPLACES
    |REPORTS_TO|REQUIRES|REQUIRES_ELSEWHERE|SELECTS_BY|SUCCEEDS|SUPPORTS|SUSPENDED_BY|WORKS_WITH]->(b)
  WHERE e.fact = $id
  RETURN e, b
}
WITH e, b, coalesce($as_of, toString(date())) AS day
WHERE e.valid_from <= day AND day < e.valid_to
MATCH (d:Document {id: e.document})
RETURN DISTINCT type(e) AS relation, coalesce(b.text, b.name) AS other, b.id AS other_id, e.basis AS basis,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY relation, other_id, fact

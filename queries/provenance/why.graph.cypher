// Graph: Every source of a node or a fact
// A path is one statement: two nodes and what is said of them. At most 200 paths. No rows: no statement holds the
// id.
// id (id): the id of a node or of a fact
// as_of (day): the day asked about, null for every day
// :params {id: "cobr", as_of: null}
// returns: path
CALL () {
  MATCH (:Accountability|Advert|Body|Cluster|Development|Document|Figure|Framework|Gate
    |Instrument|Option|PayItem|Power|Profile|Requirement|Role|Stage {id: $id})-[e:
    ACCOUNTABLE_FOR|ACCOUNTABLE_TO|ADVISES|APPOINTED_BY|APPOINTMENT_APPROVED_BY|APPOINTMENT_CONSULTS
    |AUTHORISES_AS|COLLABORATES_WITH|CONTRIBUTES_TO_INVESTIGATIONS_OF|COVERED_BY|DECLARED_IN|DEVELOPS_BY
    |DIRECTED_BY|ELECTED_BY|EQUIVALENT_TO|EXEMPTED_BY|HAS_FIGURE|HAS_REGARD_TO|INFORMS|INSPECTED_BY
    |INVESTIGATED_BY|INVOLVES|LEADS|LIAISES_WITH|MAY_AUTHORISE|MEMBER_OF|MENTIONS|NEEDS|OCCUPIED_BY
    |OPEN_TO|OPTION|PART_OF|PAYS|PROMOTES_FROM|PROVIDED_BY|RECOMMENDED_BY|REPLACES|REPORTS_TO
    |REQUIRES|SELECTS_BY|SUCCEEDS|SUPPORTS|SUSPENDED_BY|WORKS_WITH]-()
  RETURN e
  UNION
  MATCH (a)-[asked:
    ACCOUNTABLE_FOR|ACCOUNTABLE_TO|ADVISES|APPOINTED_BY|APPOINTMENT_APPROVED_BY|APPOINTMENT_CONSULTS
    |AUTHORISES_AS|COLLABORATES_WITH|CONTRIBUTES_TO_INVESTIGATIONS_OF|COVERED_BY|DECLARED_IN|DEVELOPS_BY
    |DIRECTED_BY|ELECTED_BY|EQUIVALENT_TO|EXEMPTED_BY|HAS_FIGURE|HAS_REGARD_TO|INFORMS|INSPECTED_BY
    |INVESTIGATED_BY|INVOLVES|LEADS|LIAISES_WITH|MAY_AUTHORISE|MEMBER_OF|MENTIONS|NEEDS|OCCUPIED_BY
    |OPEN_TO|OPTION|PART_OF|PAYS|PROMOTES_FROM|PROVIDED_BY|RECOMMENDED_BY|REPLACES|REPORTS_TO
    |REQUIRES|SELECTS_BY|SUCCEEDS|SUPPORTS|SUSPENDED_BY|WORKS_WITH]->(b)
  WHERE asked.fact = $id
  MATCH (a)-[e]->(b)
  WHERE type(e) = type(asked)
  RETURN e
}
WITH e, startNode(e) AS a, endNode(e) AS b, coalesce($as_of, toString(date())) AS day
MATCH path = (a)-[same]->(b)
WHERE same = e AND a <> b AND ($as_of IS NULL OR e.valid_from <= day AND day < e.valid_to)
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

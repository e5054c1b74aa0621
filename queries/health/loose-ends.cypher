// Nodes on which nothing hangs, and posts without a place
// A row is a duty, requirement, gate, option, line of development, figure, advert, stage or amount of pay that
// nothing states (a like one does not), or a theme without a wording; or a post without a unit, or without a rank or
// role. To mend: load its document, or the staff files with a rank or role for each post, again; where it was changed
// by hand, `rankgraph reset` and load all again. No rows: every node is held by what it belongs to.
// severity: error
// :params {}
// returns: label, id, finding, fact, authority, document, lines
MATCH (n:Accountability|Requirement|Theme|Gate|Option|Development|Figure|Advert|Stage|PayItem|Post)
WITH n, CASE
    WHEN n:Post AND NOT EXISTS { MATCH (n)-[:WITHIN]->(:Unit) } THEN 'is in no unit'
    WHEN n:Post AND NOT EXISTS { MATCH (n)-[:FOR_ROLE]->(:Role) } THEN 'is for no rank or role'
    WHEN n:Accountability AND NOT EXISTS { MATCH (:Role)-[:ACCOUNTABLE_FOR]->(n) } THEN 'is the duty of no rank'
    WHEN n:Gate AND NOT EXISTS { MATCH (:Role)-[:REQUIRES|REQUIRES_ELSEWHERE]->(n) } THEN 'is the gate of no rank'
    WHEN n:Option AND NOT EXISTS { MATCH (:Gate)-[:OPTION]->(n) } THEN 'opens no gate'
    WHEN NOT n:Post AND n.declared IS NULL AND n.course_id IS NULL
      AND NOT EXISTS { MATCH (n)-[e]-() WHERE n:Theme OR NOT type(e) IN ['SIMILAR_TO', 'VARIANT_OF'] }
      THEN 'hangs on nothing' ELSE null END AS finding
WHERE finding IS NOT NULL
RETURN CASE WHEN n:Post THEN 'Post' WHEN n:Accountability THEN 'Accountability' WHEN n:Gate THEN 'Gate'
    WHEN n:Option THEN 'Option' WHEN n:Requirement THEN 'Requirement' WHEN n:Theme THEN 'Theme'
    WHEN n:Development THEN 'Development' WHEN n:Figure THEN 'Figure' WHEN n:Advert THEN 'Advert'
    WHEN n:Stage THEN 'Stage' ELSE 'PayItem' END AS label,
  n.id AS id, finding, null AS fact, null AS authority, null AS document, null AS lines
ORDER BY label, id, finding

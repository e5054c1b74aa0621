// Graph: Who may authorise something
// A path is who may authorise, and the power; or a rank and a duty of it that speaks of authorising it. At most
// 200 paths. No rows: nothing that counts on the day says.
// words (words): what is to be authorised
// as_of (day): the day asked about, null for today
// :params {words: "intrusive surveillance", as_of: null}
// returns: path
WITH coalesce($as_of, toString(date())) AS day, [w IN split(toLower($words), ' ') WHERE w <> ''] AS asked
OPTIONAL MATCH way = (holder)-[e:MAY_AUTHORISE]->(power:Power)
WHERE all(w IN asked WHERE w IN split(toLower(power.name), ' '))
  AND e.valid_from <= day AND day < e.valid_to
WITH day, asked, [p IN collect(way) WHERE p IS NOT NULL] AS powers
OPTIONAL MATCH way = (role:Role)-[e:ACCOUNTABLE_FOR]->(duty:Accountability)
WHERE all(w IN asked WHERE w IN duty.words)
  AND any(w IN duty.words WHERE w STARTS WITH 'authoris' OR w STARTS WITH 'authoriz')
  AND e.valid_from <= day AND day < e.valid_to
WITH powers, [p IN collect(way) WHERE p IS NOT NULL] AS duties
WITH powers + duties AS paths
UNWIND paths AS path
WITH path, [n IN nodes(path) | n.id] AS ids, [e IN relationships(path) | coalesce(e.fact, '')] AS facts
RETURN path AS path
ORDER BY ids, facts LIMIT 200

// Graph: Posts that nobody holds substantively, and pools with empty places
// place leads from the unit asked down to a post that fewer hold substantively on the day than it has places, asked
// from the post to its rank or role. At most 100 posts. No rows: every post there that is open on the day is held.
// unit (unit, optional): the unit, null for the whole force
// attribute (attribute, optional): what the posts are marked with, such as detective, null for any
// as_of (day): the day asked about, null for today
// :params {unit: null, attribute: null, as_of: null}
// returns: place, asked
WITH coalesce($as_of, toString(date())) AS day
MATCH place = (top:Unit)<-[:WITHIN*0..]-(own:Unit)<-[:WITHIN]-(post:Post)
WHERE (top.id = $unit OR $unit IS NULL AND NOT EXISTS { (top)-[:WITHIN]->(:Unit) })
  AND coalesce(post.opened, '') <= day AND day <= coalesce(post.closed, '9999-12-31')
  AND ($attribute IS NULL OR $attribute IN split(coalesce(post.attributes, ''), ', '))
  AND COUNT { MATCH (post)<-[o:OCCUPIES]-(person:Person)
    WHERE coalesce(o.from, '') <= day AND day <= coalesce(o.to, '9999-12-31')
      AND coalesce(person.joined, '') <= day AND day <= coalesce(person.left, '9999-12-31')
      AND (o.basis = 'substantive' OR NOT EXISTS { MATCH (person)-[sub:OCCUPIES]->(held:Post)
        WHERE sub.basis = 'substantive' AND coalesce(sub.from, '') <= day AND day <= coalesce(sub.to, '9999-12-31')
          AND coalesce(held.opened, '') <= day AND day <= coalesce(held.closed, '9999-12-31') })
    RETURN DISTINCT person } < coalesce(post.places, 1)
OPTIONAL MATCH way = (post)-[:FOR_ROLE]->(role:Role)
WITH place, own.id AS unit, post.id AS id, way, coalesce(role.id, '') AS role
ORDER BY role
WITH place, unit, id, collect(way) AS asked
RETURN place AS place, asked AS asked
ORDER BY unit, id LIMIT 100

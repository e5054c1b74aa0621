// Who is ready for a rank or role
// A row is a present member of the force, in an open post on the day, who does not substantively hold the
// rank or role and of whom person-gap shows nothing unmet: all that it asks for is held, at the level, and
// its gates are open, save those that come after the promotion, as probation does. rank is the highest rank
// held substantively on the day, since the day from which it is held without a break, null where unknown;
// post_id is the post that the person is in (in the unit asked), the substantive one first. No rows: of
// nobody there is it on file that they are ready; succession says what nobody was ever recorded with.
// to (role): the rank or role aimed at
// unit (unit, optional): the unit in which to look, null for the whole force
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {to: "uk/sergeant", unit: null, unrecorded: null, desirable: null, as_of: null}
// returns: person_id, post_id, rank, since, name
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (one:Rank)-[:EQUIVALENT_TO]->(other:Rank)
WITH day, collect({id: one.id, ladder: other.ladder, step: other.step})
  + collect({id: other.id, ladder: one.ladder, step: one.step}) AS levels
MATCH (aim:Role {id: $to})
OPTIONAL MATCH (aim)-[steps:REQUIRES|OPTION|NEEDS*1..3]->(need)
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
  AND (size(steps) = 3 AND all(e IN steps WHERE coalesce(e.necessity, 'essential') <> 'desirable')
    OR size(steps) = 1 AND need:Requirement AND (coalesce($unrecorded, false) OR need.recorded
    OR coalesce(need.declared, false)) AND (coalesce($desirable, false)
    OR coalesce(steps[0].necessity, 'essential') <> 'desirable'))
WITH day, levels, aim, need, endNode(steps[0]) AS asked, steps[size(steps) - 1] AS e,
  CASE size(steps) WHEN 3 THEN startNode(steps[size(steps) - 1]) END AS choice
WITH day, levels, aim, asked, choice, collect({first: choice.number = 1, id: need.id, step: need.step, ladder: need.ladder,
    rank: CASE WHEN need:Role THEN 1 ELSE 0 END, judged: CASE WHEN coalesce(need.recorded, true) THEN 0 ELSE 1 END,
    level: coalesce(e.level, 0), higher: coalesce(e.at_least, false), before: e.before, within: e.within_months,
    months: e.for_months}) AS parts, collect(DISTINCT need.id) AS ids
WITH day, levels, aim, asked, collect(parts) AS options, reduce(all = [], x IN collect(ids) | all + x) AS ids
WITH day, levels, aim, [a IN collect({id: asked.id, after: coalesce(asked.after, []), gate: CASE WHEN asked:Gate THEN 1 ELSE 0 END, options: options,
    follows: asked.follows}) WHERE a.id IS NOT NULL AND NOT coalesce(a.follows, false)] AS asks,
  reduce(all = [], x IN collect(ids) | all + x) AS ids
WITH {day: day, asks: asks, ids: ids, levels: levels} AS c
OPTIONAL MATCH (:Unit {id: $unit})<-[:WITHIN*1..]-(post:Post)<-[:OCCUPIES]-(p:Person)
WITH c, collect(DISTINCT p) AS inside
OPTIONAL MATCH (p:Person)
WHERE $unit IS NULL
WITH c, inside, collect(p) AS everyone
UNWIND inside + everyone AS p
WITH c, p
WHERE coalesce(p.joined, '') <= c.day AND c.day <= coalesce(p.left, '9999-12-31')
WITH c, p, [(p)-[o:OCCUPIES]->(post:Post)-[:WITHIN*0..]->(place)
      WHERE ($unit IS NULL AND place:Post OR place.id = $unit AND place:Unit)
      AND coalesce(post.opened, '') <= c.day AND c.day <= coalesce(post.closed, '9999-12-31')
      AND coalesce(o.from, '') <= c.day AND c.day <= coalesce(o.to, '9999-12-31') |
    CASE o.basis WHEN 'substantive' THEN '0' ELSE '1' END + post.id] AS places,
  [(p)-[:ABSENT]->(a:Absence) WHERE coalesce(a.from, '') <= c.day AND c.day <= coalesce(a.to, '9999-12-31') | 1] AS away
WHERE size(places) > 0 AND size(away) = 0
WITH c, p, places, [(p)-[no:NOT_MET]->(r:Requirement) WHERE r.id IN c.ids AND r.recorded = false
    AND coalesce(no.judged, '') <= c.day | {id: r.id, day: coalesce(no.judged, '')}] AS refusals
WITH c, p, places, [(p)-[h:HOLDS]->(need:Requirement) WHERE need.id IN c.ids
    AND NOT any(x IN refusals WHERE x.id = need.id AND x.day >= coalesce(h.achieved, '')) AND coalesce(h.achieved, '') <= c.day
    AND c.day <= coalesce(h.expires, '9999-12-31') | {id: need.id, level: h.level, start: h.achieved}] AS held
WHERE all(a IN c.asks WHERE a.gate = 1 OR all(part IN a.options[0] WHERE
  any(h IN held WHERE h.id = part.id AND coalesce(h.level, 0) >= part.level)))
WITH c, p, places, held, [(p)-[time:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(rank:Role)
    WHERE time.basis = 'substantive' |
  {id: rank.id, step: rank.step, ladder: rank.ladder, start: time.from, ended:
    CASE WHEN time.to < '9999-12-31' THEN toString(date(time.to) + duration({days: 1})) ELSE '9999-12-31' END}] AS times
WITH c, p, places, held, times, [t IN times WHERE coalesce(t.start, '') <= c.day AND c.day < t.ended] AS now
WHERE NOT any(t IN now WHERE t.id = $to)
WITH c, p, places, held, times, reduce(best = null, t IN now | CASE WHEN t.step IS NOT NULL AND (best IS NULL
    OR t.step > best.step OR t.step = best.step AND t.id < best.id) THEN t ELSE best END) AS best,
  reduce(sorted = [], t IN [x IN times WHERE x.start IS NOT NULL] | [x IN sorted WHERE x.id < t.id OR x.id = t.id
    AND x.start <= t.start] + [t] + [x IN sorted WHERE x.id > t.id OR x.id = t.id AND x.start > t.start]) AS sorted
WITH c, p, places, held, best.id AS rank, [t IN times WHERE t.start IS NULL] + reduce(runs = [], t IN sorted |
  CASE WHEN size(runs) > 0 AND runs[size(runs) - 1].id = t.id AND t.start <= runs[size(runs) - 1].ended
    THEN CASE WHEN t.ended <= runs[size(runs) - 1].ended THEN runs
      ELSE runs[0..size(runs) - 1] + [{id: t.id, step: t.step, ladder: t.ladder,
        start: runs[size(runs) - 1].start, ended: t.ended}] END
    ELSE runs + [t] END) AS runs
WITH *, [a IN c.asks WHERE size(runs) > 0 AND any(other IN c.asks WHERE a.id IN other.after) | {id: a.id,
  days: [r IN reduce(all = [], o IN a.options | all + [x IN o WHERE x.first AND x.rank = 1]) | [h IN runs WHERE CASE
    WHEN h.id = r.id THEN true WHEN r.higher AND h.step >= r.step THEN r.ladder IN ['uk', h.ladder]
      OR any(l IN c.levels WHERE l.id = r.id AND l.ladder = h.ladder AND l.step <= h.step) ELSE false END |
    CASE WHEN r.months IS NULL THEN coalesce(h.start, '') WHEN h.start IS NULL THEN 'unknown'
      WHEN r.higher OR toString(date(h.start) + duration({months: r.months})) <= h.ended
        THEN toString(date(h.start) + duration({months: r.months})) ELSE '9999-12-31' END]]}] AS begins
WITH c, p, places, held, rank, runs, [f IN begins | {id: f.id, day: reduce(last = '', x IN [ds IN f.days |
    CASE WHEN 'unknown' IN ds AND NOT any(d IN ds WHERE d <= c.day) THEN '' ELSE
      reduce(first = '9999-12-31', d IN ds | CASE WHEN d < first THEN d ELSE first END) END] |
    CASE WHEN x > last THEN x ELSE last END)}] AS firsts
WHERE all(a IN c.asks WHERE a.gate = 0 OR any(option IN a.options WHERE
  all(part IN option WHERE any(h IN CASE part.rank WHEN 1 THEN runs ELSE held END WHERE CASE
      WHEN h.id <> part.id AND NOT part.higher THEN false
      WHEN h.id <> part.id AND (coalesce(h.step, 0) < part.step OR NOT part.ladder IN ['uk', h.ladder]
        AND NOT any(l IN c.levels WHERE l.id = part.id AND l.ladder = h.ladder AND l.step <= h.step)) THEN false
      WHEN part.rank = 0 AND any(f IN firsts WHERE f.id IN a.after AND coalesce(h.start, f.day) < f.day) THEN false
      WHEN coalesce(h.start, '') > c.day OR coalesce(h.start, part.before) >= part.before THEN false
      ELSE CASE WHEN part.months IS NULL OR part.judged = 1 THEN true WHEN h.start IS NULL THEN false
        ELSE toString(date(h.start) + duration({months: part.months})) <= CASE WHEN part.rank = 1 AND NOT part.higher
          AND h.ended < c.day THEN h.ended ELSE c.day END END
      AND CASE WHEN part.within IS NULL OR part.rank = 1 AND (part.higher OR h.ended = '9999-12-31') THEN true
        WHEN part.rank = 0 AND h.start IS NULL THEN false
        ELSE c.day <= toString(date(CASE part.rank WHEN 1 THEN h.ended ELSE h.start END)
          + duration({months: part.within})) END END))))
WITH p, rank, reduce(since = null, t IN runs | CASE WHEN t.id = rank AND t.start <= c.day AND c.day < t.ended
    THEN t.start ELSE since END) AS since,
  reduce(least = null, x IN places | CASE WHEN least IS NULL OR x < least THEN x ELSE least END) AS place
RETURN p.id AS person_id, substring(place, 1) AS post_id, rank, since, p.name AS name
ORDER BY person_id

// Who could follow in a rank, and what blocks each
// A row is a member of the force who substantively holds on the day a rank from which the rank asked is
// reached by promotion, and not yet that rank or a higher one. ready: now, where person-gap shows nothing
// unmet; 12m or 24m, where what blocks is only a matter of days known today, so that nothing would be unmet
// in 12 or 24 months: what counts on the day is taken as renewed, what is on file from a later day counts
// from then, what comes after the promotion (as probation does) is left out, and the times of gates (time
// in rank, months since an exam) are judged on that later day, of what is asked today and with no further
// training; unknown or no otherwise. earliest is the first day within those 24 months on which nothing
// would be unmet, null where there is none. blocked_by names what is unmet on the day, by name; since is
// the day from which the present rank is held without a break, null where unknown. What nobody was ever
// recorded with, here or elsewhere, blocks nobody: where only that is left, ready is unknown, earliest is
// null, and unknown names it. With a unit, those who are in an open post within it. No rows: nobody there
// is a step below the rank.
// rank (rank): the rank to be filled
// unit (unit, optional): the unit in which to look, null for the whole force
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {rank: "uk/sergeant", unit: null, unrecorded: null, desirable: null, as_of: null}
// returns: person_id, ready, earliest, blocked_by, since, rank, post_id, name, unknown
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (one:Rank)-[:EQUIVALENT_TO]->(other:Rank)
WITH day, collect({id: one.id, ladder: other.ladder, step: other.step})
  + collect({id: other.id, ladder: one.ladder, step: one.step}) AS levels
MATCH (aim:Role {id: $rank})
OPTIONAL MATCH (aim)-[up:PROMOTES_FROM]->(below:Role)
WHERE up.valid_from <= day AND day < up.valid_to
WITH day, levels, aim, collect(DISTINCT below.id) AS feeders
OPTIONAL MATCH (aim)-[steps:REQUIRES|OPTION|NEEDS*1..3]->(need)
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
  AND (size(steps) = 3 AND all(e IN steps WHERE coalesce(e.necessity, 'essential') <> 'desirable')
    OR size(steps) = 1 AND need:Requirement AND (coalesce($unrecorded, false) OR need.recorded
    OR coalesce(need.declared, false)) AND (coalesce($desirable, false)
    OR coalesce(steps[0].necessity, 'essential') <> 'desirable'))
WITH day, levels, aim, feeders, need, endNode(steps[0]) AS asked, steps[size(steps) - 1] AS e,
  CASE size(steps) WHEN 3 THEN startNode(steps[size(steps) - 1]) END AS choice,
  CASE WHEN EXISTS { (need)<-[:HOLDS|NOT_MET]-() } THEN 1 ELSE 0 END AS known
WITH day, levels, aim, feeders, asked, choice, collect({first: choice.number = 1, id: need.id, step: need.step, ladder: need.ladder,
    rank: CASE WHEN need:Role THEN 1 ELSE 0 END, judged: CASE WHEN coalesce(need.recorded, true) THEN 0 ELSE 1 END,
    known: known, level: coalesce(e.level, 0), higher: coalesce(e.at_least, false), before: e.before, within: e.within_months,
    months: e.for_months}) AS parts, collect(DISTINCT need.id) AS ids
WITH day, levels, aim, feeders, asked, collect(parts) AS options, reduce(all = [], x IN collect(ids) | all + x) AS ids
ORDER BY asked.name, asked.id
WITH day, levels, aim, feeders, [a IN collect({name: asked.name, id: asked.id, after: coalesce(asked.after, []), options: options,
    follows: asked.follows}) WHERE a.name IS NOT NULL AND NOT coalesce(a.follows, false)] AS asks,
  reduce(all = [], x IN collect(ids) | all + x) AS ids
WITH {day: day, days: [day, toString(date(day) + duration({months: 12})), toString(date(day) + duration({months: 24}))],
  months: reduce(every = [0], a IN asks | reduce(some = every, option IN a.options | reduce(more = some, part IN option |
    CASE WHEN part.months IS NULL OR part.months IN more THEN more ELSE more + [part.months] END))),
  feeders: feeders, ids: ids, levels: levels, step: aim.step,
  asks: asks} AS c
OPTIONAL MATCH (:Unit {id: $unit})<-[:WITHIN*1..]-(post:Post)<-[o:OCCUPIES]-(p:Person)
WHERE coalesce(post.opened, '') <= c.day AND c.day <= coalesce(post.closed, '9999-12-31')
  AND coalesce(o.from, '') <= c.day AND c.day <= coalesce(o.to, '9999-12-31')
WITH c, collect(DISTINCT p) AS inside
OPTIONAL MATCH (feeder:Role)<-[:FOR_ROLE*0..1]-()<-[time:OCCUPIES|HELD_RANK]-(p:Person)
WHERE $unit IS NULL AND feeder.id IN c.feeders AND time.basis = 'substantive'
  AND coalesce(time.from, '') <= c.day AND c.day <= coalesce(time.to, '9999-12-31')
WITH c, inside, collect(DISTINCT p) AS below
UNWIND inside + below AS p
WITH c, p
WHERE coalesce(p.joined, '') <= c.day AND c.day <= coalesce(p.left, '9999-12-31')
WITH c, p, [(p)-[time:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(rank:Role) WHERE time.basis = 'substantive' |
  {id: rank.id, step: rank.step, ladder: rank.ladder, start: time.from, last: '9999-12-31', ended:
    CASE WHEN time.to < '9999-12-31' THEN toString(date(time.to) + duration({days: 1})) ELSE '9999-12-31' END}] AS times
WITH c, p, times, [t IN times WHERE coalesce(t.start, '') <= c.day AND c.day < t.ended] AS now
WHERE any(t IN now WHERE t.id IN c.feeders) AND NOT any(t IN now WHERE coalesce(t.step, 0) >= coalesce(c.step, 99))
WITH c, p, times, reduce(best = null, t IN now | CASE WHEN t.id IN c.feeders AND (best IS NULL OR t.step > best.step
    OR t.step = best.step AND t.id < best.id) THEN t ELSE best END) AS held,
  reduce(sorted = [], t IN [x IN times WHERE x.start IS NOT NULL] | [x IN sorted WHERE x.id < t.id OR x.id = t.id
    AND x.start <= t.start] + [t] + [x IN sorted WHERE x.id > t.id OR x.id = t.id AND x.start > t.start]) AS sorted
WITH c, p, held.id AS rank, [t IN times WHERE t.start IS NULL] + reduce(runs = [], t IN sorted |
  CASE WHEN size(runs) > 0 AND runs[size(runs) - 1].id = t.id AND t.start <= runs[size(runs) - 1].ended
    THEN CASE WHEN t.ended <= runs[size(runs) - 1].ended THEN runs
      ELSE runs[0..size(runs) - 1] + [{id: t.id, step: t.step, ladder: t.ladder,
        start: runs[size(runs) - 1].start, last: t.last, ended: t.ended}] END
    ELSE runs + [t] END) AS runs
WITH c, p, rank, runs, [(p)-[no:NOT_MET]->(r:Requirement) WHERE r.id IN c.ids AND r.recorded = false
    AND coalesce(no.judged, '') <= c.day | {id: r.id, day: coalesce(no.judged, '')}] AS refusals
WITH c, p, rank, runs, refusals, [a IN c.asks WHERE any(other IN c.asks WHERE a.id IN other.after) | {id: a.id,
  days: [r IN reduce(all = [], o IN a.options | all + [x IN o WHERE x.first AND x.rank = 1]) | [h IN runs WHERE CASE
    WHEN h.id = r.id THEN true WHEN r.higher AND h.step >= r.step THEN r.ladder IN ['uk', h.ladder]
      OR any(l IN c.levels WHERE l.id = r.id AND l.ladder = h.ladder AND l.step <= h.step) ELSE false END |
    CASE WHEN r.months IS NULL THEN coalesce(h.start, '') WHEN h.start IS NULL THEN 'unknown'
      WHEN r.higher OR toString(date(h.start) + duration({months: r.months})) <= h.ended
        THEN toString(date(h.start) + duration({months: r.months})) ELSE '9999-12-31' END]]}] AS firsts
WITH c, p, rank, runs, refusals, [f IN firsts | {id: f.id, day: reduce(last = '', x IN [ds IN f.days |
    CASE WHEN 'unknown' IN ds AND NOT any(d IN ds WHERE d <= c.day) THEN '' ELSE
      reduce(first = '9999-12-31', d IN ds | CASE WHEN d < first THEN d ELSE first END) END] |
    CASE WHEN x > last THEN x ELSE last END)}] AS firsts
WITH c, p, rank, runs, firsts, reduce(since = null, t IN runs | CASE WHEN t.id = rank AND t.start <= c.day AND c.day < t.ended
    THEN t.start ELSE since END) AS since,
  [(p)-[h:HOLDS]->(need:Requirement) WHERE need.id IN c.ids
    AND NOT any(x IN refusals WHERE x.id = need.id AND x.day >= coalesce(h.achieved, '')) | {id: need.id, level: h.level, start: h.achieved,
    last: CASE WHEN coalesce(h.achieved, '') <= c.day AND c.day <= h.expires THEN '9999-12-31'
      ELSE coalesce(h.expires, '9999-12-31') END}] AS held,
  [(p)-[o:OCCUPIES]->(post:Post)-[:WITHIN*0..]->(place)
      WHERE ($unit IS NULL AND place:Post OR place.id = $unit AND place:Unit)
      AND coalesce(post.opened, '') <= c.day AND c.day <= coalesce(post.closed, '9999-12-31')
      AND coalesce(o.from, '') <= c.day AND c.day <= coalesce(o.to, '9999-12-31') |
    CASE o.basis WHEN 'substantive' THEN '0' ELSE '1' END + post.id] AS places
WITH c, p, rank, since, runs, held, places, firsts, c.days + reduce(later = [], h IN runs + held | later +
  CASE WHEN h.start IS NULL THEN [] ELSE [m IN c.months | toString(date(h.start) + duration({months: m}))] END) AS days
WITH c, p, rank, since, runs, held, places, firsts, [d IN days WHERE c.day <= d AND d <= c.days[2]] AS days
WITH c, p, rank, since, places, days, [a IN c.asks | {name: a.name, how: [d IN days | reduce(best = 0,
    way IN [option IN a.options | reduce(least = 2, part IN option | CASE WHEN
      any(h IN CASE part.rank WHEN 1 THEN runs ELSE held END WHERE CASE
      WHEN h.id <> part.id AND NOT part.higher THEN false
      WHEN h.id <> part.id AND (coalesce(h.step, 0) < part.step OR NOT part.ladder IN ['uk', h.ladder]
        AND NOT any(l IN c.levels WHERE l.id = part.id AND l.ladder = h.ladder AND l.step <= h.step)) THEN false
      WHEN part.rank = 0 AND any(f IN firsts WHERE f.id IN a.after AND coalesce(h.start, f.day) < f.day) THEN false
      WHEN coalesce(h.start, '') > d OR h.last < d OR coalesce(h.level, 0) < part.level
        OR coalesce(h.start, part.before) >= part.before THEN false
      ELSE CASE WHEN part.months IS NULL OR part.judged = 1 THEN true WHEN h.start IS NULL THEN false
        ELSE toString(date(h.start) + duration({months: part.months})) <= CASE WHEN part.rank = 1 AND NOT part.higher
          AND h.ended < d THEN h.ended ELSE d END END
      AND CASE WHEN part.within IS NULL OR part.rank = 1 AND (part.higher OR h.ended = '9999-12-31') THEN true
        WHEN part.rank = 0 AND h.start IS NULL THEN false
        ELSE d <= toString(date(CASE part.rank WHEN 1 THEN h.ended ELSE h.start END)
          + duration({months: part.within})) END END)
      THEN least WHEN part.rank = 1 OR part.known = 1 OR least = 0 THEN 0 ELSE 1 END)]
    | CASE WHEN way > best THEN way ELSE best END)]}] AS judged
WITH c, p, rank, since, places, days, [a IN judged | {name: a.name,
  days: [n IN range(0, size(days) - 1) WHERE a.how[n] > 0 | days[n]],
  sure: [n IN range(0, size(days) - 1) WHERE a.how[n] = 2 | days[n]]}] AS judged
WITH p, rank, since, judged, c.days AS on, [a IN judged WHERE NOT c.days[0] IN a.days | a.name] AS blocked_by,
  [a IN judged WHERE c.days[0] IN a.days AND NOT c.days[0] IN a.sure | a.name] AS unknown,
  reduce(first = null, d IN days | CASE WHEN (first IS NULL OR d < first) AND all(a IN judged WHERE d IN a.sure) THEN d
    ELSE first END) AS earliest, head([n IN [0, 1, 2] WHERE all(a IN judged WHERE c.days[n] IN a.days)]) AS when,
  reduce(least = null, x IN places | CASE WHEN least IS NULL OR x < least THEN x ELSE least END) AS place
WITH p, rank, since, blocked_by, unknown, earliest, place,
  CASE WHEN when IS NULL THEN 4 WHEN any(a IN judged WHERE NOT on[when] IN a.sure) THEN 3 ELSE when END AS when
WITH collect({p: p, when: when, earliest: earliest, blocked_by: blocked_by, since: since, rank: rank, place: place, unknown: unknown}) AS rows
UNWIND rows AS row
WITH row.p AS p, row.when AS when, row.blocked_by AS blocked_by, row.since AS since, row
RETURN p.id AS person_id, ['now', '12m', '24m', 'unknown', 'no'][when] AS ready, row.earliest AS earliest, blocked_by, since, row.rank AS rank,
  substring(row.place, 1) AS post_id, p.name AS name, row.unknown AS unknown
ORDER BY when, size(blocked_by), coalesce(since, '9999-12-31'), person_id

// What a person lacks to reach a rank or role
// A row is one thing that the rank or role asks for on the day, gates first. Of a requirement the highest
// level asked counts, and status is done, too_low (held on the day at a lower level), opens (not before the
// day opens, the first on which what is on file counts), lapsed (held once, and ended before the day),
// unclear (a gate of which something was passed before the rank, or the months in it, that have to come first),
// to_judge (a gate of which only what a person judges is left), not_recorded (not on file, and no system
// records it, or nobody in the force was ever recorded with it; a gate where that is all that is left,
// unknown in the question succession) or missing (also: judged not met, and not met since); held_level is the best level that
// counts on the day, or that of what lapsed last; until is the last day on which what is held counts, or
// counted, null where it has no end; windows are the times, FIRST/LAST, in which what is on file makes it
// done; follows says whether a gate comes after the promotion, as probation does. A gate is done where one
// of its options has all its parts done, as in the question gate-status by what is on file: holdings on the
// days on which they count, and ranks held substantively, by record or in a post (times of one rank that
// touch are one time). What is unclear there is not done here; until is the last day on which a gate is
// done by what opens it now. What no system records, and what is desirable, is left out unless unrecorded
// or desirable is true; a desirable gate always is. No rows: nothing loaded asks for anything.
// person (person): the person
// to (role): the rank or role aimed at
// unrecorded (flag, optional): true to count what no system records, and only a person can judge, too
// desirable (flag, optional): true to count what is desirable, and need not be held, too
// as_of (day): the day asked about, null for today
// :params {person: "P000017", to: "uk/sergeant", unrecorded: null, desirable: null, as_of: null}
// returns: kind, requirement, requirement_id, status, held_level, needed_level, until, opens, windows, follows, document, lines, fact, authority, quote
WITH coalesce($as_of, toString(date())) AS day
OPTIONAL MATCH (one:Rank)-[:EQUIVALENT_TO]->(other:Rank)
WITH day, collect({id: one.id, ladder: other.ladder, step: other.step})
  + collect({id: other.id, ladder: one.ladder, step: one.step}) AS levels
MATCH (who:Person {id: $person})
OPTIONAL MATCH (who)-[no:NOT_MET]->(thing:Requirement)
WHERE thing.recorded = false AND coalesce(no.judged, '') <= day
WITH day, levels, who, thing.id AS refused, max(coalesce(no.judged, '')) AS last
WITH day, levels, who, [x IN collect({id: refused, day: last}) WHERE x.id IS NOT NULL] AS refusals
OPTIONAL MATCH (who)-[h:HOLDS]->(thing:Requirement)
WHERE NOT any(x IN refusals WHERE x.id = thing.id AND x.day >= coalesce(h.achieved, ''))
WITH day, levels, who, [x IN refusals | x.id] AS refused,
  collect({id: thing.id, level: h.level, start: h.achieved, last: coalesce(h.expires, '9999-12-31')}) AS held
OPTIONAL MATCH (who)-[time:OCCUPIES|HELD_RANK]->()-[:FOR_ROLE*0..1]->(rank:Role)
WHERE time.basis = 'substantive'
WITH day, levels, refused, held, rank, time
ORDER BY rank.id, time.from, time.to
WITH day, levels, refused, held, collect({id: rank.id, step: rank.step, ladder: rank.ladder, start: time.from,
  last: '9999-12-31', ended:
    CASE WHEN time.to < '9999-12-31' THEN toString(date(time.to) + duration({days: 1})) ELSE '9999-12-31' END}) AS times
WITH day, levels, refused, held + [t IN times WHERE t.start IS NULL] + reduce(runs = [],
  t IN [x IN times WHERE x.start IS NOT NULL] |
  CASE WHEN size(runs) > 0 AND runs[size(runs) - 1].id = t.id AND t.start <= runs[size(runs) - 1].ended
    THEN CASE WHEN t.ended <= runs[size(runs) - 1].ended THEN runs
      ELSE runs[0..size(runs) - 1] + [{id: t.id, step: t.step, ladder: t.ladder,
        start: runs[size(runs) - 1].start, last: t.last, ended: t.ended}] END
    ELSE runs + [t] END) AS held
OPTIONAL MATCH (:Role {id: $to})-[asks:REQUIRES]->(first:Gate)-[opens:OPTION]->(:Option {number: 1})-[n:NEEDS]->(r:Role)
WHERE all(e IN [asks, opens, n] WHERE e.valid_from <= day AND day < e.valid_to) AND any(h IN held WHERE h.ended IS NOT NULL AND h.id IS NOT NULL)
WITH day, levels, refused, held, first, {id: r.id, step: r.step, ladder: r.ladder, months: n.for_months,
  higher: coalesce(n.at_least, false)} AS r
WITH day, levels, refused, held, first.id AS gate, collect([h IN held WHERE CASE WHEN h.id = r.id THEN true
    WHEN r.higher AND h.step >= r.step THEN r.ladder IN ['uk', h.ladder]
      OR any(l IN levels WHERE l.id = r.id AND l.ladder = h.ladder AND l.step <= h.step) ELSE false END |
    CASE WHEN r.months IS NULL THEN coalesce(h.start, '') WHEN h.start IS NULL THEN 'unknown'
      WHEN r.higher OR toString(date(h.start) + duration({months: r.months})) <= h.ended
        THEN toString(date(h.start) + duration({months: r.months})) ELSE '9999-12-31' END]) AS days
WITH day, levels, refused, held, [f IN collect({id: gate, days: days}) WHERE f.id IS NOT NULL] AS firsts
WITH day, levels, refused, held, [f IN firsts | {id: f.id, day: reduce(last = '', x IN [ds IN f.days |
    CASE WHEN 'unknown' IN ds AND NOT any(d IN ds WHERE d <= day) THEN '' ELSE
      reduce(first = '9999-12-31', d IN ds | CASE WHEN d < first THEN d ELSE first END) END] |
    CASE WHEN x > last THEN x ELSE last END)}] AS firsts
MATCH (aim:Role {id: $to})-[steps:REQUIRES|OPTION|NEEDS*1..3]->(need)
WHERE all(e IN steps WHERE e.valid_from <= day AND day < e.valid_to)
  AND (size(steps) = 3 AND all(e IN steps WHERE coalesce(e.necessity, 'essential') <> 'desirable')
    OR size(steps) = 1 AND need:Requirement AND (coalesce($unrecorded, false) OR need.recorded
    OR coalesce(need.declared, false)) AND (coalesce($desirable, false)
    OR coalesce(steps[0].necessity, 'essential') <> 'desirable'))
WITH day, levels, refused, held, firsts, need, steps[0] AS asks, steps[size(steps) - 1] AS e, endNode(steps[0]) AS asked,
  CASE size(steps) WHEN 3 THEN startNode(steps[size(steps) - 1]).id END AS choice,
  CASE WHEN need:Role THEN 1 ELSE 0 END AS rank, CASE WHEN coalesce(need.recorded, true) THEN 0 ELSE 1 END AS judged,
  CASE WHEN need:Role OR EXISTS { (need)<-[:HOLDS|NOT_MET]-() } THEN 1 ELSE 0 END AS known
WITH day, refused, asks, e, need, asked, choice, rank, judged, known,
  [f IN firsts WHERE rank = 0 AND f.id IN coalesce(asked.after, []) | f.day] AS firsts, [h IN held WHERE CASE WHEN h.id = need.id THEN true
    WHEN e.at_least AND h.step >= need.step THEN need.ladder IN ['uk', h.ladder]
      OR any(l IN levels WHERE l.id = need.id AND l.ladder = h.ladder AND l.step <= h.step) ELSE false END] AS alike
WITH *, [h IN alike WHERE coalesce(h.level, 0) >= coalesce(e.level, 0) AND (e.before IS NULL OR h.start < e.before)
      AND (e.within_months IS NULL OR rank = 1 OR h.start IS NOT NULL)
      AND (e.for_months IS NULL OR judged = 1 OR h.start IS NOT NULL) |
    {last: h.last, early: CASE WHEN any(f IN firsts WHERE coalesce(h.start, f) < f) THEN 1 ELSE 0 END, ended: CASE WHEN rank = 0 OR e.at_least THEN '9999-12-31' ELSE h.ended END,
      first: CASE WHEN e.for_months IS NULL OR judged = 1 THEN coalesce(h.start, '')
        ELSE toString(date(h.start) + duration({months: e.for_months})) END,
      since: CASE WHEN e.within_months IS NULL THEN null WHEN rank = 0 THEN h.start
        WHEN e.at_least OR h.ended = '9999-12-31' THEN null ELSE h.ended END}] AS fitting,
  [h IN alike WHERE coalesce(h.start, '') <= day AND day <= h.last] AS now, [h IN alike WHERE h.last < day] AS gone
WITH *, [f IN fitting WHERE f.first <= f.ended | {early: f.early, first: f.first, last: CASE WHEN f.since IS NULL THEN f.last
    WHEN toString(date(f.since) + duration({months: e.within_months})) < f.last
      THEN toString(date(f.since) + duration({months: e.within_months})) ELSE f.last END}] AS spans
WITH *, reduce(most = '', s IN spans | CASE WHEN s.early = 0 AND s.first <= day AND s.last >= day AND s.last > most THEN s.last
    ELSE most END) AS until
ORDER BY coalesce(e.level, 0) DESC, asks.basis DESC, asks.fact
WITH day, asked, collect({asks: asks, choice: choice, level: e.level, until: until, now: now, gone: gone,
  spans: [s IN spans WHERE s.early = 0 AND s.first <= s.last],
  early: CASE WHEN any(s IN spans WHERE s.early = 1 AND day <= s.last AND s.first <= s.last) THEN 1 ELSE 0 END, judged: judged, known: known, refused: need.id IN refused}) AS parts
WITH day, asked, parts, head(parts) AS part, [p IN parts | reduce(least = '9999-12-31', other IN parts |
    CASE WHEN (other.choice = p.choice OR p.choice IS NULL) AND other.until < least THEN other.until
      ELSE least END)] AS options,
  [p IN parts | [s IN p.spans WHERE all(o IN parts WHERE o.choice <> p.choice
      OR any(x IN o.spans WHERE x.first <= s.first AND s.first <= x.last)) |
    s.first + '/' + reduce(least = '9999-12-31', o IN [x IN parts WHERE p.choice IS NULL OR x.choice = p.choice] |
      reduce(most = '', x IN o.spans | CASE WHEN x.first <= s.first AND s.first <= x.last AND x.last > most
        THEN CASE WHEN x.last < least THEN x.last ELSE least END ELSE most END))]] AS times,
  any(p IN parts WHERE p.judged = 1 AND NOT p.refused AND all(o IN parts WHERE o.choice <> p.choice OR o.judged = 1 AND NOT o.refused OR o.until <> ''))
    AS waits,
  any(p IN parts WHERE all(o IN parts WHERE o.choice <> p.choice OR o.known = 0 OR o.until <> '')) AS unsure,
  any(p IN parts WHERE p.early = 1 AND all(o IN parts WHERE o.choice <> p.choice OR o.early = 1 OR o.until <> '')) AS early
WITH day, asked, part, options, waits, unsure, early, reduce(all = [], t IN times | all + t) AS times
WITH day, asked, part, waits, unsure, early, times, reduce(first = null, t IN times | CASE WHEN t > day + '/9999-12-31'
    AND (first IS NULL OR t < first) THEN t ELSE first END) AS opening, reduce(most = '', o IN options | CASE WHEN o > most THEN o ELSE most END) AS met_until,
  reduce(best = null, h IN part.now | CASE WHEN best IS NULL OR h.level > best THEN h.level ELSE best END) AS best,
  reduce(late = null, h IN part.gone | CASE WHEN late IS NULL OR h.last > late.last
    OR h.last = late.last AND coalesce(h.level, 0) > coalesce(late.level, 0) THEN h ELSE late END) AS late
WITH *, part.asks AS asks, CASE WHEN met_until <> '' THEN 'done' WHEN asked:Gate AND opening IS NOT NULL THEN 'opens'
    WHEN asked:Gate AND early THEN 'unclear' WHEN asked:Gate AND size(times) > 0 THEN 'lapsed' WHEN asked:Gate AND waits THEN 'to_judge'
    WHEN asked:Gate AND unsure THEN 'not_recorded'
    WHEN size(part.now) > 0 AND NOT asked:Gate THEN 'too_low' WHEN opening IS NOT NULL THEN 'opens'
    WHEN late IS NOT NULL AND NOT asked:Gate THEN 'lapsed'
    WHEN NOT asked:Gate AND NOT part.refused AND (part.judged = 1 OR NOT EXISTS { (asked)<-[:HOLDS]-() })
      THEN 'not_recorded' ELSE 'missing' END AS status,
  reduce(most = null, h IN part.now | CASE WHEN coalesce(h.level, 0) < coalesce(best, 0) OR h.last < most THEN most
    ELSE h.last END) AS low_until
WITH *, toInteger(split(split(asks.lines, ',')[0], '-')[0]) AS line,
  CASE WHEN status = 'done' THEN met_until WHEN status = 'too_low' THEN low_until
    WHEN status = 'lapsed' AND NOT asked:Gate THEN late.last END AS until
MATCH (d:Document {id: asks.document})
RETURN CASE WHEN asked:Gate THEN 'gate' WHEN asked:Skill THEN 'skill' WHEN asked:Knowledge THEN 'knowledge'
    WHEN asked:Course THEN 'course' WHEN asked:Competency THEN 'competency' WHEN asked:Value THEN 'value'
    WHEN asked:CoreSkillSet THEN 'core skills' ELSE 'experience' END AS kind,
  asked.name AS requirement, asked.id AS requirement_id, status,
  CASE WHEN asked:Gate THEN null WHEN status = 'lapsed' THEN late.level ELSE best END AS held_level,
  part.level AS needed_level, CASE WHEN until < '9999-12-31' THEN until END AS until,
  CASE WHEN status <> 'done' THEN substring(opening, 0, 10) END AS opens,
  [t IN times | replace(t, '/9999-12-31', '/')] AS windows, coalesce(asked.follows, false) AS follows, d.name AS document,
  asks.lines AS lines, asks.fact AS fact, asks.authority AS authority, asks.text AS quote
ORDER BY CASE kind WHEN 'gate' THEN 0 ELSE 1 END, kind, document, line, requirement_id

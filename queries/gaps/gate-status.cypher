// Whether the gates of a rank are open to what somebody holds
// A row is one thing that one option of a gate needs, as in the question gates; courses that are only
// desirable are left out. part_status: done, opens (on the day opens), lapsed, missing (nothing of the kind
// is held, or it came too late or was too short, or was judged not met: the latest judgement counts, of one day the refusal), to_judge (only a person can judge it,
// and nobody is said to have), not_stated (nothing at all is said to be held, or of ranks no rank) or unclear (a day that matters is
// not given, or given as a year or month of which one end counts and the other not; or no source sets two ranks
// of different ladders side by side; or the gate is of another place). An option is open when all its parts are
// done, a gate when one of its options is; null is unknown. until is the last day on which a part is done, null
// where it does not lapse; opens the first day on which one that is not done is, what is to be judged not before
// it; windows the times, FIRST/LAST, in which what is held makes it done, whatever the day asked about;
// held_since the day of what is held, or on which it began; begun the latter alone; after the ids of the gates that
// come before this one: what it asks for begins then; follows whether it comes after the promotion;
// kept_from the day on which what comes after it was begun, where a gate has lapsed since and counts for good. A rank "or higher" is met by a higher
// one of its ladder, and across ladders by one that stands level with it, or above such a one; without
// "or higher" by itself alone. source is what asks: law, policy, profile, pack or advert. What was passed or begun
// before what has to come first (the rank, the months in it, or a gate that comes before) is unclear: too_soon says
// what that is, null where nothing is. No rows: nothing loaded asks for anything of the kind.
// rank (rank): the rank aimed at
// holdings (holdings, optional): what is held, such as "scc:2019, rank met commander:2015"
// in (place, optional): where it is aimed at: england-and-wales (also null), or a place of another ladder, such as scotland
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", holdings: [{id: "course/scc", achieved: "2019-12-31"}, {id: "course/senior-pnac", achieved: "2018-06-30"}, {id: "mps/commander", achieved: null}], in: null, as_of: null}
// returns: gate, option, needs, needs_id, kind, part_status, option_open, gate_open, until, opens, windows, held, held_since, begun, before, at_least, within_months, for_months, applies_in, source, exempt, after, follows, kept_from, gate_id, basis, fact, authority, document, lines, quote, too_soon
WITH coalesce($as_of, toString(date())) AS day, coalesce($in, 'england-and-wales') AS place,
  coalesce($holdings, []) AS holdings
OPTIONAL MATCH (mine:Role) WHERE mine.id IN [h IN holdings | h.id]
WITH day, place, holdings, collect(mine.id) AS ranks
MATCH (:Role {id: $rank})-[asks:REQUIRES|REQUIRES_ELSEWHERE]->(asked:Gate|Course)
WHERE (type(asks) = 'REQUIRES' OR asked.applies_in = place) AND asks.valid_from <= day AND day < asks.valid_to AND coalesce(asks.necessity, 'essential') <> 'desirable'
OPTIONAL MATCH (asked:Gate)-[opens:OPTION]->(choice:Option)-[needs:NEEDS]->(part)
WHERE opens.valid_from <= day AND day < opens.valid_to AND needs.valid_from <= day AND day < needs.valid_to
WITH DISTINCT day, place, holdings, ranks, asked, choice, CASE WHEN asked:Gate THEN asked END AS gate,
  CASE WHEN asked:Gate THEN part ELSE asked END AS need, CASE WHEN asked:Gate THEN needs ELSE asks END AS e
WHERE e IS NOT NULL
WITH day, place, holdings, ranks, choice, gate, need, e, CASE WHEN gate IS NULL THEN 1 ELSE 3 END AS hops
OPTIONAL MATCH (said:Profile {id: e.edition})
OPTIONAL MATCH (rank:Rank) WHERE rank.id IN [h IN holdings | h.id] AND e.at_least AND rank.step >= need.step
WITH day, place, holdings, ranks, e, choice, need, hops, gate, said, rank, CASE WHEN rank IS NULL THEN null
    WHEN rank.ladder = need.ladder OR need.ladder = 'uk' THEN rank.id WHEN EXISTS { MATCH (need)-[:EQUIVALENT_TO]-(level:Rank)
      WHERE level.ladder = rank.ladder AND level.step <= rank.step } THEN rank.id END AS sure
WITH day, place, holdings, ranks, e, choice, need, hops, gate, said, collect(DISTINCT sure) + [need.id] AS sure,
  collect(DISTINCT rank.id) + [need.id] AS perhaps,
  CASE WHEN need:Role THEN 'rank' WHEN need:Course THEN 'course' WHEN need:Competency THEN 'competency'
    WHEN need:Skill THEN 'skill' WHEN need:Knowledge THEN 'knowledge' ELSE 'experience' END AS kind,
  coalesce(e.at_least, false) AS at_least, CASE WHEN coalesce(need.recorded, true) THEN 0 ELSE 1 END AS judged
WITH *, [h IN holdings WHERE h.id IN perhaps AND (coalesce(h.result, 'met') <> 'met' OR NOT any(o IN holdings
    WHERE o.id = h.id AND coalesce(o.result, 'met') <> 'met' AND coalesce(o.achieved, '') <= day
      AND coalesce(o.achieved, '') >= coalesce(h.achieved, h.begun, ''))) | {id: h.id, day: coalesce(h.achieved, h.begun),
  achieved: [coalesce(h.achieved_from, h.achieved), h.achieved], begun: [coalesce(h.begun_from, h.begun), h.begun],
  ended: CASE WHEN kind = 'rank' AND NOT at_least THEN [coalesce(h.ended_from, h.ended), h.ended] ELSE [null, null] END,
  refused: coalesce(h.result, 'met') <> 'met',
  waits: h.begun IS NOT NULL AND h.achieved IS NULL,
  vague: NOT h.id IN sure OR e.before IS NOT NULL AND h.achieved IS NULL
    OR coalesce(h.ended_unknown, false) AND kind = 'rank' AND (NOT at_least OR h.achieved IS NULL)
      AND (e.within_months IS NOT NULL OR e.for_months IS NOT NULL AND NOT at_least)
    OR h.achieved IS NULL AND e.within_months IS NOT NULL AND kind <> 'rank'
    OR h.achieved IS NULL AND h.begun IS NULL AND e.for_months IS NOT NULL AND judged = 0}] AS held
WITH *, [h IN held | {h: h, full: [n IN [0, 1] | CASE WHEN e.for_months IS NULL THEN null ELSE toString(
      date(coalesce(h.begun[n], CASE judged WHEN 0 THEN h.achieved[n] END)) + duration({months: e.for_months})) END],
    cap: [n IN [1, 0] | CASE WHEN h.begun[1] IS NULL THEN h.ended[n] ELSE h.achieved[n] END],
    until: [n IN [1, 0] | CASE WHEN e.within_months IS NULL THEN null ELSE toString(
      date(CASE kind WHEN 'rank' THEN h.ended[n] ELSE h.achieved[n] END) + duration({months: e.within_months})) END]}] AS timed
WITH *, [t IN timed | {h: t.h, until: t.until,
    first: [n IN [0, 1] | reduce(last = '', x IN [t.h.achieved[n], t.h.begun[n], t.full[n]] |
      CASE WHEN x > last THEN x ELSE last END)],
    never: [n IN [0, 1] | t.h.refused OR coalesce(t.h.achieved[n] >= e.before, false)
      OR coalesce(t.full[n] > t.cap[n], false)]}] AS timed
WITH *, CASE coalesce(gate.applies_in, 'england-and-wales') WHEN 'uk' THEN 1 WHEN place THEN 1
    ELSE CASE WHEN place = 'england-and-wales' THEN 1 WHEN said.organisation = CASE place WHEN 'scotland'
      THEN 'police-scotland' WHEN 'northern-ireland' THEN 'psni' ELSE place END THEN 1 ELSE 0 END END AS here,
  [t IN timed | {id: t.h.id, since: t.h.day, begun: t.h.begun[1], until: t.until[1],
    fits: NOT t.never[1] AND NOT t.h.vague AND NOT t.h.waits AND coalesce(t.first[1] <= t.until[1], true),
    first: t.first[1], status: CASE
      WHEN t.h.refused AND t.h.day > day THEN 'to_judge'
      WHEN t.never[0] THEN 'missing'
      WHEN t.until[0] < day THEN 'lapsed'
      WHEN t.h.waits THEN 'to_judge'
      WHEN t.h.vague OR t.first[0] > t.until[0] THEN 'unclear'
      WHEN t.first[0] > day AND NOT t.never[1] AND coalesce(t.first[1] <= t.until[1], true) THEN 'opens'
      WHEN t.first[1] <= day AND NOT t.never[1] AND coalesce(day <= t.until[1], true) THEN 'done'
      ELSE 'unclear' END}] AS judgements
WITH *, head([s IN ['done', 'unclear', 'to_judge', 'opens', 'lapsed', 'missing']
    WHERE any(j IN judgements WHERE j.status = s)]) AS best
WITH *, CASE WHEN here = 0 THEN 'unclear' WHEN size(holdings) = 0 THEN 'not_stated' WHEN best IS NOT NULL THEN best
    WHEN kind = 'rank' AND NOT any(h IN holdings WHERE h.id IN ranks) THEN 'not_stated' WHEN judged = 1 THEN 'to_judge' ELSE 'missing' END AS status,
  [j IN judgements WHERE here = 1 AND j.status = best] AS shown,
  [j IN judgements WHERE here = 1 AND j.fits | j.first + '/' + coalesce(j.until, '')] AS windows
WITH *, CASE WHEN status <> 'done' OR any(j IN shown WHERE j.until IS NULL) THEN null
    ELSE reduce(last = '', j IN shown | CASE WHEN j.until > last THEN j.until ELSE last END) END AS until,
  reduce(first = null, j IN [x IN shown WHERE x.first > day AND (x.fits OR status = 'to_judge')
      AND status IN ['opens', 'unclear', 'to_judge']] |
    CASE WHEN first IS NULL OR j.first < first THEN j.first ELSE first END) AS opens
WITH *, reduce(latest = null, j IN [x IN shown WHERE status <> 'done' OR until IS NULL AND x.until IS NULL OR x.until = until] |
    CASE WHEN latest IS NULL OR kind <> 'rank' AND coalesce(j.since, '9999-12-31') > coalesce(latest.since, '9999-12-31')
      THEN j ELSE latest END) AS by
WITH *, CASE hops WHEN 3 THEN gate.id ELSE e.fact END AS gate_key,
  CASE hops WHEN 3 THEN choice.id ELSE e.fact END AS option_key
ORDER BY need.id, e.fact
WITH gate_key, option_key, collect({e: e, need: need, gate: gate, choice: choice, said: said, hops: hops, kind: kind,
  at_least: at_least, after: coalesce(gate.after, []), status: status, until: until, opens: opens, windows: windows, by: by}) AS parts
WITH gate_key, parts, CASE WHEN all(p IN parts WHERE p.status = 'done') THEN 'open'
    WHEN any(p IN parts WHERE NOT p.status IN ['done', 'unclear', 'not_stated']) THEN 'blocked' ELSE 'unknown' END AS option_state
WITH gate_key, collect({parts: parts, state: option_state}) AS options
WITH gate_key, options, CASE WHEN any(o IN options WHERE o.state = 'open') THEN 'open'
    WHEN any(o IN options WHERE o.state = 'unknown') THEN 'unknown' ELSE 'blocked' END AS state
WITH collect({key: gate_key, options: options, state: state, after: head(head(options).parts).after,
  begun: head(reduce(all = [], o IN options | all + [p IN o.parts
    WHERE p.by.begun IS NOT NULL AND NOT p.status IN ['missing', 'lapsed'] | p.by.begun]))}) AS gates
UNWIND gates AS gate
WITH gate, [later IN gates WHERE gate.key IN later.after AND later.begun IS NOT NULL | later.begun] AS starts
WITH gate, [o IN gate.options | {parts: o.parts, kept: CASE WHEN gate.state = 'blocked' THEN
  head([start IN starts WHERE all(p IN o.parts WHERE any(w IN p.windows
    WHERE split(w, '/')[0] <= start AND (split(w, '/')[1] = '' OR start <= split(w, '/')[1])))]) END}] AS options
WITH gate.key AS key, gate.after AS after, [o IN options | {kept: o.kept,
  number: coalesce(head(o.parts).choice.number, 1), parts: [p IN o.parts | {part: p, kind: p.kind, windows: p.windows,
    status: CASE WHEN o.kept IS NULL THEN p.status ELSE 'done' END}]}] AS options
ORDER BY key
WITH collect({key: key, after: after, options: options, ranks: reduce(first = null, o IN options |
    CASE WHEN first IS NULL OR o.number < first.number THEN o ELSE first END).parts,
  dated: reduce(all = [], o IN options | all + [p IN o.parts WHERE p.kind <> 'rank' AND size(p.windows) > 0])}) AS gates
UNWIND gates AS gate
WITH gate, [b IN gates WHERE b.key IN gate.after |
  {dated: b.dated, ranks: [p IN b.ranks WHERE p.kind = 'rank']}] AS before
WITH [o IN gate.options | {kept: o.kept, number: o.number, parts: [p IN o.parts | {part: p.part, status: p.status, too_soon: CASE
    WHEN p.kind = 'rank' OR coalesce(p.part.by.begun, p.part.by.since) IS NULL THEN null ELSE head([x IN [b IN before | CASE
      WHEN NOT coalesce(head(b.ranks).status, 'unclear') IN ['unclear', 'not_stated'] AND NOT any(r IN b.ranks WHERE
        any(w IN r.windows WHERE split(w, '/')[0] <= coalesce(p.part.by.begun, p.part.by.since) AND all(r2 IN b.ranks
          WHERE any(w2 IN r2.windows WHERE split(w2, '/')[0] <= split(w, '/')[0]
            AND (split(w2, '/')[1] = '' OR split(w, '/')[0] <= split(w2, '/')[1])))))
        THEN coalesce(toString(head(b.ranks).part.e.for_months) + ' months as ', 'you were ') + head(b.ranks).part.need.name
      WHEN p.part.by.begun IS NOT NULL AND size(b.dated) > 0 AND NOT any(r IN b.dated WHERE
        any(w IN r.windows WHERE split(w, '/')[0] <= p.part.by.begun AND all(r2 IN b.dated
          WHERE any(w2 IN r2.windows WHERE split(w2, '/')[0] <= split(w, '/')[0]
            AND (split(w2, '/')[1] = '' OR split(w, '/')[0] <= split(w2, '/')[1])))))
        THEN head(b.dated).part.gate.name END] WHERE x IS NOT NULL]) END}]}] AS options
WITH [o IN options | [p IN o.parts | {part: p.part, too_soon: p.too_soon, kept: o.kept, number: o.number, unsure: p.too_soon IS NOT NULL
  AND p.status IN ['done', 'opens'], status: CASE WHEN p.too_soon IS NOT NULL AND p.status IN ['done', 'opens']
    THEN 'unclear' ELSE p.status END}]] AS options
WITH [o IN options | {parts: o, state: CASE WHEN all(p IN o WHERE p.status = 'done') THEN 'open'
    WHEN any(p IN o WHERE NOT p.status IN ['done', 'unclear', 'not_stated']) THEN 'blocked' ELSE 'unknown' END}] AS options
WITH options, CASE WHEN any(o IN options WHERE o.state = 'open') THEN 'open'
    WHEN any(o IN options WHERE o.state = 'unknown') THEN 'unknown' ELSE 'blocked' END AS gate_state
UNWIND options AS option
UNWIND option.parts AS judged
WITH gate_state, option.state AS option_state, judged, judged.part AS part, judged.part.e AS e, judged.part.need AS need,
  judged.part.gate AS way, judged.part.said AS said, judged.part.by AS by
MATCH (d:Document {id: e.document})
RETURN CASE part.hops WHEN 3 THEN way.name ELSE need.name END AS gate,
  judged.number AS option, need.name AS needs, need.id AS needs_id,
  part.kind AS kind, judged.status AS part_status,
  CASE option_state WHEN 'open' THEN true WHEN 'blocked' THEN false END AS option_open,
  CASE gate_state WHEN 'open' THEN true WHEN 'blocked' THEN false END AS gate_open,
  CASE WHEN NOT judged.unsure THEN part.until END AS until, CASE WHEN NOT judged.unsure THEN part.opens END AS opens,
  CASE WHEN judged.unsure THEN [] ELSE part.windows END AS windows, by.id AS held, by.since AS held_since, by.begun AS begun, e.before AS before,
  part.at_least AS at_least, e.within_months AS within_months, e.for_months AS for_months,
  coalesce(way.applies_in, 'england-and-wales') AS applies_in, coalesce(way.source, said.source_kind) AS source,
  way.exempt AS exempt, part.after AS after, coalesce(way.follows, false) AS follows, CASE WHEN NOT judged.unsure THEN judged.kept END AS kept_from,
  CASE part.hops WHEN 3 THEN way.id ELSE need.id END AS gate_id, e.basis AS basis,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote,
  judged.too_soon AS too_soon
ORDER BY basis DESC, document, gate, option, needs_id, fact

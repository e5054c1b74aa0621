// Whether the gates of a rank are open to what somebody holds
// A row is one thing that one option of a gate needs, as in the question gates; courses that are only
// desirable are left out. part_status: met, missing (nothing of the kind is held; what only a person can
// judge is met only where it is said so), not yet (its day is still to come), too short, too late, lapsed,
// or unknown (a day that matters is not given, no source sets two ranks of different ladders side by
// side, or temporary promotion was not yet judged). An option is open when all its parts are met, a gate
// when one of its options is; null is unknown. until is the first day on which a part is no longer met,
// null where it does not lapse; earliest the first day on which a part that is not yet met, or too short,
// can be; held_since the day of what is held, or on which it began. A rank "or higher" is met by a higher
// one of its ladder, and across ladders by one that stands level with it, or above such a one; without
// "or higher" by itself alone. source is what asks: law, policy, profile, pack or advert. No rows:
// nothing loaded asks for anything of the kind.
// rank (rank): the rank aimed at
// holdings (holdings, optional): what is held, such as "scc:2019, rank met commander:2015"
// in (place, optional): where it is aimed at: england-and-wales (also null), scotland or northern-ireland
// as_of (day): the day asked about, null for today
// :params {rank: "mps/assistant-commissioner", holdings: [{id: "course/scc", achieved: "2019-12-31"}, {id: "course/senior-pnac", achieved: "2018-06-30"}, {id: "mps/commander", achieved: null}], in: null, as_of: null}
// returns: gate, option, needs, needs_id, kind, part_status, option_open, gate_open, until, earliest, held, held_since, before, at_least, within_months, for_months, applies_in, source, exempt, gate_id, basis, fact, authority, document, lines, quote
WITH coalesce($as_of, toString(date())) AS day, coalesce($in, 'england-and-wales') AS place,
  coalesce($holdings, []) AS holdings
MATCH (:Role {id: $rank})-[asks:REQUIRES]->(asked:Gate|Course)
WHERE asks.valid_from <= day AND day < asks.valid_to AND coalesce(asks.necessity, 'essential') <> 'desirable'
OPTIONAL MATCH (asked:Gate)-[opens:OPTION]->(choice:Option)-[needs:NEEDS]->(part)
WHERE opens.valid_from <= day AND day < opens.valid_to AND needs.valid_from <= day AND day < needs.valid_to
WITH DISTINCT day, place, holdings, asked, choice, CASE WHEN asked:Gate THEN asked END AS gate,
  CASE WHEN asked:Gate THEN part ELSE asked END AS need, CASE WHEN asked:Gate THEN needs ELSE asks END AS e
WHERE e IS NOT NULL
WITH day, place, holdings, choice, gate, need, e, CASE WHEN gate IS NULL THEN 1 ELSE 3 END AS hops
OPTIONAL MATCH (said:Profile {id: e.edition})
OPTIONAL MATCH (rank:Rank) WHERE rank.id IN [h IN holdings | h.id] AND e.at_least AND rank.step >= need.step
WITH day, place, holdings, e, choice, need, hops, gate, said, rank, CASE WHEN rank IS NULL THEN null
    WHEN rank.ladder = need.ladder OR need.ladder = 'uk' THEN rank.id WHEN EXISTS { MATCH (need)-[:EQUIVALENT_TO]-(level:Rank)
      WHERE level.ladder = rank.ladder AND level.step <= rank.step } THEN rank.id END AS sure
WITH day, place, holdings, e, choice, need, hops, gate, said, collect(DISTINCT sure) + [need.id] AS sure,
  collect(DISTINCT rank.id) + [need.id] AS perhaps,
  CASE WHEN need:Role THEN 'rank' WHEN need:Course THEN 'course' WHEN need:Competency THEN 'competency'
    WHEN need:Skill THEN 'skill' WHEN need:Knowledge THEN 'knowledge' ELSE 'experience' END AS kind,
  coalesce(e.at_least, false) AS at_least, CASE WHEN coalesce(need.recorded, true) THEN 0 ELSE 1 END AS judged
WITH *, [h IN holdings WHERE h.id IN perhaps | {id: h.id, achieved: h.achieved, begun: h.begun,
  sure: CASE WHEN h.id IN sure THEN 1 ELSE 0 END,
  start: coalesce(h.begun, CASE judged WHEN 1 THEN null ELSE h.achieved END),
  last: CASE WHEN kind = 'rank' AND NOT at_least AND h.ended < day THEN h.ended
    WHEN h.begun IS NOT NULL AND h.achieved < day THEN h.achieved ELSE day END,
  since: CASE WHEN kind <> 'rank' THEN h.achieved WHEN at_least THEN null ELSE h.ended END,
  vague: CASE WHEN kind = 'rank' AND h.ended_unknown AND (NOT at_least OR h.achieved IS NULL) THEN 1 ELSE 0 END}] AS held
WITH *, [h IN held | {id: h.id, achieved: h.achieved, begun: h.begun, sure: h.sure, start: h.start, last: h.last,
  since: h.since, vague: h.vague,
  until: CASE WHEN e.within_months IS NULL OR h.since IS NULL THEN null
    ELSE toString(date(h.since) + duration({months: e.within_months, days: 1})) END,
  full: CASE WHEN e.for_months IS NULL OR h.start IS NULL THEN null
    ELSE toString(date(h.start) + duration({months: e.for_months})) END}] AS timed
WITH *, [h IN timed | {id: h.id, since: coalesce(h.achieved, h.begun), until: h.until, status: CASE
    WHEN h.achieved >= e.before THEN 'too late'
    WHEN h.achieved > day OR h.begun > day THEN 'not yet'
    WHEN h.until <= day THEN 'lapsed'
    WHEN h.full > h.last THEN 'too short'
    WHEN h.sure = 0 OR h.begun IS NOT NULL AND h.achieved IS NULL THEN 'unknown'
    WHEN e.before IS NOT NULL AND h.achieved IS NULL THEN 'unknown'
    WHEN e.within_months IS NOT NULL AND (h.vague = 1 OR kind <> 'rank' AND h.achieved IS NULL) THEN 'unknown'
    WHEN e.for_months IS NOT NULL AND judged = 0 AND (h.start IS NULL OR h.vague = 1 AND NOT at_least) THEN 'unknown'
    ELSE 'met' END,
  earliest: CASE WHEN h.achieved >= e.before OR h.until <= day OR h.full > h.last AND h.last < day THEN null
    WHEN h.full > coalesce(h.achieved, h.begun) THEN h.full ELSE coalesce(h.achieved, h.begun) END}] AS judgements
WITH *, CASE coalesce(gate.applies_in, 'england-and-wales') WHEN 'uk' THEN 1 WHEN place THEN 1
    ELSE CASE place WHEN 'england-and-wales' THEN 1 ELSE 0 END END AS here,
  head([s IN ['met', 'unknown', 'not yet', 'too short', 'lapsed', 'too late']
    WHERE any(j IN judgements WHERE j.status = s)]) AS best
WITH *, CASE here WHEN 0 THEN 'unknown' ELSE coalesce(best, 'missing') END AS status,
  [j IN judgements WHERE here = 1 AND j.status = best] AS shown
WITH *, CASE WHEN status <> 'met' OR any(j IN shown WHERE j.until IS NULL) THEN null
    ELSE reduce(last = '', j IN shown | CASE WHEN j.until > last THEN j.until ELSE last END) END AS until,
  reduce(first = null, j IN CASE WHEN status IN ['not yet', 'too short'] THEN shown ELSE [] END |
    CASE WHEN first IS NULL OR j.earliest < first THEN j.earliest ELSE first END) AS earliest
WITH *, head([j IN shown WHERE status <> 'met' OR until IS NULL AND j.until IS NULL OR j.until = until]) AS by
WITH *, CASE hops WHEN 3 THEN gate.id ELSE e.fact END AS gate_key,
  CASE hops WHEN 3 THEN choice.id ELSE e.fact END AS option_key
ORDER BY need.id, e.fact
WITH gate_key, option_key, collect({e: e, need: need, gate: gate, choice: choice, said: said, hops: hops, kind: kind,
  at_least: at_least, status: status, until: until, earliest: earliest, by: by}) AS parts
WITH gate_key, parts, CASE WHEN all(p IN parts WHERE p.status = 'met') THEN 'open'
    WHEN any(p IN parts WHERE NOT p.status IN ['met', 'unknown']) THEN 'blocked' ELSE 'unknown' END AS option_state
WITH gate_key, collect({parts: parts, state: option_state}) AS options
WITH options, CASE WHEN any(o IN options WHERE o.state = 'open') THEN 'open'
    WHEN any(o IN options WHERE o.state = 'unknown') THEN 'unknown' ELSE 'blocked' END AS gate_state
UNWIND options AS option
UNWIND option.parts AS part
WITH gate_state, option.state AS option_state, part, part.e AS e, part.need AS need, part.gate AS way,
  part.choice AS choice, part.said AS said, part.by AS by
MATCH (d:Document {id: e.document})
RETURN CASE part.hops WHEN 3 THEN way.name ELSE need.name END AS gate,
  CASE part.hops WHEN 3 THEN choice.number ELSE 1 END AS option, need.name AS needs, need.id AS needs_id,
  part.kind AS kind, part.status AS part_status,
  CASE option_state WHEN 'open' THEN true WHEN 'blocked' THEN false END AS option_open,
  CASE gate_state WHEN 'open' THEN true WHEN 'blocked' THEN false END AS gate_open,
  part.until AS until, part.earliest AS earliest, by.id AS held, by.since AS held_since, e.before AS before,
  part.at_least AS at_least, e.within_months AS within_months, e.for_months AS for_months,
  coalesce(way.applies_in, 'england-and-wales') AS applies_in, coalesce(way.source, said.source_kind) AS source,
  way.exempt AS exempt, CASE part.hops WHEN 3 THEN way.id ELSE need.id END AS gate_id, e.basis AS basis,
  e.fact AS fact, e.authority AS authority, d.name AS document, e.lines AS lines, e.text AS quote
ORDER BY basis DESC, document, gate, option, needs_id, fact

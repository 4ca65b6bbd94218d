"""The causes of unserved needs counted again in plain loops, and the rules against the actions' own."""

import re
from dataclasses import replace

from jiuliting_desk.actions import matching, pairings
from jiuliting_desk.actions.settings import rules_off
from jiuliting_desk.matching.explain import CauseKind, Explanation
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.rows import BondRow, CertificateRow, NeedRow, ProviderRow, Situation, Source
from jiuliting_desk.matching.terms import Rule
from tests.actions.cures import Office, Tally
from tests.matching.plain import category_of, exclusions, holds, points, units_left, weeks_since_asked

ONLY_OF_PLANS = {Rule.PAIRS_FULL, Rule.HALF_DAY_FULL}
SAID: dict[str, set[Rule]] = {
    "都在暂停": {Rule.PAUSED},
    "都没有证书": {Rule.NO_CERTIFICATE},
    "证书都不在有效期": {Rule.CERTIFICATE_EXPIRED},
    "都没有有效的证书": {Rule.NO_CERTIFICATE, Rule.CERTIFICATE_EXPIRED},
    "都不会说上海话": {Rule.NO_DIALECT},
    "都不到这个居委来": {Rule.OUT_OF_AREA},
    "都住得太远": {Rule.TOO_FAR},
    "都太远或不到这个居委来": {Rule.OUT_OF_AREA, Rule.TOO_FAR},
    "要的时候都没有空": {Rule.NO_COMMON_HALF_DAY, Rule.HALF_DAY_FULL},
    "要的那半天都排满了": {Rule.HALF_DAY_FULL},
    "都排满了": {Rule.FULL},
    "结对的老人都到上限了": {Rule.PAIRS_FULL},
}


def try_rules(office: Office, tally: Tally) -> None:
    """Everybody's rules and points for every need: as the actions have them, as plain loops have them."""
    situation, month = office.inputs.situation, office.inputs.month
    off = {rule.value for rule in rules_off(office.store)}
    for need in situation.needs:
        ranking = matching.rank_need(office.inputs, need.id)
        told = {found.provider: set(found.rules) for found in ranking.excluded()}
        for row in situation.providers:
            mine = told.get(row.id, set())
            said = pairings.need_barriers(
                office.store, need_id=need.id, provider_id=row.id, today=office.today, month=month
            )
            theirs = {rule.value for rule in said} - off
            ours = {rule.value for rule in mine - ONLY_OF_PLANS}
            # Hours are counted in quarters here: a month may be full a little sooner.
            same = ours == theirs or (ours - theirs == {"full"} and row.minutes is not None)
            tally.count("rules as the actions", f"need {need.id} by {row.id}: {ours} and {theirs}", kept=same)
            plainly = exclusions(situation, need, row)
            tally.count("rules as plain loops", f"need {need.id} by {row.id}: {mine} {plainly}", kept=mine == plainly)
        order = sorted(
            (row for row in situation.providers if row.id not in told),
            key=lambda row: (-sum(points(situation, need, row).values()), -weeks_since_asked(situation, row), row.id),
        )
        same = [row.id for row in order] == [found.provider for found in ranking.candidates]
        tally.count("ranking as plain loops", f"need {need.id}", kept=same)


def try_causes(office: Office, tally: Tally) -> None:
    """Every cause is true in its figures and in its words."""
    for need_id in office.plan.unserved:
        found = office.causes.of(need_id)
        what = _untrue(office.plan, found)
        tally.count(f"cause {found.kind.value}", f"need {need_id}: {found.text}: {what}", kept=not what)


def beside_pairs(plan: Plan) -> Situation:
    """The situation with the lines that stand as if they were booked; half-days are left out."""
    situation = plan.table.situation
    needs = {need.id: need for need in situation.needs}
    rows, bonds = {row.id: row for row in situation.providers}, list(situation.bonds)
    for line in plan.lines:
        if line.source is not Source.PROPOSED:
            rows[line.provider] = _with(rows[line.provider], needs[line.need])
            if needs[line.need].lasting:
                bonds.append(BondRow(elder=needs[line.need].elder, provider=line.provider))
    return replace(situation, providers=tuple(rows.values()), bonds=tuple(bonds))


def _with(row: ProviderRow, need: NeedRow) -> ProviderRow:
    booked = (-(-row.booked_minutes // need.unit) + need.units) * need.unit
    return replace(
        row,
        booked_visits=row.booked_visits + need.visits,
        booked_minutes=booked,
        booked_elders=row.booked_elders | {need.elder},
    )


def _untrue(plan: Plan, found: Explanation) -> str:
    situation = beside_pairs(plan)
    need = next(need for need in situation.needs if need.id == found.need)
    category = category_of(situation, need).name
    able = [row for row in situation.providers if need.category in dict(row.skills)]
    masks = {row.id: exclusions(situation, need, row) for row in able}
    candidates = [row for row in able if not masks[row.id]]
    if found.kind is CauseKind.NOBODY_ABLE:
        return "" if not able and found.text == f"名单里没有人会{category}" else "somebody is able"
    if found.kind is CauseKind.RULES:
        return _untrue_rules(situation, found, f"会{category}的 {len(able)} 位", list(masks.values()))
    if found.kind is CauseKind.HELD:
        alone = [row for row in plan.table.situation.providers if not exclusions(plan.table.situation, need, row)]
        return "" if f"能去的 {len(alone)} 位" in found.text else f"{len(alone)} could go"
    if found.kind is CauseKind.SHORTAGE:
        return _untrue_shortage(plan, situation, found)
    if f"能去的 {len(candidates)} 位" not in found.text:
        return f"{len(candidates)} can go"
    if found.kind is CauseKind.TRIP:
        homes = [row.homes_at_once - len(row.booked_elders) for row in candidates]
        return "" if min(homes) > 1 and f"再凑满 {min(homes)} 户" in found.text else f"homes {homes}"
    return _untrue_instead(plan, situation, need, candidates, found)


def _untrue_rules(situation: Situation, found: Explanation, who: str, masks: list[set[Rule]]) -> str:
    if not all(masks):
        return "somebody could go"
    if not found.text.startswith(who):
        return f"not {who}"
    if len(found.rules) != min(len(mask) for mask in masks) or set(found.rules) not in masks:
        return f"not the fewest rules {found.rules}"
    # After that only which other certificates some hold.
    words = re.sub("“[^”]*”", "", found.text.removeprefix(who).split("。")[0])
    if words.startswith(("都是：", "：")) and " 位" not in words:
        labels = {situation.rules.label(rule): rule for rule in Rule}
        named = [labels[label] for label in words.split("：")[1].split("、")]
        return "" if all(set(named) <= mask for mask in masks) else "not all of them"
    if words.startswith("："):
        told = sum(map(int, re.findall(r"(\d+) 位", words)))
        return "" if told == len(masks) else f"{told} counted"
    # Certificates that count today, but not as long as the need may be met, are told with their last days.
    ending = re.search(r"没有管到 .*?的(?:证书)（(?P<told>.*)）", words)
    if ending is not None:
        last = {
            f"{held.expires.month}月{held.expires.day}日" for held in _ending(situation, found.need) if held.expires
        }
        days = set(re.findall(r"(\d+月\d+日)到期", ending["told"]))
        if not days or not days <= last:
            return f"{days} are not among {last}"
        words = words.replace(ending[0], "没有有效的证书")
    # Of one alone nobody says 都.
    plain = words.replace("都", "")
    phrases = [phrase for phrase in SAID if plain.endswith(phrase.replace("都", ""))]
    rules = SAID[max(phrases, key=len)] if phrases else set()
    return "" if all(mask & rules for mask in masks) else f"not true of all: {masks}"


def _ending(situation: Situation, need_id: int) -> list[CertificateRow]:
    need = next(need for need in situation.needs if need.id == need_id)
    return [
        held
        for row in situation.providers
        for held in row.certificates
        if held.kind == category_of(situation, need).certificate_kind
        and held.is_valid_on(situation.today)
        and not held.is_valid_on(need.day)
    ]


def _untrue_shortage(plan: Plan, situation: Situation, found: Explanation) -> str:
    assert found.group is not None
    group = {plan.table.pool.rows[place].id for place in found.group.providers}
    wanting = [plan.table.needs[place] for place in found.group.needs]
    rows = {row.id: row for row in situation.providers}
    for need in wanting:
        others = [row.id for row in situation.providers if not exclusions(situation, need, row)]
        if not others or not set(others) <= group:
            return f"need {need.id} can be met by {others}"
    if found.group.in_visits:
        limits = [(row.visits or 0) - row.booked_visits for row in map(rows.__getitem__, group)]
        room, asked = sum(max(0, left) for left in limits), sum(need.visits for need in wanting)
        words = f"还能给 {room} 次"
    else:
        room, asked = (
            sum(max(0, units_left(situation, rows[one]) or 0) for one in group),
            sum(need.units for need in wanting),
        )
        words = "还能给"
    if (room, asked) != (found.group.room, found.group.asked) or asked <= room or words not in found.text:
        return f"room {room} asked {asked}"
    return ""


def _untrue_instead(
    plan: Plan, situation: Situation, need: NeedRow, candidates: list[ProviderRow], found: Explanation
) -> str:
    needs = {one.id: one for one in situation.needs}
    lines = {row.id: [needs[line.need] for line in plan.lines if line.provider == row.id] for row in candidates}
    proposed = {line.need for line in plan.lines if line.source is Source.PROPOSED}
    for row in candidates:
        mine = [line for line in lines[row.id] if line.id in proposed]
        if holds(situation, row, [*mine, need]) and "还有空" not in found.text:
            return f"{row.id} could go"
        single = [replace(line, lasting=False) for line in (*mine, need)]
        if holds(situation, row, single) and "的时间都" in found.text:
            return f"{row.id} has time"
    if found.kind is CauseKind.DISPLACED:
        less = [other for other in found.instead if needs[other].weight < need.weight]
        if less and "同样急或更急" in found.text:
            return f"less urgent: {less}"
        if f" {len(found.instead)} 条" not in found.text:
            return f"{len(found.instead)} have their time"
    return ""

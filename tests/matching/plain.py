"""The matching said again in plain loops, with no array in it: what the engine's answers are held against."""

import math
from collections.abc import Iterator

from jiuliting_desk.matching.problem import Levels
from jiuliting_desk.matching.rows import CategoryRow, NeedRow, Place, ProviderRow, Situation
from jiuliting_desk.matching.terms import Rule, Term

EARTH_RADIUS_METRES = 6_371_000


def metres_between(one: Place, other: Place) -> int | None:
    """Whole metres between two places (haversine), None where one is not known."""
    if one.compound and one.compound == other.compound:
        return 0
    if None in {one.longitude, one.latitude, other.longitude, other.latitude}:
        return None
    assert one.longitude is not None
    assert one.latitude is not None
    assert other.longitude is not None
    assert other.latitude is not None
    north, other_north = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(one.longitude) - math.radians(other.longitude)
    square = math.sin((one.latitude - other.latitude) * math.pi / 360) ** 2
    square += math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return int(2 * EARTH_RADIUS_METRES * math.asin(min(1.0, math.sqrt(square))))


def category_of(situation: Situation, need: NeedRow) -> CategoryRow:
    """The need's service."""
    found = [row for row in situation.categories if row.id == need.category]
    return found[0] if found else CategoryRow(id=need.category, name="")


def units_left(situation: Situation, row: ProviderRow) -> int | None:
    """Whole units of time beside what is booked, None for no limit."""
    return None if row.minutes is None else (row.minutes - row.booked_minutes) // situation.unit


def bound_elders(situation: Situation, provider: int) -> set[int]:
    """Elders in a lasting pair with the provider."""
    return {bond.elder for bond in situation.bonds if bond.provider == provider}


def half_day_room(situation: Situation, row: ProviderRow) -> list[int]:
    """Visits that fit into each half-day of the month beside those booked."""
    rules = situation.rules
    homes = row.homes_per_half_day
    if homes is None:
        homes = rules.enterprise_homes if row.enterprise else rules.volunteer_homes
    booked = [*row.booked_half_days, *[0] * rules.half_days]
    return [max(0, homes * rules.weeks - booked[half_day]) for half_day in range(rules.half_days)]


def common_half_days(situation: Situation, need: NeedRow, row: ProviderRow) -> set[int]:
    """Half-days on which both can."""
    days = range(situation.rules.half_days)
    return {
        day
        for day in days
        if (not need.half_days or need.half_days >> day & 1) and (not row.half_days or row.half_days >> day & 1)
    }


def visits_fit(room: list[int], wishes: list[set[int]]) -> bool:
    """Whether each single visit finds a half-day among those that will do (augmenting paths, one by one)."""
    holds: list[list[int]] = [[] for _ in room]

    def place(visit: int, tried: set[int]) -> bool:
        for day in sorted(wishes[visit]):
            if day in tried:
                continue
            tried.add(day)
            if len(holds[day]) < room[day]:
                holds[day].append(visit)
                return True
            for other in list(holds[day]):
                holds[day].remove(other)
                holds[day].append(visit)
                if place(other, tried):
                    return True
                holds[day].remove(visit)
                holds[day].append(other)
        return False

    return all(place(visit, set()) for visit in range(len(wishes)))


def undated_wishes(situation: Situation, row: ProviderRow) -> list[set[int]]:
    """The half-days that will do for each visit taken on without a day; those of a need that find no room take none."""
    days, room = range(situation.rules.half_days), half_day_room(situation, row)
    wishes: list[set[int]] = []
    for mask, visits in sorted(row.undated):
        wanted = {day for day in days if not mask or mask >> day & 1}
        free = {day for day in wanted if not row.half_days or row.half_days >> day & 1}
        more = [free or wanted] * visits
        if visits_fit(room, wishes + more):
            wishes += more
    return wishes


def exclusions(situation: Situation, need: NeedRow, row: ProviderRow) -> set[Rule]:
    """The rules that say no."""
    category, found = category_of(situation, need), set()
    is_back = need.only_on is not None and row.back_on is not None and row.back_on <= need.only_on
    if row.paused and not is_back:
        found.add(Rule.PAUSED)
    if need.category not in dict(row.skills):
        found.add(Rule.NO_SKILL)
    if category.certificate_kind:
        held = [certificate for certificate in row.certificates if certificate.kind == category.certificate_kind]
        if not held:
            found.add(Rule.NO_CERTIFICATE)
        elif not any(certificate.is_valid_on(need.day) for certificate in held):
            found.add(Rule.CERTIFICATE_EXPIRED)
    for refusal in situation.refusals:
        if (refusal.elder, refusal.provider) == (need.elder, row.id):
            found.add(Rule.REFUSED_BY_ELDER if refusal.by_elder else Rule.REFUSED_BY_PROVIDER)
    if row.sex and not row.enterprise and (row.sex == need.refuses_sex or need.wants_sex not in {"", row.sex}):
        found.add(Rule.WRONG_SEX)
    if need.wants_dialect and not row.dialect:
        found.add(Rule.NO_DIALECT)
    if row.area and need.place.committee not in row.area:
        found.add(Rule.OUT_OF_AREA)
    metres = metres_between(need.place, row.place)
    limits = [limit for limit in (row.max_metres, category.max_metres) if limit is not None]
    if metres is not None and limits and metres > min(limits):
        found.add(Rule.TOO_FAR)
    common = common_half_days(situation, need, row)
    if not common:
        found.add(Rule.NO_COMMON_HALF_DAY)
    elif not visits_fit(half_day_room(situation, row), undated_wishes(situation, row) + [common] * need.visits):
        found.add(Rule.HALF_DAY_FULL)
    left = units_left(situation, row)
    if (left is not None and need.units > left) or (
        row.visits is not None and need.visits > row.visits - row.booked_visits
    ):
        found.add(Rule.FULL)
    bound = bound_elders(situation, row.id)
    if need.lasting and not row.enterprise and need.elder not in bound and len(bound) >= situation.rules.lasting_elders:
        found.add(Rule.PAIRS_FULL)
    return {rule for rule in found if situation.rules.mask & rule.bit}


def points(situation: Situation, need: NeedRow, row: ProviderRow) -> dict[Term, int]:
    """What each term gives."""
    weights, place = situation.weights, need.place
    shares = dict.fromkeys(Term, 0)
    shares[Term.BASE] = 100
    metres = metres_between(place, row.place)
    near = 0
    if metres is not None and metres < weights.near_metres:
        near = 80 - 80 * metres // weights.near_metres
    if place.committee and place.committee == row.place.committee:
        near = max(near, 55)
    if place.compound and place.compound == row.place.compound:
        near = 100 if place.building and place.building == row.place.building else 85
    shares[Term.NEARNESS] = near
    for served in situation.served:
        if (served.elder, served.provider) == (need.elder, row.id) and served.times:
            shares[Term.KNOWN] = min(100, 50 + 10 * (served.times - 1))
    for bond in situation.bonds:
        if (bond.elder, bond.provider) == (need.elder, row.id) and bond.category in {None, need.category}:
            shares[Term.KNOWN] = 100
    if need.half_days:
        common = common_half_days(situation, need, row)
        shares[Term.HALF_DAYS] = 100 * len(common) // bin(need.half_days).count("1")
    else:
        free = bin(row.half_days).count("1") if row.half_days else situation.rules.half_days
        shares[Term.HALF_DAYS] = min(100, 25 * free)
    shares[Term.SKILL] = {0: 0, 1: 34, 2: 67, 3: 100}[dict(row.skills).get(need.category, 0)]
    if need.elder_sex and not row.enterprise and need.elder_sex == row.sex:
        shares[Term.SAME_SEX] = 100
    if row.dialect and (need.speaks_dialect or need.wants_dialect):
        shares[Term.DIALECT] = 100
    return {term: share * weights.points(term) // 100 for term, share in shares.items()}


def weeks_since_asked(situation: Situation, row: ProviderRow) -> int:
    """Whole weeks, at most as many as count."""
    most = situation.weights.rest_weeks
    return most if row.asked is None else min(most, max(0, (situation.today - row.asked).days // 7))


def parts_of_a_point(situation: Situation) -> int:
    """The fewest in which a unit of time costs a whole number above each step; 15 minutes cost whole points."""
    steps = [points for _, points in situation.weights.load_steps]
    return next(parts for parts in range(1, 16) if all(parts * points * situation.unit % 15 == 0 for points in steps))


def price(situation: Situation, row: ProviderRow, units: int) -> int:
    """What a full month costs, in parts: each unit above a step costs that step's points instead of the one before."""
    if row.minutes is None:
        return 0
    unit, parts = situation.unit, parts_of_a_point(situation)
    whole = row.minutes // unit
    booked = whole - (row.minutes - row.booked_minutes) // unit
    total = 0
    for place in range(booked, booked + units):
        due = [points for per_cent, points in situation.weights.load_steps if place >= whole * per_cent // 100]
        total += parts * due[-1] * unit // 15 if due else 0
    return total


def holds(situation: Situation, row: ProviderRow, needs: list[NeedRow]) -> bool:
    """Whether one provider can take all of these needs together; each alone is allowed."""
    if not needs:
        return True
    left = units_left(situation, row)
    if left is not None and sum(need.units for need in needs) > left:
        return False
    if row.visits is not None and sum(need.visits for need in needs) > row.visits - row.booked_visits:
        return False
    bound = bound_elders(situation, row.id)
    if not row.enterprise and situation.rules.mask & Rule.PAIRS_FULL.bit:
        new = {need.elder for need in needs if need.lasting} - bound
        if len(new) > max(0, situation.rules.lasting_elders - len(bound)):
            return False
    if situation.rules.mask & Rule.HALF_DAY_FULL.bit:
        # Who has no common half-day, where that is no rule, takes none.
        wishes = [common_half_days(situation, need, row) for need in needs for _ in range(need.visits)]
        if not visits_fit(
            half_day_room(situation, row), undated_wishes(situation, row) + [common for common in wishes if common]
        ):
            return False
    homes = {need.elder for need in needs} - row.booked_elders
    return not row.homes_at_once or len(homes) >= row.homes_at_once - len(row.booked_elders)


def levels(situation: Situation, plan: dict[int, ProviderRow], needs: list[NeedRow]) -> Levels:
    """What a plan (need id -> provider) is worth, quality in parts of a point."""
    served = quality = rest = kept = 0
    parts = parts_of_a_point(situation)
    last = dict(situation.last)
    by_provider: dict[int, list[NeedRow]] = {}
    rows = {row.id: row for row in situation.providers}
    for need in needs:
        if need.id in plan:
            row = plan[need.id]
            served += need.weight
            quality += parts * sum(points(situation, need, row).values())
            rest += weeks_since_asked(situation, row)
            kept += last.get(need.id) == row.id
            by_provider.setdefault(row.id, []).append(need)
    for provider, taken in by_provider.items():
        row = rows[provider]
        lines = len(taken)
        pairs = len({need.elder for need in taken} - row.booked_elders)
        quality += parts * situation.weights.same_elder * (lines - pairs)
        quality -= price(situation, row, sum(need.units for need in taken))
    return Levels(served, quality, rest, kept)


def plans(situation: Situation, needs: list[NeedRow]) -> Iterator[dict[int, ProviderRow]]:
    """Every plan that holds."""
    allowed = [[row for row in situation.providers if not exclusions(situation, need, row)] for need in needs]
    taken: dict[int, list[NeedRow]] = {row.id: [] for row in situation.providers}

    def extend(position: int, plan: dict[int, ProviderRow]) -> Iterator[dict[int, ProviderRow]]:
        if position == len(needs):
            if all(holds(situation, row, taken[row.id]) for row in situation.providers):
                yield dict(plan)
            return
        yield from extend(position + 1, plan)
        for row in allowed[position]:
            left = units_left(situation, row)
            taken[row.id].append(needs[position])
            if left is None or sum(need.units for need in taken[row.id]) <= left:
                plan[needs[position].id] = row
                yield from extend(position + 1, plan)
                del plan[needs[position].id]
            taken[row.id].pop()

    return extend(0, {})


def best_levels(situation: Situation) -> Levels:
    """The best that any plan reaches, by trying them all; for situations in which nothing is fixed."""
    needs = list(situation.needs)
    return max(levels(situation, plan, needs) for plan in plans(situation, needs))

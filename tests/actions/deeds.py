"""Any action of the program with invented values, made from its own signature: what a page could ask for."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any, get_type_hints

import jiuliting_desk.actions
from jiuliting_desk.actions.cards import drafts_for
from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.forms import board
from jiuliting_desk.actions.merging import merge_view
from jiuliting_desk.actions.pairings import Choice
from jiuliting_desk.actions.trainings import hours_of
from jiuliting_desk.actions.visits import FellThrough, Outcome
from jiuliting_desk.actions.volunteer_papers import hours_certificate_of
from jiuliting_desk.actions.withdrawals import planned_for
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.cards import PrintBatch, ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, ElderState, Phone, Sex
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, Refusal, Skill
from jiuliting_desk.model.recurrence import Holiday, Interval, Series
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.model.trainings import Attendance, Presence, TrainingSession
from jiuliting_desk.model.visits import FELL_THROUGH, ServiceLine, Visit, VisitReason, VisitState
from jiuliting_desk.store import Store

REASON = "家里有事"
NAMES = ("苗芬", "邹福", "顾海宁", "汤立新", "高莲英", "钟毓秀", "㛃䶮")

RECORDS: dict[str, type[Any]] = {
    "elder": Elder,
    "kept": Elder,
    "other": Elder,
    "need": Need,
    "provider": Provider,
    "enterprise": Provider,
    "certificate": Certificate,
    "refusal": Refusal,
    "pairing": Pairing,
    "keep_pairing": Pairing,
    "category": ServiceCategory,
    "tag": Tag,
    "committee": ResidentsCommittee,
    "cadre": Cadre,
    "compound": Compound,
    "card": ServiceCard,
    "batch": PrintBatch,
    "visit": Visit,
    "form": FeedbackForm,
    "call": Call,
    "follow_up": FollowUp,
    "series": Series,
    "holiday": Holiday,
    "visit_reason": VisitReason,
    "session": TrainingSession,
    "attendance": Attendance,
}
"""What a parameter's ``…_id`` or ``…_ids`` speaks of."""


PREPARATIONS: dict[str, str] = {
    "chase_forms": "finish_visit",
    "confirm_cards": "log_cards_print",
    "confirm_forms": "print_forms",
    "replan_training": "cancel_training",
    "confirm_provider": "book_by_phone",
    "extend_series": "begin_series",
    "join_enterprise": "register_provider",
    "lapse_claims": "claim_need",
    "lapse_stand_ins": "pause_provider",
    "prolong_claim": "claim_need",
    "release_claim": "claim_need",
    "remove_cadre": "add_cadre",
    "remove_category": "add_category",
    "remove_committee": "add_committee",
    "remove_compound": "add_compound",
    "remove_provider": "register_provider",
    "reopen_need": "close_need",
    "resume_due": "pause_provider",
    "resume_provider": "pause_provider",
    "resume_series": "pause_series",
    "return_forms": "finish_visit",
    "unpin_pairing": "pin_pairing",
}
"""What must have been done before an action finds something to act on."""


class NothingThere(Exception):
    """The file holds no record that the action could be about."""


def actions() -> Iterator[Callable[..., Any]]:
    """All public functions of the actions that take ``store`` first and ``today``."""
    for module in pkgutil.walk_packages(jiuliting_desk.actions.__path__, "jiuliting_desk.actions."):
        loaded = importlib.import_module(module.name)
        for name, found in vars(loaded).items():
            if inspect.isfunction(found) and found.__module__ == module.name and not name.startswith("_"):
                takes = inspect.signature(found).parameters
                if next(iter(takes), "") == "store" and "today" in takes:
                    yield found


class Invention:
    """Values for an action's parameters, drawn from a seeded source and from what the file holds."""

    def __init__(self, store: Store, random: Random, *, today: date) -> None:
        self._store, self._random, self._today = store, random, today

    def values(self, action: Callable[..., Any]) -> dict[str, Any]:
        """Keyword arguments for the action, ``today`` apart. Raises NothingThere."""
        special = getattr(self, f"_for_{action.__name__}", None)
        if special is not None:
            return dict(special())
        hints = get_type_hints(action)
        found: dict[str, Any] = {}
        for name, parameter in inspect.signature(action).parameters.items():
            if name in {"store", "today"} or parameter.kind is parameter.VAR_KEYWORD:
                continue
            is_optional = parameter.default is not parameter.empty
            if is_optional and name != "reason" and not (name.endswith("_ids") and self._random.random() < 0.5):
                continue
            found[name] = self._value(action.__name__, name, hints[name])
        return found

    # -- values by name and kind

    def one(self, record: type[Any], **only: Any) -> Any:
        """A record of the file."""
        records = self._store.where(record, **only)
        if not records:
            raise NothingThere(record.__name__)
        return self._random.choice(records)

    def _value(self, action: str, name: str, hint: Any) -> Any:
        words = {"reason": REASON, "outcome": REASON, "notes": REASON, "what": REASON, "to": "本人", "owner": "何佩"}
        if hint is str:
            return words.get(name, f"{self._random.choice(NAMES)}{self._random.randrange(100)}")
        if hint is bool:
            return self._random.random() < 0.5
        if hint is date:
            return self._today + timedelta(days=self._random.randrange(15))
        if inspect.isclass(hint) and hint in RECORDS.values():
            return self._record(action, hint)
        if name.endswith("_ids"):
            kind = RECORDS[name.removesuffix("_ids")]
            return [each.id for each in self._some(kind)]
        if name.endswith("_id"):
            return self.one(RECORDS[name.removesuffix("_id")]).id
        if inspect.isclass(hint) and issubclass(hint, StrEnum):
            return self._random.choice(list(hint))
        raise AssertionError(f"no value for {action}({name}: {hint}); give the action values of its own")

    def _some(self, kind: type[Any]) -> list[Any]:
        records = self._store.all(kind)
        return self._random.sample(records, min(len(records), self._random.choice((1, 1, 1, 2, 3))))

    def _record(self, action: str, kind: type[Any]) -> Any:
        if action.startswith(("add_", "register_", "plan_", "begin_series")):
            return getattr(self, f"_new_{kind.__name__.lower()}")()
        record = self.one(kind)
        for field in ("name", "topic", "number", "notes"):
            if hasattr(record, field) and not (kind is Visit and field == "number"):
                return replace(record, **{field: f"{getattr(record, field)}{self._random.randrange(10)}"})
        return record

    def _name(self) -> str:
        return f"{self._random.choice(NAMES)}{self._random.randrange(1000)}"

    # -- new records

    def _new_servicecategory(self) -> ServiceCategory:
        return ServiceCategory(name=self._name(), unit="次", minutes=60)

    def _new_tag(self) -> Tag:
        return Tag(name=self._name()[:6])

    def _new_visitreason(self) -> VisitReason:
        return VisitReason(state=self._random.choice(sorted(FELL_THROUGH)), words=self._name())

    def _new_residentscommittee(self) -> ResidentsCommittee:
        return ResidentsCommittee(name=f"{self._name()}居民区")

    def _new_cadre(self) -> Cadre:
        return Cadre(committee_id=self.one(ResidentsCommittee).id, name=self._name())

    def _new_compound(self) -> Compound:
        return Compound(committee_id=self.one(ResidentsCommittee).id, name=f"{self._name()}苑")

    def _new_provider(self) -> Provider:
        skills = tuple(Skill(category_id=each.id) for each in self._some(ServiceCategory))
        kind = self._random.choice(list(ProviderKind))
        return Provider(kind=kind, name=self._name(), skills=skills, phones=(self._phone(),))

    def _new_trainingsession(self) -> TrainingSession:
        return TrainingSession(topic=self._name(), day=self._today + timedelta(days=self._random.randrange(9)))

    def _new_series(self) -> Series:
        elder_id, services = self.one(Elder).id, self._services()
        waiting = [need for need in self._store.where(Need, state=NeedState.OPEN) if need.rhythm is not Rhythm.ONCE]
        if waiting and self._random.random() < 0.5:
            need = self._random.choice(waiting)
            elder_id, services = need.elder_id, (ServiceLine(category_id=need.category_id, need_id=need.id),)
        return Series(
            elder_id=elder_id,
            services=services,
            provider_ids=(self.one(Provider).id,),
            starts=60 * self._random.randint(9, 15),
            minutes=60,
            interval=self._random.choice(list(Interval)),
            begins_on=self._today + timedelta(days=self._random.randrange(5)),
            count=self._random.randint(4, 40),
        )

    def _phone(self) -> Phone:
        return Phone(number=f"100{self._random.randrange(10**8):08d}")

    def _services(self) -> tuple[ServiceLine, ...]:
        return tuple(ServiceLine(category_id=each.id) for each in self._some(ServiceCategory))

    # -- actions whose values depend on one another

    def _elder_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "name": self._name(),
            "sex": self._random.choice(list(Sex)),
            "phones": (self._phone(),),
        }
        if compounds := self._store.all(Compound):
            fields |= {"compound_id": self._random.choice(compounds).id, "building": "12", "room": "301"}
        if tags := self._store.all(Tag):
            fields["tags"] = (self._random.choice(tags).name,)
        return fields

    def _for_register_elder(self) -> dict[str, Any]:
        return self._elder_fields()

    def _for_edit_elder(self) -> dict[str, Any]:
        changed = self._elder_fields()
        name = self._random.choice(list(changed))
        return {"elder_id": self.one(Elder).id, name: changed[name]}

    def _for_change_elder_state(self) -> dict[str, Any]:
        state = self._random.choice(list(ElderState))
        return {"elder_id": self.one(Elder).id, "state": state, "reason": REASON}

    def _for_record_consent(self) -> dict[str, Any]:
        return {"elder_id": self.one(Elder).id, "on": self._today - timedelta(days=self._random.randrange(9))}

    def _for_merge_elders(self) -> dict[str, Any]:
        kept, other = self.one(Elder).id, self.one(Elder).id
        if kept == other:
            raise NothingThere
        sides = merge_view(self._store, kept_id=kept, other_id=other).sides
        return {"kept_id": kept, "other_id": other, "sides": sides, "reason": REASON}

    def _for_merge_compounds(self) -> dict[str, Any]:
        kept, gone = self.one(Compound).id, self.one(Compound).id
        if kept == gone:
            raise NothingThere
        return {"kept_id": kept, "gone_id": gone}

    def _for_add_need(self) -> dict[str, Any]:
        rhythm = self._random.choice(list(Rhythm))
        return {"elder_id": self.one(Elder).id, "category_id": self.one(ServiceCategory).id, "rhythm": rhythm}

    def _for_edit_need(self) -> dict[str, Any]:
        return {"need_id": self.one(Need).id, "wishes": self._name()}

    def _for_add_certificate(self) -> dict[str, Any]:
        return {
            "provider_id": self.one(Provider).id,
            "kind": "空调清洗",
            "expires_on": self._today + timedelta(days=90),
        }

    def _for_renew_certificate(self) -> dict[str, Any]:
        held = self.one(Certificate)
        return {"certificate_id": held.id, "number": self._name(), "expires_on": self._today + timedelta(days=900)}

    def _for_claim_needs(self) -> dict[str, Any]:
        needs = self._some(Need)
        return {"choices": [Choice(need_id=n.id, provider_id=self.one(Provider).id, reason=REASON) for n in needs]}

    def _for_confirm_lines(self) -> dict[str, Any]:
        lasting = self._random.random() < 0.5
        return {
            "lines": [
                Confirmation(need_id=need.id, provider_id=self.one(Provider).id, lasting=lasting, reason=REASON)
                for need in self._some(Need)
            ]
        }

    def _for_change_for_good(self) -> dict[str, Any]:
        bond = self.one(Pairing, ended_on=None)
        need = self.one(Need, elder_id=bond.elder_id)
        provider_id = self.one(Provider).id
        return {
            "need_id": need.id,
            "provider_id": provider_id,
            "pairing_id": bond.id,
            "end_reason": REASON,
            "reason": REASON,
        }

    def _for_replace_provider(self) -> dict[str, Any]:
        bond = self.one(Pairing, ended_on=None)
        provider_id = self.one(Provider).id
        return {"pairing_id": bond.id, "provider_id": provider_id, "reason": REASON, "override_reason": REASON}

    def _for_change_settings(self) -> dict[str, Any]:
        return {"values": {"office_phone": self._phone().number, "claim_days": str(self._random.randint(1, 30))}}

    def _for_order_categories(self) -> dict[str, Any]:
        return {"category_ids": self._order(ServiceCategory)}

    def _for_order_tags(self) -> dict[str, Any]:
        return {"tag_ids": self._order(Tag)}

    def _for_order_reasons(self) -> dict[str, Any]:
        return {"visit_reason_ids": self._order(VisitReason)}

    def _for_edit_reason(self) -> dict[str, Any]:
        return {"visit_reason": replace(self.one(VisitReason), words=self._name())}

    def _order(self, kind: type[Any]) -> list[int]:
        ids = [each.id for each in self._store.all(kind)]
        self._random.shuffle(ids)
        return ids

    def _for_join_enterprise(self) -> dict[str, Any]:
        enterprise = self.one(Provider, kind=ProviderKind.ENTERPRISE)
        return {"provider_ids": [self.one(Provider).id], "enterprise_id": enterprise.id}

    def _for_pause_provider(self) -> dict[str, Any]:
        until = self._today + timedelta(days=self._random.randint(1, 9))
        for need in self._store.where(Need, state=NeedState.BOOKED):
            planned = planned_for(self._store, need_id=need.id, today=self._today)
            if len(planned) > 1 and need.rhythm is not Rhythm.ONCE and planned[0].provider_ids == (need.claimed_by,):
                return {
                    "provider_id": need.claimed_by,
                    "reason": REASON,
                    "until": until,
                    "leave_visit_ids": [planned[0].id],
                }
        return {"provider_id": self.one(Provider).id, "reason": REASON, "until": until}

    def _for_log_cards_print(self) -> dict[str, Any]:
        drafts = drafts_for(self._store, elder_ids=[each.id for each in self._some(Elder)])
        return {"drafts": drafts, "target": "x.pdf", "stock": "90x54", "start_slot": 0}

    def _for_print_forms(self) -> dict[str, Any]:
        visit = self.one(Visit, state=VisitState.PLANNED)
        return {"visit_ids": [visit.id], "target": "x.pdf", "deliver": bytes}

    def _for_print_list(self) -> dict[str, Any]:
        visits = [each.id for each in self._store.where(Visit, state=VisitState.PLANNED)]
        paper = self._random.choice([Paper.SLIPS, Paper.DAY_LIST, Paper.CADRE_LIST, Paper.REMINDERS])
        return {"paper": paper, "visit_ids": visits, "target": "x.pdf", "deliver": bytes}

    def _for_print_certificate(self) -> dict[str, Any]:
        provider_id = self.one(Provider).id
        first, last = self._today - timedelta(days=400), self._today
        if not hours_of(self._store, provider_id=provider_id, first=first, last=last).minutes:
            raise NothingThere
        certificate = hours_certificate_of(
            self._store, provider_id=provider_id, first=first, last=last, today=self._today
        )
        return {"certificate": certificate, "provider_id": provider_id, "target": "x.pdf", "deliver": bytes}

    def _for_print_sign_in(self) -> dict[str, Any]:
        return {"session_id": self.one(TrainingSession).id, "target": "x.pdf", "deliver": bytes}

    def _for_confirm_cards(self) -> dict[str, Any]:
        return self._settled("cards")

    def _for_confirm_forms(self) -> dict[str, Any]:
        return self._settled("forms")

    def _settled(self, kind: str) -> dict[str, Any]:
        batch = self.one(PrintBatch, kind=kind)
        spoilt = self._random.choice([(), batch.item_ids[:1], batch.item_ids])
        return {"batch_id": batch.id, "spoilt_ids": spoilt}

    def _booking(self) -> dict[str, Any]:
        return {
            "elder_id": self.one(Elder).id,
            "services": self._services(),
            "provider_ids": (self.one(Provider).id,),
            "day": self._today + timedelta(days=self._random.randrange(20)),
            "starts": 60 * self._random.randint(9, 15),
            "reason": REASON,
            "awaits_answer": True,
        }

    _for_book_visit = _for_book_by_phone = _booking

    def _for_save_booking(self) -> dict[str, Any]:
        visit = self.one(Visit, state=VisitState.PLANNED)
        draft = replace(visit, id=0, starts=60 * self._random.randint(9, 15))
        return {"visit": draft, "reason": REASON}

    def _for_move_visit(self) -> dict[str, Any]:
        asked = self._booking()
        return {"visit_id": self.one(Visit).id, "day": asked["day"], "starts": asked["starts"], "reason": REASON}

    def _for_change_visit(self) -> dict[str, Any]:
        return {"visit_id": self.one(Visit).id, "provider_ids": (self.one(Provider).id,), "reason": REASON}

    def _outcome(self, visit: Visit) -> Outcome:
        leads = self.one(Cadre).id
        minutes = self._random.randint(10, 90)
        return Outcome(visit_id=visit.id, on_site_minutes=minutes, cadre_id=leads, led_in=True, signed=True)

    def _for_finish_visit(self) -> dict[str, Any]:
        return {"outcome": self._outcome(self.one(Visit))}

    _for_correct_visit = _for_finish_visit

    def _for_finish_visits(self) -> dict[str, Any]:
        return {"outcomes": [self._outcome(visit) for visit in self._some(Visit)]}

    def _for_record_visits(self) -> dict[str, Any]:
        done, fell = [], []
        for visit in self._some(Visit):
            if self._random.random() < 0.5:
                done.append(self._outcome(visit))
            else:
                state = self._random.choice([VisitState.NOT_HOME, VisitState.NO_SHOW])
                fell.append(FellThrough(visit_id=visit.id, state=state, reason=REASON))
        return {"done": done, "fell": fell}

    def _for_enter_feedback(self) -> dict[str, Any]:
        lines = board(self._store, today=self._today)
        if not lines:
            raise NothingThere("board")
        return self._typed(self._random.choice(lines).visit_id)

    def _for_correct_feedback(self) -> dict[str, Any]:
        known = self.one(Feedback)
        typed = self._typed(known.visit_id)["feedback"]
        return {"feedback": replace(typed, id=known.id, need_ids=known.need_ids)}

    def _typed(self, visit_id: int) -> dict[str, Any]:
        wishes = tuple(each.id for each in self._some(ServiceCategory))
        score = self._random.randint(1, 5)
        typed = Feedback(visit_id=visit_id, overall=score, wishes=wishes, words=self._name(), entered_on=self._today)
        return {"feedback": typed}

    def _for_log_call(self) -> dict[str, Any]:
        outcome = self._random.choice(list(CallOutcome))
        return {"elder_id": self.one(Elder).id, "outcome": outcome, "notes": REASON}

    def _for_open_for_visit(self) -> dict[str, Any]:
        return {"visit": self.one(Visit), "cause": self._random.choice(list(Cause)), "what": REASON}

    def _for_change_series(self) -> dict[str, Any]:
        series = self.one(Series)
        starts = 60 * self._random.randint(9, 15)
        provider_ids = (self.one(Provider).id,)
        fixed = {"minutes": 45, "cadre_id": None, "reason": REASON}
        return {"series_id": series.id, "provider_ids": provider_ids, "starts": starts} | fixed

    def _for_move_series(self) -> dict[str, Any]:
        visit = self.one(Visit, state=VisitState.PLANNED)
        day = self._today + timedelta(days=self._random.randrange(1, 20))
        fixed = {"starts": 60 * self._random.randint(9, 15), "reason": REASON}
        return {"series_id": self.one(Series).id, "since": visit.day, "day": day} | fixed

    def _for_add_holidays(self) -> dict[str, Any]:
        day = self._today + timedelta(days=self._random.randrange(300))
        return {"new": [Holiday(day=day, name="假日")]}

    def _for_call_roll(self) -> dict[str, Any]:
        session = self.one(TrainingSession)
        invited = self._store.where(Attendance, session_id=session.id)
        came = {each.provider_id: self._random.choice(list(Presence)) for each in invited}
        return {"session_id": session.id, "presences": came}

    def _for_export_person(self) -> dict[str, Any]:
        return {"elder_id": self.one(Elder).id, "path": Path("x.xlsx")}

"""结对匹配 from a shell: who could meet one need, or the plan for all of them."""

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jiuliting_desk.actions import matching
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_lists import claim_lines, lapsing
from jiuliting_desk.actions.matching_report import plan_report, ranking_report
from jiuliting_desk.actions.pairings import lapse_claims
from jiuliting_desk.cli_files import reading
from jiuliting_desk.cli_words import ended_by_hand
from jiuliting_desk.model.errors import NotThere
from jiuliting_desk.model.months import amid, first_chance
from jiuliting_desk.store.matching_rows import Scope, count_waiting

WHO = "命令行"


def run_match(
    case: Path,
    *,
    today: date,
    month: date | None = None,
    need_id: int | None = None,
    seconds: float | None = None,
    as_json: bool = False,
) -> int:
    """Print the candidates for a need, or else the plan; ``month`` is by default the one to be planned.

    Nothing is written, so that it works beside an open window too; claims whose days are over count as lapsed, which
    they do once the window is opened. Raises NotThere where the need is not one that waits.
    """
    with reading(case, who=WHO) as store, store.supposing("lapse_claims"):
        lapse_claims(store, today=today)
        one = None if need_id is None else frozenset({need_id})
        scope = Scope(most=matching.most_at_once(store)) if one is None else Scope(most=0, besides=one)
        inputs = matching.read_inputs(store, today=today, month=month, scope=scope)
        waiting = count_waiting(store, today=first_chance(inputs.month, today=today), days=inputs.days)
        claims = lapsing(store, claim_lines(store, today=today))
    if need_id is not None:
        if need_id not in inputs.needs:
            raise NotThere(kind="need", record_id=need_id)
        report = ranking_report(inputs, need_id)
        tell = partial(_print_ranking, inputs, report)
    else:
        with ended_by_hand() as is_ended:
            found = matching.propose_plan(inputs, seconds=seconds, stop=is_ended)
        report = plan_report(inputs, found, waiting=waiting, claims=claims)
        tell = partial(_print_plan, inputs, report, seconds=found.seconds)
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        tell()
    return 0


def _when(inputs: Inputs) -> str:
    """按本月的时间排, 按 12 月的时间排."""
    return f"按{amid(inputs.situation.month_name)}的时间排"


def _print_ranking(inputs: Inputs, report: dict[str, Any]) -> None:
    for found in report["candidates"]:
        print(found["name"], found["quality"], "、".join(reason["text"] for reason in found["reasons"]), sep="\t")
    for found in report["excluded"]:
        print(found["name"], "不合适", "；".join(found["texts"]), sep="\t")
    print(_when(inputs))


def _what(line: dict[str, Any]) -> str:
    """理发, or 理发（2026-03-25） where it is for that day only."""
    day = "" if line["only_on"] is None else f"（{line['only_on']}）"
    return f"{line['category']}{day}"


def _print_plan(inputs: Inputs, report: dict[str, Any], *, seconds: float) -> None:
    for line in report["lines"]:
        print(line["need"], line["elder"], _what(line), line["name"], "、".join(line["reasons"]), sep="\t")
    for line in report["unserved"]:
        said = "排不进" if line["has_candidates"] else "没人能去"
        print(line["need"], line["elder"], _what(line), said, line["text"], sep="\t")
    levels, bound, standing = report["levels"], report["bound"], report["standing"]
    served, most = (standing["served"] + found["served"] for found in (levels, bound))
    worth = f"急需程度合计 {served}（最多 {most}），新排的合适程度 {levels['quality']:.0f}"
    print(f"{_when(inputs)}：{worth}，{seconds:.3f} 秒")
    if report["left_out"]:
        laid_out = report["waiting"] - report["left_out"]
        told = f"等着的 {report['waiting']} 条太多，只排了最急的、等得最久的 {laid_out} 条"
        print(f"{told}，其余 {report['left_out']} 条这次没排。")
    if report["unexplained"]:
        print(f"没人去的另外还有 {len(report['unexplained'])} 条，没有一条条写原因。")

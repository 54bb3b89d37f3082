"""A round begins: a file of rules, with every fault of it told; what it says is then read, sealed and signed."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.prepared import Line
from portal.acts.preparing import Draftsman, Title
from portal.acts.telling import tell_refused
from portal.faults import Fault
from portal.pages.rounds.files import LARGEST, read_file
from portal.routing import show, take, text_of
from portal.visit import Visit
from portal.wording.rounds.opening import WORDS
from selection.kernel.actor import Role
from selection.kernel.day_clock import start_of_day
from selection.kernel.instants import format_deadline, show_instant
from selection.kernel.named import Named
from selection.refusals.refused import Refused
from selection.register.units_in_forms import judge_recommenders, list_recommending_units
from selection.rules.loading import RoundRules, RulesFault, RulesFaults, rules_hash
from selection.rules.terms import get_sealed_deadlines
from selection.sealing import load_rules
from selection.streams import round_stream
from selection.wording.code_names import DEADLINES
from selection.wording.round_words import words_of
from starter.rounds.opening import open_by

PATH = "/open-round"
ROUND = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", re.ASCII)


async def show_opening(visit: Visit) -> Response:
    """Show the form to officers and administrators of the register."""
    _require_opener(visit)
    return _show(visit, "", [])


async def take_rules(visit: Visit, form: FormData) -> Response:
    """Read a file of rules: show every fault of it, or what it says, to be sealed and signed."""
    _require_opener(visit)
    round_id, text = text_of(form, "round"), await read_file(form, "rules")
    faults = []
    if not ROUND.match(round_id):
        faults.append(("round", visit.say("opening.no-name")))
    if text is None:
        faults.append(("rules", visit.say("opening.no-file")))
    if text is None or faults:
        return _show(visit, round_id, faults)
    try:
        rules = load_rules(text)
    except RulesFaults as found:
        several = visit.say("opening.faulty", count=len(found.faults))
        return _show(visit, round_id, [("rules", several)], found.faults)
    try:
        return await _prepare(visit, round_id, rules)
    except Refused as refused:
        sentence = await tell_refused(visit, round_stream(round_id), refused, words_of(rules).zone)
        return _show(visit, round_id, [("rules", sentence)])


async def _prepare(visit: Visit, round_id: str, rules: RoundRules) -> Response:
    command, role = open_by(rules, visit.subject.person)
    lines = [*tell_rules(rules), *await _warn(visit, rules)]
    about = Title(rules.title.en, rules.title.zh)
    draftsman = Draftsman(visit, round_stream(round_id), role)
    return await draftsman.show(command, tuple(lines), about=about, back=PATH)


def tell_rules(rules: RoundRules) -> list[Line]:
    """Return what rules say, as far as somebody who seals them looks for it, and the hash of all of it."""
    zone = words_of(rules).zone
    opens = start_of_day(rules.clock, rules.calendar.call)
    deadlines = sorted(get_sealed_deadlines(rules).items(), key=lambda item: item[1])

    def times(language: str) -> str:
        at = language == "zh"
        lines = [f"{WORDS['opens'][at]} {show_instant(opens, language, zone)}"]
        lines += [
            f"{DEADLINES[name][at]} {format_deadline(until, language, zone)}" for name, until in deadlines
        ]
        return "\n".join(lines)

    counts = [f"{level.needed}/{len(level.approvers)}" for level in rules.approval]
    levels = list(zip(rules.approval, counts, strict=True))
    return [
        _line("places", str(rules.places)),
        _line("rehearsal", *WORDS["yes" if rules.is_rehearsal else "no"]),
        _line("zone", rules.clock.zone),
        _line("times", times("en"), times("zh")),
        _line("fields", *_names(rules.fields)),
        _line("regions", str(len(rules.regions))),
        _line("recommenders", str(len(rules.recommenders))),
        _line("criteria", *_names(rules.criteria)),
        _name_staff("officers", rules.staff.officers),
        _name_staff("supervisors", rules.staff.supervisors),
        _line(
            "levels",
            "; ".join(f"{level.en} ({count})" for level, count in levels),
            "；".join(f"{level.zh}（{count}）" for level, count in levels),
        ),
        _line("hash", rules_hash(rules)),
    ]


def _line(word: str, english: str, chinese: str = "") -> Line:
    en, zh = WORDS[word]
    return Line(en=en, zh=zh, value_en=english, value_zh=chinese or english, long="\n" in english)


def _name_staff(word: str, people: tuple[str, ...]) -> Line:
    return Line.of_text(*WORDS[word], "\n".join(people)).with_(people=people)


def _names(named: Sequence[Named]) -> tuple[str, str]:
    return "; ".join(item.en for item in named), "；".join(item.zh for item in named)


async def _warn(visit: Visit, rules: RoundRules) -> list[Line]:
    """Return which recommending units the register lacks or calls otherwise; nothing is refused for it."""
    codes = list_recommending_units(rules)
    known = await visit.reads.units.find(visit.subject, sorted(codes)) if codes else {}
    found = judge_recommenders(rules, known)
    if not found:
        return []
    en, zh = (
        "\n".join(f"{code}: {fault.sentence(language)}" for code, fault in found) for language in ("en", "zh")
    )
    return [_line("warnings", en, zh)]


def _show(
    visit: Visit, round_id: str, faults: list[tuple[str, str]], found: Sequence[RulesFault] = ()
) -> Response:
    language: Literal["en", "zh"] = "zh" if visit.language == "zh" else "en"
    sentences = [{"line": item.line, "path": item.path, "text": item.sentence(language)} for item in found]
    context: dict[str, Any] = {"round": round_id, "faults": faults, "wrong": dict(faults), "found": sentences}
    return visit.render("rounds/opening.html", context, status=422 if faults else 200)


def _require_opener(visit: Visit) -> None:
    if not visit.holds(Role.OFFICER, Role.ADMIN):
        raise Fault("hidden", 404)


ROUTES = (show(PATH, show_opening), take(PATH, take_rules, largest=LARGEST, files=1))

"""What rules say that are about to be sealed, where both who sign them read it."""

from collections.abc import Sequence

from portal.acts.prepared import Line
from portal.visit import Visit
from portal.wording.rounds.opening import WORDS
from selection.forms.one_text import application_form
from selection.kernel.day_clock import start_of_day
from selection.kernel.instants import format_deadline, show_instant
from selection.kernel.named import Named
from selection.register.units_in_forms import judge_recommenders, list_recommending_units
from selection.rules.holders import STAFF
from selection.rules.loading import RoundRules, rules_hash
from selection.rules.terms import get_sealed_deadlines
from selection.wording.code_names import DEADLINES
from selection.wording.round_words import words_of


async def tell_rules(visit: Visit, rules: RoundRules) -> tuple[Line, ...]:
    """Return what rules say, as far as somebody who seals them looks for it, the hash of all of it, and warnings."""
    return (*_list_lines(rules), *await _warn(visit, rules))


def _list_lines(rules: RoundRules) -> list[Line]:
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
        _line("kept", *_name_kept(rules)),
        *(_name_people(WORDS[post], getattr(rules.staff, post)) for post in STAFF),
        *(_name_people((level.en, level.zh), level.approvers) for level in rules.approval),
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


def _name_people(post: tuple[str, str], people: tuple[str, ...]) -> Line:
    return Line.of_text(*post, "\n".join(people)).with_(people=people)


def _names(named: Sequence[Named]) -> tuple[str, str]:
    return "; ".join(item.en for item in named), "；".join(item.zh for item in named)


def _name_kept(rules: RoundRules) -> tuple[str, str]:
    """Return the questions whose answers stay in mending; that there are none is said as well."""
    kept = application_form(rules.forms).kept
    named = "; ".join(item.en for item in kept), "；".join(item.zh for item in kept)
    return named if kept else WORDS["none-kept"]


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

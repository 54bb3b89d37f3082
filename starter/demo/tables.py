"""The end of the demo: the list, its coverage beside the first batch's, and how to look further."""

from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table

from papers.kinds import Language
from selection.rules.loading import RoundRules
from starter.demo.example import Example, FirstBatch, line_of
from starter.demo.sayings import COLUMNS, WORDS, say
from starter.demo.summary import Result, Summary


def show_list(console: Console, language: str, summary: Summary, rules: RoundRules) -> None:
    """Print what is listed by place, with as many columns as the rules have use for."""
    columns = {
        "place": True,
        "application": True,
        "rank": True,
        "score": True,
        "agreed": rules.stages.appraisal,
        "centre": True,
        "field": True,
        "region": True,
        "priority": bool(rules.priorities),
        "reason": True,
    }
    shown = [key for key, is_shown in columns.items() if is_shown]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    for key in shown:
        if key in ("place", "application", "rank", "score", "agreed"):
            table.add_column(_column(key, language), justify="right", no_wrap=True)
        else:
            table.add_column(_column(key, language), overflow="fold")
    for item in summary.centres:
        cells = _cells(item, rules, language)
        table.add_row(*(cells[key] for key in shown))
    console.print(table)


def _cells(item: Result, rules: RoundRules, language: str) -> dict[str, str]:
    lang: Language = "zh" if language == "zh" else "en"
    return {
        "place": str(item.place),
        "application": item.number,
        "rank": str(item.rank),
        "score": str(item.score),
        "agreed": str(item.agreed),
        "centre": f"{item.centre.get(lang)}\n{item.host.get(lang)}",
        "field": _get_name(rules, "fields", item.field, language),
        "region": _get_name(rules, "regions", item.region, language),
        "priority": _get_name(rules, "priorities", item.priority, language) if item.priority else "",
        "reason": line_of(item.reason or "", language),
    }


def show_coverage(console: Console, language: str, summary: Summary, example: Example) -> None:
    """Print fields and regions of this list, beside those of an earlier batch where the example has one."""
    rules, first = example.rules, example.first_batch
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    if first:
        table.add_column(_column("first", language), overflow="fold")
    table.add_column(_column("second", language), overflow="fold")
    for key, earlier, now in (
        ("", _count_first(first, language), example.rehearsal.called.count(len(summary.centres), language)),
        ("field", _first_fields(first, language), _spread(rules, "field", summary, language)),
        ("region", _first_regions(rules, first, language), _spread(rules, "region", summary, language)),
    ):
        label = _column(key, language) if key else ""
        table.add_row(label, *([earlier] if first else []), now)
    console.print(table)


def _count_first(first: FirstBatch | None, language: str) -> str:
    return say(WORDS, "centres", language, approved=first.approved, accepted=first.accepted) if first else ""


def _first_fields(first: FirstBatch | None, language: str) -> str:
    names = [item["zh" if language == "zh" else "en"] for item in first.fields] if first else []
    return _join_counted(names, language)


def _first_regions(rules: RoundRules, first: FirstBatch | None, language: str) -> str:
    codes = first.regions if first else ()
    return _join_counted([_get_name(rules, "regions", code, language) for code in codes], language)


def _join_counted(names: list[str], language: str) -> str:
    return f"{len(names)}: " + ("、" if language == "zh" else ", ").join(names)


def _spread(rules: RoundRules, of: Literal["field", "region"], summary: Summary, language: str) -> str:
    section = f"{of}s"
    codes = [str(getattr(item, of)) for item in summary.centres]
    known = [item.code for item in getattr(rules, section)]
    names = [
        _get_name(rules, section, code, language)
        + (f" ({codes.count(code)})" if codes.count(code) > 1 else "")
        for code in sorted(set(codes), key=known.index)
    ]
    return _join_counted(names, language)


def _get_name(rules: RoundRules, section: str, code: str, language: str) -> str:
    named = next(item for item in getattr(rules, section) if item.code == code)
    return str(named.zh if language == "zh" else named.en)


def _column(key: str, language: str) -> str:
    return COLUMNS[key][language == "zh"]

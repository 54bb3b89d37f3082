"""The end of the demo: the list, its coverage beside the first batch's, and how to look further."""

from rich import box
from rich.console import Console
from rich.table import Table

from selection.rules.loading import RoundRules
from starter.demo.example import Example
from starter.demo.portfolio import line_of
from starter.demo.sayings import COLUMNS, WORDS, say
from starter.demo.summary import Summary


def show_list(console: Console, language: str, summary: Summary, rules: RoundRules) -> None:
    """Print the centres by place."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    for key in ("place", "application", "rank", "score", "agreed"):
        table.add_column(_column(key, language), justify="right", no_wrap=True)
    for key in ("field", "region", "priority", "reason"):
        table.add_column(_column(key, language), overflow="fold")
    for item in summary.listed:
        table.add_row(
            str(item.place),
            item.number,
            str(item.rank),
            str(item.score),
            str(item.agreed),
            _get_name(rules, "fields", item.field, language),
            _get_name(rules, "regions", item.region, language),
            _get_name(rules, "priorities", item.priority, language),
            line_of(item.reason or "", language),
        )
    console.print(table)


def show_coverage(console: Console, language: str, summary: Summary, example: Example) -> None:
    """Print fields and regions of the first batch, as published, beside those of this list."""
    rules, first = example.rules, example.first_batch
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    table.add_column(_column("first", language), overflow="fold")
    table.add_column(_column("second", language), overflow="fold")
    table.add_row(
        "",
        say(WORDS, "centres", language, approved=first.approved, accepted=first.accepted),
        say(WORDS, "listed centres", language, count=len(summary.listed)),
    )
    fields = [item["zh" if language == "zh" else "en"] for item in first.fields]
    table.add_row(
        _column("field", language),
        _join_counted(fields, language),
        _join_counted(_spread(rules, "fields", [item.field for item in summary.listed], language), language),
    )
    regions = [_get_name(rules, "regions", code, language) for code in first.regions]
    table.add_row(
        _column("region", language),
        _join_counted(regions, language),
        _join_counted(
            _spread(rules, "regions", [item.region for item in summary.listed], language), language
        ),
    )
    console.print(table)


def _join_counted(names: list[str], language: str) -> str:
    return f"{len(names)}: " + ("、" if language == "zh" else ", ").join(names)


def _spread(rules: RoundRules, section: str, codes: list[str], language: str) -> list[str]:
    known = [item.code for item in getattr(rules, section)]
    present = sorted(set(codes), key=known.index)
    return [
        _get_name(rules, section, code, language)
        + (f" ({codes.count(code)})" if codes.count(code) > 1 else "")
        for code in present
    ]


def _get_name(rules: RoundRules, section: str, code: str, language: str) -> str:
    named = next(item for item in getattr(rules, section) if item.code == code)
    return str(named.zh if language == "zh" else named.en)


def _column(key: str, language: str) -> str:
    return COLUMNS[key][language == "zh"]

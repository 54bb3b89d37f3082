"""Shows a simulation on the terminal: tables with a small chart in each line."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from audit.what_if import sentences as s
from audit.what_if.charts import arrow, share
from audit.what_if.drawing import MARK
from audit.what_if.report import ApplicationMove, Spread, Stability, SweepRun, WhatIf, least_like
from starter.cli.output import Output

STRIP = 27
"""Columns of a chart at most; of more ranks several share one."""
BESIDE = 71
"""Columns that the rest of a line takes."""
SHOWN_RUNS = 8
LEGEND = ("○ recorded  ● simulated  │ the simulated cut", "○ 记录  ● 模拟  │ 模拟入围线")
DECIDED = (
    "* added to the shortlist or removed from it by officers, with a reason: carried over",
    "* 由经办人员附理由增补或移出：沿用",
)


def show(out: Output, report: WhatIf) -> None:
    """Show everything; in JSON the report as it is, marked as a simulation too."""
    if out.as_json:
        out.document = report.model_dump(mode="json")
        return
    out.console.print(Text(f"{MARK}  {report.title[out.lang]}", "bold red"))
    out.say(report.notice["en"], report.notice["zh"])
    if report.rehearsal:
        out.say(*s.REHEARSAL)
    if not report.is_unchanged:
        _title(out, "assumed")
        rows = (
            (s.place(item, report, out.lang), item.before, s.say_assumed(item, out.lang))
            for item in report.changes
        )
        _print(out, ("place", "sealed", "assumed"), rows)
        _title(out, "moves")
        _moves(out, report)
    _title(out, "stability")
    _stability(out, report)
    _reviewers(out, report.stability[0])
    _title(out, "came_of_it")
    for english, zh in s.results(report):
        out.say(f"• {english}", f"• {zh}")
    _title(out, "basis")
    for english, zh in s.limits(report):
        out.say(f"• {english}", f"• {zh}")
    out.console.print(Text(MARK, "bold red"))


def strip(
    total: int, cut: int, first: int | None, last: int | None, marks: dict[int, str], room: int = STRIP
) -> str:
    """Return ranks as a line of characters: a bar from `first` to `last`, marks on it, and where the cut is."""
    width = min(room, total)

    # Several ranks may share a column, but never one within the cut with one beyond it.
    inside = width if cut >= total else min(width - 1, max(1, width * cut // total))

    def column(rank: int) -> int:
        if rank <= cut:
            return (rank - 1) * inside // min(cut, total)
        return inside + (rank - cut - 1) * (width - inside) // (total - cut)

    drawn = ["·"] * width
    if first is not None and last is not None:
        low, high = sorted((column(first), column(last)))
        drawn[low : high + 1] = "─" * (high - low + 1)
    for rank, mark in marks.items():
        drawn[column(rank)] = mark
    if cut < total:
        drawn.insert(inside, "│")
    return "".join(drawn)


def _room(out: Output) -> int:
    return max(6, min(STRIP, out.console.width - BESIDE))


def _moves(out: Output, report: WhatIf) -> None:
    columns = (
        "application",
        "before",
        "after",
        "moved",
        "score",
        "score_after",
        "shortlist",
        "list",
        "chart",
    )
    table = _table(out, columns)
    for item in report.applications:
        after = item.simulated
        ends = {item.recorded.rank or 1: "○", **({after.rank: "●"} if after.rank else {})}
        table.add_row(
            item.application,
            str(item.recorded.rank),
            str(after.rank or "–"),
            Text(arrow(item), _colour(item)),
            str(item.recorded.score),
            "–" if after.score is None else str(after.score),
            Text(_shortlist(out, item), "bold" if _crosses(item) else ""),
            _list(out, item),
            strip(len(report.applications), report.cut[1], item.recorded.rank, after.rank, ends, _room(out)),
        )
    out.console.print(table)
    out.console.print(Text(LEGEND[out.lang == "zh"], "dim"))
    if any(item.decided for item in report.applications):
        out.console.print(Text(DECIDED[out.lang == "zh"], "dim"))


def _colour(item: ApplicationMove) -> str:
    lost = item.moved is None or item.moved < 0
    return "red" if lost else "green" if item.moved else ""


def _crosses(item: ApplicationMove) -> bool:
    return item.recorded.shortlisted != item.simulated.shortlisted


def _shortlist(out: Output, item: ApplicationMove) -> str:
    chinese = out.lang == "zh"
    before, after = (
        s.IN[chinese] if found else s.OUT[chinese]
        for found in (item.recorded.shortlisted, item.simulated.shortlisted)
    )
    marks = before if before == after else f"{before} → {after}"
    return f"{marks}*" if item.decided else marks


def _list(out: Output, item: ApplicationMove) -> str:
    if item.place is not None:
        return str(item.place)
    return s.PROPOSED[out.lang == "zh"] if item.proposed else "–"


def _stability(out: Output, report: WhatIf) -> None:
    names = ("application", "margin", "to_places")
    table = _table(out, names)
    chinese = out.lang == "zh"
    for part in report.stability:
        heading = ("–1 rev.", "去一评审") if part.kind == "reviewers" else ("weights", "权重浮动")
        table.add_column(f"{heading[chinese]}\n{s.COLUMNS['ranks'][chinese]}", justify="right")
        table.add_column(f"\n{s.COLUMNS['within'][chinese]}", justify="right")
    table.add_column(f"\n{s.COLUMNS['chart'][chinese]}", no_wrap=True)
    margins = {item.application: item for item in report.applications}
    total = len(report.stability[0].spreads)
    for spreads in zip(*(part.spreads for part in report.stability), strict=True):
        item = margins[spreads[0].application]
        cells = [
            cell
            for part, found in zip(report.stability, spreads, strict=True)
            for cell in _spread(part, found)
        ]
        rank = item.simulated.rank or 1
        low = min((found.best for found in spreads if found.best), default=None)
        high = max((found.worst for found in spreads if found.worst), default=None)
        drawn = strip(total, report.cut[1], low, high, {rank: "●"}, _room(out))
        table.add_row(item.application, _points(item.margin), _points(item.margin_to_places), *cells, drawn)
    out.console.print(table)


def _spread(part: Stability, item: Spread) -> tuple[str, str]:
    if item.best is None:
        return "–", "–"
    ranks = str(item.best) if item.best == item.worst else f"{item.best}–{item.worst}"
    return ranks, share(part, item.within)


def _points(value: object) -> str:
    return "–" if value is None else f"{value:+}"


def _reviewers(out: Output, part: Stability) -> None:
    changing = [run for run in part.each if run.came or run.left or run.unscored]
    changing.sort(key=lambda run: (least_like(run), run.name))
    if changing:
        names = ("reviewer", "reviewed", "similarity", "came", "left", "unscored")
        _print(out, names, (_run(run) for run in changing[:SHOWN_RUNS]))


def _run(run: SweepRun) -> tuple[str, ...]:
    lists = (", ".join(numbers) or "–" for numbers in (run.came, run.left, run.unscored))
    return run.name, str(run.reviewed), "–" if run.likeness is None else str(run.likeness), *lists


def _title(out: Output, name: str) -> None:
    out.console.print(Text(f"\n{s.HEADINGS[name][out.lang == 'zh']}", "bold"))


def _table(out: Output, columns: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in columns:
        right = name not in ("application", "shortlist", "list", "chart", "reviewer", "place", "came", "left")
        whole = name not in ("place", "margin", "to_places", "came", "left", "unscored")
        heading = s.COLUMNS[name][out.lang == "zh"]
        table.add_column(heading, justify="right" if right else "left", no_wrap=whole, overflow="fold")
    return table


def _print(out: Output, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = _table(out, columns)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out.console.print(table)

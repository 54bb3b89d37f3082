"""The two charts: who gains and who loses, and in which ranks each application came in when shaken."""

from collections.abc import Mapping, Sequence

from audit.what_if.drawing import GAIN, INK, LINE, LOSS, MARK, SOFT, WIDTH, Drawing, Number
from audit.what_if.report import ApplicationMove, Spread, Stability, WhatIf

LIMIT = 60
"""Rows of a chart; of a larger round those around the cut are drawn."""
BELOW_CUT = 20
ROW = 17
SHARES = (650, WIDTH)
TOP = 66
LEFT, RIGHT = 190, 540
BEFORE = (LEFT - 80, LEFT - 28, LEFT)
AFTER = (RIGHT, RIGHT + 28, RIGHT + 72, RIGHT + 118)
"""Where the columns of either side stand: number, score and rank; rank, number, score and move."""
GREY = "#8a8a8a"


def charts(report: WhatIf) -> list[Drawing]:
    """Return both; where nothing was assumed otherwise nobody moves, and there is one."""
    return [spreads(report)] if report.is_unchanged else [moves(report), spreads(report)]


class Rows:
    """Which places of an order are drawn, and at what height; what lies beyond is drawn at the edge."""

    def __init__(self, total: int, cut: int) -> None:
        self.last = total if total <= LIMIT else min(total, max(LIMIT, cut + BELOW_CUT))
        self.first = max(1, self.last - LIMIT + 1)

    @property
    def bottom(self) -> Number:
        """The height below the last row."""
        return TOP + (self.last - self.first + 1.6) * ROW

    def __contains__(self, place: Number) -> bool:
        return self.first <= place <= self.last

    def height(self, place: Number) -> Number:
        """Return the height of a place, from 1; half places lie between rows."""
        within = min(max(place, self.first - 0.8), self.last + 0.8)
        return TOP + (within - self.first + 0.5) * ROW


def moves(report: WhatIf) -> Drawing:
    """Return the lines from recorded to simulated ranks, with the cuts."""
    after = _place_simulated(report.applications)
    rows = Rows(len(report.applications), max(report.cut))
    drawing = Drawing(rows.bottom + 44, "名次变化 ranks: recorded, simulated")
    _head(drawing, "名次变化：谁升谁降", "who gains and who loses")
    drawing.text(LEFT, TOP - 10, "记录 recorded", colour=SOFT, anchor="end")
    drawing.text(RIGHT, TOP - 10, "模拟 simulated", colour=SOFT)
    for label, (before, now), dashes in (
        ("入围线 shortlist", report.cut, "7 4"),
        ("名额线 places", report.places, "2 4"),
    ):
        _draw_cut(drawing, rows, label, before, now, dashes)
    unmoved_first = sorted(enumerate(report.applications, 1), key=lambda found: bool(found[1].moved))
    for place, item in unmoved_first:
        if place in rows or after[item.application] in rows:
            _move(drawing, rows, item, place, after[item.application])
    _foot(drawing, rows, len(report.applications))
    return drawing


def spreads(report: WhatIf) -> Drawing:
    """Return for each application the ranks that it came in at over the runs of each sweep."""
    order = [item.application for item in report.stability[0].spreads]
    rows = Rows(len(order), report.cut[1])
    drawn = order[rows.first - 1 : rows.last]
    found = [{item.application: item for item in part.spreads} for part in report.stability]
    worst = max((part[name].worst or 1 for part in found for name in drawn), default=1)
    scale = (RIGHT - 110) / max(1, worst - 1)
    drawing = Drawing(rows.bottom + 44, "名次区间 ranges of ranks")
    _head(drawing, "稳定性：各次重算的名次区间", "how stable: the ranks over all runs")
    _axes(drawing, report, rows, worst, scale)
    for row, name in enumerate(drawn):
        y = rows.height(rows.first + row)
        drawing.text(100, y, name, anchor="end")
        drawing.line([(110, y), (RIGHT, y)], "#f0f0f0")
        for part, (colour, width) in zip(found, ((GREY, 7), (INK, 2)), strict=False):
            _interval(drawing, part[name], y, scale, colour, width)
        place = rows.first + row
        drawing.dot(110 + (place - 1) * scale, y, LOSS if place > report.cut[1] else GAIN, 3.5)
        _shares(drawing, report.stability, [part[name] for part in found], y)
    _foot(drawing, rows, len(order))
    return drawing


def share(part: Stability, count: int) -> str:
    """Return in how many of the runs, in percent, cut and never rounded up to all."""
    return f"{100 * count // part.runs} %" if part.runs else "-"


def _head(drawing: Drawing, chinese: str, english: str) -> None:
    drawing.text(0, 12, f"{chinese}  {english}", size=14, bold=True)
    drawing.text(WIDTH, 12, MARK, size=14, colour=LOSS, anchor="end", bold=True)


def _foot(drawing: Drawing, rows: Rows, total: int) -> None:
    if rows.last - rows.first + 1 < total:
        drawn = f"{rows.first}-{rows.last}"
        text = f"共 {total} 项，仅绘第 {drawn} 名。 Drawn are ranks {drawn} of {total}."
        drawing.text(WIDTH, rows.bottom + 26, text, colour=SOFT, anchor="end")


def _place_simulated(items: Sequence[ApplicationMove]) -> Mapping[str, int]:
    # Those without a score come last, in their recorded order.
    order = sorted(items, key=lambda item: (item.simulated.rank is None, item.simulated.rank or 0))
    return {item.application: place for place, item in enumerate(order, 1)}


def _draw_cut(drawing: Drawing, rows: Rows, label: str, before: int, now: int, dashes: str) -> None:
    first, last = rows.height(before + 0.5), rows.height(now + 0.5)
    ends = [(30, first), (LEFT + 10, first), (RIGHT - 10, last), (WIDTH, last)]
    drawing.line(ends, SOFT, 1.2, dashes)
    drawing.text(WIDTH, last - 7, label, colour=SOFT, size=10, anchor="end")


def _move(drawing: Drawing, rows: Rows, item: ApplicationMove, before: int, now: int) -> None:
    crosses = item.recorded.shortlisted != item.simulated.shortlisted
    lost = item.simulated.rank is None or (item.moved or 0) < 0
    colour = LOSS if lost else GAIN if item.moved else GREY
    y, to = rows.height(before), rows.height(now)
    width = 3 if crosses else 1.8 if item.moved else 1
    drawing.line([(LEFT + 10, y), (RIGHT - 10, to)], colour, width, "5 3" if lost else "")
    drawing.dot(LEFT + 10, y, colour)
    drawing.dot(RIGHT - 10, to, colour)
    if before in rows:
        for x, label in zip(BEFORE, (item.application, item.recorded.score, item.recorded.rank), strict=True):
            drawing.text(x, y, str(label), anchor="end", bold=crosses)
    if now in rows:
        for x, label in zip(AFTER, _after(item), strict=True):
            drawing.text(x, to, label, colour=colour if item.moved != 0 else INK, bold=crosses)


def _after(item: ApplicationMove) -> tuple[str, str, str, str]:
    if item.simulated.rank is None:
        return "–", item.application, "无得分 no score", ""
    score = str(item.simulated.score)
    return str(item.simulated.rank), item.application, score, arrow(item) if item.moved else ""


def arrow(item: ApplicationMove) -> str:
    """Return how many ranks an application gains or loses."""
    if item.moved is None:
        return "–"
    return f"▲{item.moved}" if item.moved > 0 else f"▼{-item.moved}" if item.moved < 0 else "="


def _axes(drawing: Drawing, report: WhatIf, rows: Rows, worst: int, scale: Number) -> None:
    for label, cut, dashes in (
        ("入围线 shortlist", report.cut[1], "7 4"),
        ("名额线 places", report.places[1], "2 4"),
    ):
        if cut < worst:
            x = 110 + (cut - 0.5) * scale
            drawing.line([(x, TOP - 4), (x, rows.bottom)], SOFT, 1.2, dashes)
            drawing.text(x, rows.bottom + 9, label, colour=SOFT, size=10, anchor="middle")
    drawing.text(110, TOP - 12, "1", colour=SOFT, anchor="middle")
    drawing.text(110 + (worst - 1) * scale, TOP - 12, str(worst), colour=SOFT, anchor="middle")
    legend = [(GREY, 7, "去掉任一评审 without any one reviewer", 110)]
    if len(report.stability) > 1:
        legend.append((INK, 2, f"权重浮动 ±{report.spread} % weights varied", 350))
    for colour, width, label, x in legend:
        drawing.line([(x, 36), (x + 22, 36)], colour, width)
        drawing.text(x + 30, 36, label, colour=SOFT)
    drawing.text(WIDTH, 36, "在入围线内 within the cut", colour=SOFT, size=10, anchor="end")
    for index in range(len(report.stability)):
        label = ("去一评审 –1 rev.", "权重 weights")[index]
        drawing.text(SHARES[index], TOP - 12, label, colour=(SOFT, INK)[index], size=10, anchor="end")
    label = "● 模拟名次（绿：线内，红：线外） simulated rank (green: within the cut, red: beyond)"
    drawing.text(0, rows.bottom + 26, label, colour=GAIN)


def _interval(drawing: Drawing, item: Spread, y: Number, scale: Number, colour: str, width: Number) -> None:
    if item.best is not None and item.worst is not None:
        start, end = 110 + (item.best - 1) * scale, 110 + (item.worst - 1) * scale
        drawing.line([(start, y), (end, y)], colour if item.best < item.worst else LINE, width)


def _shares(drawing: Drawing, parts: Sequence[Stability], found: Sequence[Spread], y: Number) -> None:
    for index, (part, item) in enumerate(zip(parts, found, strict=True)):
        drawing.text(
            SHARES[index],
            y,
            share(part, item.within),
            anchor="end",
            colour=(SOFT, INK)[index],
        )

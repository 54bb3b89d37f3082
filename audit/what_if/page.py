"""A simulation as one page to read and print, marked as such at the top, in every chart and on every sheet."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from audit.report.page import both, document, escape, write_heading
from audit.what_if import sentences as s
from audit.what_if.charts import arrow, moves, share, spreads
from audit.what_if.drawing import MARK
from audit.what_if.report import ApplicationMove, Spread, Standing, WhatIf, least_like
from selection.kernel.counting import number_of
from selection.kernel.zone import BEIJING

STYLE = f""".figures .mark {{ color: var(--bad); padding: 0; border: 0; }}
@media print {{
  @page simulation {{ @top-right {{ content: "{MARK}"; color: #a3151a; font-weight: bold; }} }}
  .simulation {{ page: simulation; }}
}}
"""
SHOWN_RUNS = 20
"""Reviewers who are named: those without whom the order changes most."""


def page(report: WhatIf, at: datetime) -> str:
    """Return the page; `at` is when it was simulated."""
    inner = "\n".join(part for part in list_sections(report, at) if part)
    return document(f"{MARK} {report.title['zh']}", (f'<div class="simulation">{inner}</div>',), STYLE)


def list_sections(report: WhatIf, at: datetime) -> tuple[str, ...]:
    """Return the page's parts, to stand in a page of somebody else; one that has nothing to say is empty."""
    return (
        _head(report),
        _render_assumptions(report),
        _render_heading("came_of_it"),
        *(_both(pair) for pair in s.results(report)),
        _render_heading("moves"),
        "" if report.is_unchanged else _figure(moves(report).inline()),
        _table(
            (
                "application",
                "before",
                "after",
                "moved",
                "score",
                "score_after",
                "shortlist",
                "advice",
                "list",
            ),
            (_make_row(item) for item in report.applications),
        ),
        _both(s.ADVICE_KEY),
        _render_heading("stability"),
        _figure(spreads(report).inline()),
        *_intervals(report),
        *_reviewers(report),
        _render_heading("basis"),
        *(_both(pair) for pair in s.limits(report)),
        _facts(report, at),
    )


def _head(report: WhatIf) -> str:
    banner = f'<section class="verdict refuted"><strong>{MARK}</strong>'
    notice = both(report.notice["zh"], report.notice["en"])
    rehearsal = _both(s.REHEARSAL) if report.rehearsal else ""
    name = (
        f'<h1>{escape(report.title["zh"])}<span class="en" lang="en">{escape(report.title["en"])}</span></h1>'
    )
    return f"{name}{rehearsal}{_both(s.ASKED)}{banner}{notice}</section>"


def _render_assumptions(report: WhatIf) -> str:
    if report.is_unchanged:
        return ""
    rows = (
        (
            f"{escape(s.place(item, report, 'zh'))} {_english(s.place(item, report, 'en'))}",
            escape(item.before),
            escape(item.after) or f"{s.say_assumed(item, 'zh')} {_english(s.say_assumed(item, 'en'))}",
        )
        for item in report.changes
    )
    # Of words, which wrap where there is little room.
    return _render_heading("assumed") + _table(("place", "sealed", "assumed"), rows, "figures narrow")


def _make_row(item: ApplicationMove) -> tuple[str, ...]:
    before, after = item.recorded, item.simulated
    place = _cell(s.PROPOSED) if item.place is None else str(item.place)
    return (
        f"<code>{escape(item.application)}</code>",
        str(before.rank),
        str(after.rank or "–"),
        f'<span class="{_tone(item)}">{arrow(item)}</span>',
        str(before.score),
        str(after.score if after.score is not None else "–"),
        _change(_in_out(before), _in_out(after)) + _name_decision(item),
        _change(_name_advice(before), _name_advice(after)),
        place if item.proposed or item.place is not None else "–",
    )


def _in_out(standing: Standing) -> s.Pair:
    return s.IN if standing.shortlisted else s.OUT


def _name_advice(standing: Standing) -> s.Pair:
    if standing.advised is None:
        return ("–", "–")
    return s.WITHIN if standing.advised else s.BEYOND


def _name_decision(item: ApplicationMove) -> str:
    words = {"added": s.ADDED, "removed": s.REMOVED}.get(item.decided)
    return f"<br>{_cell(words)}" if words else ""


def _change(before: s.Pair, after: s.Pair) -> str:
    return _cell(before) if before == after else f"{_cell(before)} → <strong>{_cell(after)}</strong>"


def _tone(item: ApplicationMove) -> str:
    lost = item.moved is None or item.moved < 0
    return "refuted" if lost else "proven" if item.moved else ""


def _intervals(report: WhatIf) -> Iterator[str]:
    margins = {item.application: (item.margin, item.margin_to_places) for item in report.applications}
    for part in report.stability:
        heading = s.HEADINGS["reviewers"] if part.kind == "reviewers" else _weights(report)
        names = ("application", "ranks", "within", "placed", "unscored", "margin", "to_places")
        rows = [
            (
                f"<code>{escape(item.application)}</code>",
                _range(item),
                f"{item.within} ({share(part, item.within)})",
                f"{item.placed} ({share(part, item.placed)})",
                str(item.unscored or "–"),
                *(_points(value) for value in margins[item.application]),
            )
            for item in part.spreads
        ]
        runs = f"{heading[1]}，{part.runs} 次重算", f"{heading[0]}, {number_of(part.runs, 'run', 'runs')}"
        yield f"<h3>{runs[0]} {_english(runs[1])}</h3>{_table(names, rows)}"


def _weights(report: WhatIf) -> s.Pair:
    return f"Weights varied by up to {report.spread} %", f"权重浮动不超过 {report.spread} %"


def _range(item: Spread) -> str:
    if item.best is None:
        return "–"
    return str(item.best) if item.best == item.worst else f"{item.best}–{item.worst}"


def _plain(value: object) -> str:
    return "–" if value is None else str(value)


def _points(value: object) -> str:
    return "–" if value is None else f"{value:+}"


def _reviewers(report: WhatIf) -> Iterator[str]:
    runs = [
        run
        for run in report.stability[0].each
        if run.likeness not in (None, 1) or run.came or run.left or run.unscored
    ]
    if not runs:
        return
    runs.sort(key=lambda run: (not (run.came or run.left), least_like(run), run.name))
    rows = (
        (
            f"<code>{escape(run.name)}</code>",
            str(run.reviewed),
            _plain(run.likeness),
            ", ".join(run.came) or "–",
            ", ".join(run.left) or "–",
            ", ".join(run.unscored) or "–",
        )
        for run in runs[:SHOWN_RUNS]
    )
    sentences = (
        f"影响最大的 {min(SHOWN_RUNS, len(runs))} 位评审",
        f"Without whom most changes: {number_of(min(SHOWN_RUNS, len(runs)), 'reviewer', 'reviewers')}",
    )
    yield f"<h3>{sentences[0]} {_english(sentences[1])}</h3>"
    yield _table(("reviewer", "reviewed", "similarity", "came", "left", "unscored"), rows)


def _facts(report: WhatIf, at: datetime) -> str:
    rows = (
        ("轮次 round", report.round),
        ("证明包 bundle", report.file),
        ("SHA-256", report.sha256),
        ("系统版本 engine", report.engine),
        ("模拟时间 simulated", f"{BEIJING.show_local(at):%Y-%m-%d %H:%M:%S} (北京时间 Beijing time)"),
    )
    facts = "".join(f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>" for name, value in rows)
    return f"<dl>{facts}</dl>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], look: str = "figures") -> str:
    head = "".join(f"<th>{_cell(s.COLUMNS[name])}</th>" for name in columns)
    # Repeated on each sheet that the table is printed on, so that no part of it is taken for the record.
    mark = f'<tr><th class="mark" colspan="{len(columns)}">{MARK}</th></tr>'
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="{look}"><thead>{mark}<tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _render_heading(name: str) -> str:
    english, chinese = s.HEADINGS[name]
    return write_heading(chinese, english)


def _figure(drawn: str) -> str:
    return f"<figure>{drawn}</figure>"


def _both(pair: s.Pair) -> str:
    return both(pair[1], pair[0])


def _cell(pair: s.Pair) -> str:
    if pair[0] == pair[1]:
        return escape(pair[1])
    return f"{escape(pair[1])} {_english(pair[0])}"


def _english(text: str) -> str:
    return f'<span class="en" lang="en">{escape(text)}</span>'

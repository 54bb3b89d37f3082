"""A report as one page to read and print: no script, nothing loaded from elsewhere, Chinese and English."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from audit.claims import Claim, Verdict
from audit.report.page import both, document, escape, write_heading
from audit.report.report import ListedPlace, Report
from audit.report.sentences import (
    VERDICTS,
    say_claim,
    say_draws,
    say_finding,
    say_limits,
    say_listed,
    say_overall,
    say_verdict,
)
from selection.kernel.zone import BEIJING

MARKS = {Verdict.PROVEN: "✓", Verdict.REFUTED: "✗", Verdict.NOT_PROVABLE: "?"}


def mark_of(claim: Claim) -> str:
    """Return the sign before a claim's verdict."""
    return "–" if claim.idle else MARKS[claim.verdict]


def page(report: Report, at: datetime) -> str:
    """Return the page; `at` is when the bundle was verified."""
    title = f"{report.title.get('zh', report.round)} {VERDICTS[report.verdict][1]}"
    return document(title, list_sections(report, at))


def list_sections(report: Report, at: datetime) -> tuple[str, ...]:
    """Return the page's parts, to stand in a page of somebody else; one that has nothing to say is empty."""
    return (
        _head(report),
        _verdict(report),
        _differences(report),
        _open(report),
        _places(report),
        _facts(report, at),
        _render_listed(report),
        _claims(report),
    )


def _head(report: Report) -> str:
    english = escape(report.title.get("en", report.round))
    rehearsal = both("演练，非正式轮次", "A rehearsal, not an official round") if report.rehearsal else ""
    asked = both(
        "核验事项：本轮遴选的记录是否完整、未被改动，结果是否依封存的规则得出。",
        "What was asked: whether the record of this round is whole and unchanged, and whether its result follows "
        "from the rules that were sealed.",
    )
    name = escape(report.title.get("zh", report.round))
    return f'<h1>{name}<span class="en" lang="en">{english}</span></h1>{rehearsal}{asked}'


def _verdict(report: Report) -> str:
    english, chinese = VERDICTS[report.verdict]
    said = both(say_overall(report, "zh"), say_overall(report, "en"))
    large = f"<strong>{MARKS[report.verdict]} {chinese} {english}</strong>"
    drawn = both(say_draws(report, "zh"), say_draws(report, "en")) if say_draws(report, "en") else ""
    limits = both(say_limits(report, "zh"), say_limits(report, "en"))
    return f'<section class="verdict {report.verdict.value}">{large}{said}{drawn}</section>{limits}'


def _differences(report: Report) -> str:
    wrong = [claim for claim in report.claims if claim.verdict is Verdict.REFUTED]
    return _first(report) + _table("不符之处", "What is not as it must be", wrong) if wrong else ""


def _first(report: Report) -> str:
    """Return what to begin with, apart from all that follows from it."""
    first = report.first_difference
    if first is None:
        return ""
    sentence = both(say_finding(first, "zh"), say_finding(first, "en"))
    heading = write_heading("首个不符之处", "First point of difference")
    return f"{heading}<p><code>{escape(first.point)}</code></p>{sentence}"


def _open(report: Report) -> str:
    unshown = [claim for claim in report.claims if claim.verdict is Verdict.NOT_PROVABLE]
    return _table("无法证明的事项及原因", "What can't be proven, and why", unshown) if unshown else ""


def _claims(report: Report) -> str:
    shown = [claim for claim in report.claims if claim.verdict is Verdict.PROVEN]
    return _table("已证明的事项", "What is proven", shown) if shown else ""


def _places(report: Report) -> str:
    if not report.places:
        return ""
    rows = (
        f"<tr><td>{item.place}</td><td><code>{escape(item.application)}</code></td>"
        f"<td>{_name('', item.centre_name)}</td><td>{_name(item.host, item.host_name)}</td>"
        f"<td>{_name(item.field, item.field_name)}</td><td>{_name(item.region, item.region_name)}</td></tr>"
        f"{_render_public(item)}"
        for item in report.places
    )
    names = (
        ("位次", "place"),
        ("申报", "application"),
        ("中心", "centre"),
        ("依托单位", "host unit"),
        ("领域", "field"),
        ("地区", "region"),
    )
    head = "".join(f'<th>{zh} <span class="en" lang="en">{en}</span></th>' for zh, en in names)
    return f"{write_heading('所载名单', 'The list as recorded')}<table><tr>{head}</tr>{''.join(rows)}</table>"


def _render_public(item: ListedPlace) -> str:
    """Return what is public of a listed application as a row below it."""
    if not item.public:
        return ""
    answers = "".join(
        f"<dt>{_name('', answer.asked)}</dt><dd>{_render_answer(answer.said)}</dd>" for answer in item.public
    )
    return f'<tr><td></td><td colspan="5"><dl>{answers}</dl></td></tr>'


def _render_answer(said: Mapping[str, str]) -> str:
    # What was typed is the same in both languages.
    return escape(said["zh"]) if said["zh"] == said["en"] else _name("", said)


def _render_listed(report: Report) -> str:
    if not report.listed:
        return ""
    said = "".join(both(say_listed(item, "zh"), say_listed(item, "en")) for item in report.listed)
    return f"{write_heading('说明', 'To be known')}{said}"


def _facts(report: Report, at: datetime) -> str:
    absent = "未提供 none given"
    rows = [
        ("轮次 round", report.round),
        ("证明包 bundle", report.file),
        ("SHA-256", report.sha256),
        ("公钥指纹 key fingerprint", report.fingerprint or absent),
        ("公钥 public key", report.key or absent),
        ("系统版本 engine", report.engine),
        ("核验时间 verified", f"{BEIJING.show_local(at):%Y-%m-%d %H:%M:%S} (北京时间 Beijing time)"),
    ]
    facts = "".join(f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>" for name, value in rows)
    foot = both(
        "请将公钥指纹与另行公布的指纹核对。证明包内所载公钥不作依据。",
        "Compare the fingerprint with the one that was published elsewhere. Keys inside the bundle count for nothing.",
    )
    return f"{write_heading('依据', 'What it rests on')}<dl>{facts}</dl><footer>{foot}</footer>"


def _table(chinese: str, english: str, claims: Sequence[Claim]) -> str:
    rows = []
    for about, group in groupby(claims, lambda claim: claim.subject):
        count = '<th class="count">数量 <span class="en" lang="en">looked at</span></th>'
        rows += [f'<tr><th colspan="2"><code>{escape(about)}</code></th>{count}</tr>', *map(_row, group)]
    return f"{write_heading(chinese, english)}<table>{''.join(rows)}</table>"


def _row(claim: Claim) -> str:
    mark = f'<td class="mark {claim.verdict.value}">{mark_of(claim)} {say_verdict(claim, "zh")}</td>'
    sentences = "".join(_render_claim(claim))
    # Named beside itself too, for a narrow page that shows no columns.
    count = f' data-label="数量 looked at">{claim.counted:,}' if claim.counted else ">"
    return f'<tr>{mark}<td>{sentences}</td><td class="count"{count}</td></tr>'


def _render_claim(claim: Claim) -> Iterator[str]:
    yield f"{both(say_claim(claim, 'zh'), say_claim(claim, 'en'))}"
    if claim.finding:
        yield f'<div class="why">{both(say_finding(claim, "zh"), say_finding(claim, "en"))}</div>'
    if claim.point:
        yield f"<p><code>{escape(claim.point)}</code></p>"


def _name(code: str, names: Mapping[str, str]) -> str:
    if "zh" not in names and "en" in names:
        return f'<span class="en" lang="en">{escape(names["en"])}</span>'
    chinese, english = escape(names.get("zh", code)), escape(names.get("en", ""))
    return f'{chinese} <span class="en" lang="en">{english}</span>'

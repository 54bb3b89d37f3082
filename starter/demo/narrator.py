"""Tells the round as the record has it: reads the log's new entries and says what they mean."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from ledger.log.reading import Reading
from ledger.log.receipts import Entry
from selection.kernel.day_clock import day_of
from selection.kernel.leaf import Leaf
from selection.kernel.zone import BEIJING, Zone
from selection.round.amending_rules.sentences import name_path
from selection.round.state import RoundState
from selection.rules.model import RoundRules
from selection.wording.refusals import render_refusal
from selection.wording.round_words import words_of
from starter.demo.desk import Refusal
from starter.demo.example import SummaryWords
from starter.demo.sayings import HEADINGS, LINES, PLAIN_HEADINGS, WORDS, say

Params = dict[str, Any]


class Narrator:
    """Says lines on a console. Nothing it says is made up: it comes from entries, acts and refusals."""

    def __init__(self, console: Console, language: str, called: SummaryWords) -> None:
        self.console = console
        self.language = language
        self.called = called
        self.zone: Zone = BEIJING
        self.counts: Counter[str] = Counter()
        self._units: set[str] = set()
        self._after = -1

    def begin(self, key: str, rules: RoundRules | None = None) -> None:
        """Begin a stage; the rules of the round say what it holds."""
        plain = rules is not None and (
            (key == "call" and not rules.stages.recommendation)
            or (key == "proposal" and not rules.priorities)
        )
        self._rule(say(PLAIN_HEADINGS if plain else HEADINGS, key, self.language))

    def head_list(self) -> None:
        """Begin the list."""
        self._rule(self.called.heading.zh if self.language == "zh" else self.called.heading.en)

    def _rule(self, text: str) -> None:
        self.console.rule(Text(text, style="bold"), align="left", style="dim")

    def line(self, key: str, **params: Any) -> None:
        """Say one line."""
        self.console.print(Text(f"  {say(LINES, key, self.language, **params)}"))

    def command(self, text: str) -> None:
        """Give a command line to be copied: in one line, however long."""
        self.console.print(Text(text), soft_wrap=True)

    def refusal(self, refusal: Refusal) -> None:
        """Say who was refused what, and why."""
        text = say(
            LINES,
            "refused",
            self.language,
            code=refusal.refused.code,
            person=refusal.person,
            act=refusal.kind,
            about=refusal.about,
            sentence=render_refusal(refusal.refused.code, refusal.refused.params, self.language, self.zone),
        )
        self.console.print(Text(f"  {text}", style="yellow"))

    async def follow(self, reading: Reading, state: RoundState) -> None:
        """Say what the log holds since the last look; refusals are told in the round's zone from here on."""
        self.zone = self.zone if state.sealed is None else state.sealed.clock
        while entries := await reading.entries(state.round, self._after):
            for entry in entries:
                self._hear(entry, state)
            self._after = entries[-1].seq

    @property
    def entries(self) -> int:
        """How many entries of the log were heard."""
        return self._after + 1

    def _hear(self, entry: Entry, state: RoundState) -> None:
        leaf = entry.leaf
        self._count_in(leaf)
        if leaf.type == "round.notice-opened.v1":
            # An act opens it: no stage has finished.
            self.begin("notice")
        self._tell(leaf, state)
        if leaf.type == "round.submission-closed.v1":
            self._say_intake("submission-closed", leaf.data, state)
            if confirmed := self.counts["application.co-building-confirmed.v1"]:
                self.line("confirmed", confirmed=confirmed)
        elif leaf.type == "round.intake-closed.v1":
            if _has(state, "recommendation"):
                self._say_intake("intake-closed", leaf.data, state)
            self.begin("checking")
        elif leaf.type == "round.stage-finished.v1":
            if _has(state, leaf.data["finished"]):
                self._sum_up(leaf.data["finished"])
            if _has(state, leaf.data["next"]):
                self.begin(leaf.data["next"], state.sealed)
        elif leaf.type == "round.list-issued.v1":
            self.begin("issued")
            self.line("issued", counted=self._count(len(leaf.data["places"])))
        elif leaf.type == "approval.sent-back.v1":
            self.begin("proposal", state.sealed)

    def _count_in(self, leaf: Leaf) -> None:
        self.counts[leaf.type] += 1
        if leaf.type == "panel.seat-vacated.v1":
            self.counts[f"vacated {leaf.data['why']}"] += 1
        if leaf.type == "appraisal.recorded.v1":
            self.counts["dissents"] += len(leaf.data["dissents"])
        if leaf.type == "application.submitted.v1":
            self.counts["first version"] += leaf.data["revision"] == 1
        if leaf.type == "list.recommended.v1":
            self._units.add(leaf.stream)

    def _tell(self, leaf: Leaf, state: RoundState) -> None:
        tell = _LINES.get(leaf.type)
        if tell is None or state.sealed is None:
            return
        key, params = tell
        said = {"application": leaf.stream.rsplit("/", 1)[-1], **params(leaf.data)}
        if leaf.type == "round.proposed.v1":
            said["counted"] = self._count(len(leaf.data["items"]))
        if leaf.type == "round.shortlist-fixed.v1" and not _has(state, "survey"):
            key = "shortlisted-only"
        if leaf.type == "integrity.ruled.v1" and not leaf.data["cleared"]:
            key = "integrity-upheld"
        if leaf.type == "approval.given.v1" and leaf.actor.behalf:
            key = "approved-for"
            said |= {"substitute": leaf.actor.person, "holder": leaf.actor.behalf}
        self.line(key, **_read(said, state.sealed, self.language))

    def _count(self, number: int) -> str:
        return self.called.count(number, self.language)

    def _say_intake(self, key: str, data: Params, state: RoundState) -> None:
        assert state.sealed is not None
        calendar = state.sealed.calendar
        self.line(
            key,
            day=calendar.submission if key == "submission-closed" else calendar.recommendation,
            submitted=self.counts["application.submitted.v1"],
            applications=self.counts["first version"],
            withdrawn=self.counts["application.withdrawn.v1"],
            recommended=self.counts["application.recommended.v1"],
            units=len(self._units),
        )

    def _sum_up(self, finished: str) -> None:
        counts = self.counts
        match finished:
            case "checking":
                self.line(
                    "checked",
                    passed=counts["application.check-passed.v1"],
                    failed=counts["application.check-failed.v1"],
                    lapsed=counts["application.lapsed.v1"],
                )
            case "review":
                self.line(
                    "reviewed",
                    accepted=counts["panel.invitation-accepted.v1"],
                    declined=counts["vacated declined"],
                    conflicts=counts["vacated conflict"],
                    silent=counts["vacated no-response"],
                    replaced=counts["panel.seat-filled.v1"],
                    reviews=counts["review.submitted.v1"],
                    voided=counts["review.voided.v1"],
                    scored=counts["application.scored.v1"],
                )
            case "survey":
                self.line("surveyed", count=counts["survey.reported.v1"])
            case "appraisal":
                self.line("appraised", count=counts["appraisal.recorded.v1"], dissents=counts["dissents"])
            case "notice":
                self.line("noticed", passed=counts["notice.passed.v1"] - counts["told noticed"])
                counts["told noticed"] = counts["notice.passed.v1"]


def _has(state: RoundState, stage: str) -> bool:
    """Tell whether the round's rules have a stage; those that no scheme can leave out are always there."""
    assert state.sealed is not None
    return bool(getattr(state.sealed.stages, stage, True))


def _read(params: Params, rules: RoundRules, language: str) -> Params:
    """Return parameters as people read them: words for codes, days for instants."""
    read = dict(params)
    if "until" in read:
        read["until"] = day_of(rules.clock, datetime.fromisoformat(read["until"]))
    for name in ("grounds", "faults"):
        if name in read:
            read[name] = words_of(rules).name_grounds(read[name], language)
    if "outcome" in read:
        read["outcome"] = say(WORDS, read["outcome"], language)
    if "path" in read:
        read["path"] = name_path(read["path"], language)
    if "passed" in read:
        read["passed"] = say(WORDS, "level passed", language) if read["passed"] else ""
    return read


def _pick_names(*names: str) -> Callable[[Params], Params]:
    return lambda data: {name: data[name] for name in names}


# Event -> the line that tells it, and its parameters.
_LINES: dict[str, tuple[str, Callable[[Params], Params]]] = {
    "round.rules-amended.v1": (
        "rules-amended",
        _pick_names("path", "before", "after", "entered_by", "approver"),
    ),
    "round.post-delegated.v1": ("delegated", _pick_names("holder", "substitute")),
    "application.check-failed.v1": ("check-failed", _pick_names("grounds")),
    "application.sent-back.v1": ("sent-back", _pick_names("faults")),
    "application.mended.v1": ("mended", _pick_names()),
    "draw.committed.v1": ("draw-committed", _pick_names("draw", "applications", "experts", "issue")),
    "draw.opened.v1": ("draw-opened", _pick_names("draw", "randomness")),
    "draw.drawn.v1": ("draw-drawn", _pick_names("draw")),
    "conflict.reported.v1": ("conflict-reported", _pick_names("expert")),
    "review.corrected.v1": ("review-corrected", _pick_names("expert", "former_total", "total")),
    "review.voided.v1": ("review-voided", _pick_names("expert")),
    "round.shortlist-fixed.v1": ("shortlisted", lambda data: {"count": len(data["listed"])}),
    "round.proposed.v1": (
        "proposed",
        lambda data: {
            "proposal": data["proposal"],
            "deviations": len(data["deviations"]),
        },
    ),
    "round.notice-opened.v1": ("notice-opened", _pick_names("proposal", "until")),
    "objection.raised.v1": ("objection-raised", _pick_names()),
    "objection.settled.v1": ("objection-settled", _pick_names("outcome")),
    "application.removed.v1": ("removed", _pick_names()),
    "integrity.checked.v1": (
        "integrity",
        lambda data: {"proposal": data["proposal"], "hits": len(data["hits"])},
    ),
    "integrity.ruled.v1": ("integrity-ruled", _pick_names("application")),
    "integrity.stop-lifted.v1": ("stop-lifted", _pick_names("application")),
    "approval.given.v1": ("approved", _pick_names("level", "passed")),
    "approval.sent-back.v1": (
        "sent-back-proposal",
        lambda data: {"level": data["level"], "items": ", ".join(data["items"])},
    ),
}

"""What `audit replay` tells: a story, one point of it, the way between two, and what somebody could see."""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from audit.bundle.reader import Bundle
from audit.claims import FOLDS, Difference, refute
from audit.report.sentences import say_finding
from audit.story.changes import Change, changes, plain
from audit.story.reasons import reason_of
from audit.story.story import OwnEntry, Situation, Story
from audit.story.visibility_at import PersonView
from selection.application.state import ApplicationState
from selection.kernel.instants import format_deadline
from selection.projections.open_tasks import OpenTask, tasks_of
from selection.projections.rows import row_of
from selection.wording.code_names import ROLES, name_of
from starter.cli.options import Language
from starter.cli.output import Output, plain as for_json
from starter.replay.field_words import FieldWords
from starter.replay.steps import Steps

STORY = ("entry", "at", "who", "event")
SEEN = ("seq", "at", "who", "role", "event", "why")
DIFFERENCES = ("value", "before", "after")
TASKS = ("kind", "role", "person", "since", "until")


class Telling:
    """Puts a story into a command's output, for people or for programs."""

    def __init__(self, out: Output, bundle: Bundle, story: Story) -> None:
        self._out = out
        self._bundle = bundle
        self._story = story
        self._lang = out.lang
        self._texts = Steps(bundle, story, out.lang)
        self._fields = FieldWords(story.rules, out.lang)

    def head(self, verify: str) -> None:
        """Say what is read and that it proves nothing; `verify` is the command that does."""
        manifest, story, here = self._bundle.manifest, self._story, version("center-selection")
        file = self._bundle.path.name
        self._out.document |= {
            "bundle": {
                "file": file,
                "engine": manifest.engine,
                "redacted": manifest.redacted,
                "verified": False,
                "verify": verify,
            },
            **self._about(),
            "entries": story.size,
            "until": for_json(story.until),
            "broken": self._get_fault(),
        }
        self._out.say(
            f"{file} was not verified: a replay shows what the record says and proves nothing. This proves or "
            f"refutes it: {verify}",
            f"{file} 未经验证：回放只展示记录所载，不构成证明。核验请用：{verify}",
        )
        end = self._out.cell("", story.until)
        self._out.say(
            f"What it holds ends with entry #{story.size - 1}, at {end}.",
            f"所载内容止于日志 #{story.size - 1}，时间 {end}。",
        )
        if manifest.engine != here:
            self._out.say(
                f"The record was written by version {manifest.engine}; this is version {here}.",
                f"记录由 {manifest.engine} 版写成；当前为 {here} 版。",
            )

    def _about(self) -> dict[str, Any]:
        """Return for programs what is replayed, and how many entries it has."""
        return {
            "application": self._story.stream.removeprefix("application/"),
            "versions": len(self._story.entries),
        }

    @property
    def lang(self) -> Language:
        """The language that is spoken."""
        return self._lang

    def fault(self, broken: Difference) -> str:
        """Return what was found where folding failed."""
        return say_finding(refute(FOLDS, self._story.stream, broken), self._lang)

    def whole(self) -> None:
        """Tell the story step by step."""
        self._steps(self._story.entries)
        # An application that was never submitted names no rules.
        for digest in filter(None, dict.fromkeys(entry.leaf.rules for entry in self._story.entries)):
            said = self._texts.rules(digest)
            self._out.say(said, said)

    def between(self, first: Situation, last: Situation) -> None:
        """Tell what changed from one point to a later one, and every step on the way."""
        self._out.document |= {"from": _place(first), "to": _place(last)}
        found = changes(first.state, last.state)
        self._title(f"{self._name_situation(first)} → {self._name_situation(last)}")
        self._differences(found)
        if not found:
            self._out.say("Nothing changed.", "没有变化。")
        self._steps(entry for entry in last.entries if entry.seq > first.last.seq)

    def point(self, then: Situation) -> None:
        """Tell the last entry at a point, why it came, what it changed, and how the application stood then."""
        entry, reason = then.last, reason_of(then.last, self._story)
        row, tasks = row_of(then.state).model_dump(mode="json"), tasks_of(then.state)
        if self._out.as_json:
            self._out.document["at"] = {
                **_place(then),
                **self._texts.for_programs(entry, reason),
                "state": plain(then.state),
                "row": row,
                "tasks": for_json(tasks),
            }
            return
        self._title(self._name_situation(then))
        self._out.fields("step", self._texts.for_people(entry, reason))
        self._differences(changes(entry.before, entry.after))
        self._stands(row, ("The state after it", "其后的状态"))
        self._out.rows("seats", ("seat", "expert", "state", "score"), _seats(then.state))
        self._tasks(tasks)

    def tell_view(self, seen: PersonView, then: Situation) -> None:
        """Tell what a person could see at a point."""
        roles = {} if seen.fact is None else seen.fact.roles
        if self._out.as_json:
            self._out.document["seen_by"] = {**_place(then), **_dump_view(seen)}
            return
        head = {
            "person": seen.person,
            "registered_as": [
                " ".join((name_of(ROLES, name, self._lang), *units)) for name, units in roles.items()
            ],
            "standing": [name_of(STANDINGS, item.value, self._lang) for item in seen.standings],
        }
        self._title(self._name_situation(then))
        self._out.fields("seen_by", head)
        self._out.say(
            "By roles, seats and units as they were then, and by the visibility table of this version.",
            "按当时的身份、席位与单位，以及本版本的可见性表。",
        )
        if seen.fact is None:
            self._out.say("Not registered then, so nothing showed.", "当时尚未登记，看不到任何内容。")
        elif seen.row is None and not seen.events:
            self._out.say("Nothing of this application showed then.", "当时看不到该申报的任何内容。")
        if seen.row is not None:
            self._stands(seen.row, ("The row that `show` and lists gave", "`show` 与列表所示的一行"))
        self._out.rows("events", SEEN, [self._texts.show_entry(*item) for item in seen.events])
        contents = [{"content": self._fields.name(name), "id": item} for item, name in seen.contents.items()]
        self._out.rows("contents", ("content", "id"), contents)
        self._tasks(seen.tasks)

    def _get_fault(self) -> dict[str, str] | None:
        broken = self._story.broken
        if broken is None:
            return None
        return {"point": broken.point, "finding": broken.finding, "sentence": self.fault(broken)}

    def _steps(self, entries: Iterable[OwnEntry]) -> None:
        found = [(entry, reason_of(entry, self._story)) for entry in entries]
        if self._out.as_json:
            self._out.document["steps"] = [self._texts.for_programs(*step) for step in found]
        else:
            self._out.rows("steps", STORY, [self._texts.row(*step) for step in found])

    def _stands(self, row: dict[str, Any], title: tuple[str, str]) -> None:
        shown = {
            self._fields.name_in_row(key): self._fields.show(f"row.{key}", value)
            for key, value in row.items()
            if value not in (None, "", [], {}, 0, False)
        }
        self._title(title[self._lang == "zh"])
        self._out.fields("application", shown)

    def _tasks(self, tasks: tuple[OpenTask, ...]) -> None:
        rows = [task.model_dump() for task in tasks]
        for row in rows:
            if row["until"] is not None and not self._out.as_json:
                row["until"] = format_deadline(row["until"], self._lang, self._out.zone)
        self._out.rows("tasks", TASKS, rows)

    def _title(self, said: str) -> None:
        self._out.say(f"\n{said}", f"\n{said}")

    def _differences(self, found: list[Change]) -> None:
        if self._out.as_json:
            self._out.document["changes"] = [change._asdict() for change in found]
            return
        rows = [
            {
                "value": self._fields.name(change.field),
                "before": self._fields.show(change.field, change.before),
                "after": self._fields.show(change.field, change.after),
            }
            for change in found
        ]
        self._out.rows("changes", DIFFERENCES, rows)

    def _name_situation(self, then: Situation) -> str:
        number, total = then.state.stream.removeprefix("application/"), len(self._story.entries)
        if self._lang == "zh":
            return f"{number} 第 {then.state.version} 版（共 {total} 版），日志 #{then.last.seq}"
        return f"{number}, version {then.state.version} of {total}, entry #{then.last.seq}"


STANDINGS = {
    **ROLES,
    "invited": ("invited expert, before the pledge", "受邀专家（尚未签署承诺）"),
    "reviewer": ("reviewer", "评审专家"),
    "former": ("expert who gave up a seat", "已离席专家"),
    "participant": ("registered, no part in it", "已登记，与该申报无关"),
}
"""What a person may be to an application: the roles, and those of an expert."""


def _dump_view(seen: PersonView) -> dict[str, Any]:
    """Return what somebody could see for programs."""
    return {
        "person": seen.person,
        "registered": seen.fact is not None,
        "active": seen.fact is not None and seen.fact.active,
        "roles": for_json({} if seen.fact is None else seen.fact.roles),
        "standings": [item.value for item in seen.standings],
        "row": seen.row,
        "events": [{"seq": seq, **view} for seq, view in seen.events],
        "contents": [{"field": name, "id": item} for item, name in seen.contents.items()],
        "tasks": for_json(seen.tasks),
    }


def _place(then: Situation) -> dict[str, Any]:
    return {"version": then.state.version, "seq": then.last.seq, "moment": for_json(then.moment)}


def _seats(state: ApplicationState) -> list[dict[str, Any]]:
    totals = {(item.seat, item.expert): item for item in state.reviews}
    rows = []
    for seat in state.seats:
        review = totals.get((seat.number, seat.expert))
        score = "" if review is None or review.void else str(review.total)
        rows.append({"seat": seat.number, "expert": seat.expert, "state": seat.status, "score": score})
    return rows

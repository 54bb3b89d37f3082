"""What `audit replay` tells of a round or of a recommendation list: its story, a point of it, the way between two."""

from collections.abc import Sequence
from typing import Any

from audit.bundle.reader import Bundle
from audit.story.changes import changes, plain
from audit.story.reasons import DEADLINE, find_cause
from audit.story.story import Beside, Entry, Story
from selection.round.state import RoundState
from selection.streams import round_stream
from selection.wording.code_names import DEADLINES, name_of
from starter.cli.output import Output, plain as for_json
from starter.replay.steps import LINE, view_of
from starter.replay.story import STORY, Telling


class TellingBeside(Telling):
    """Puts the story of a stream that decides about applications into a command's output.

    What an entry came of is told where the record leaves no choice; what somebody could see is told of applications.
    """

    def __init__(self, out: Output, bundle: Bundle, story: Story, stream: str) -> None:
        super().__init__(out, bundle, story)
        self._stream = stream

    def _about(self) -> dict[str, Any]:
        return {"stream": self._stream, "versions": len(self._story.of_stream(self._stream))}

    def tell_whole(self) -> None:
        """Tell the story step by step."""
        self._tell_steps(self._story.of_stream(self._stream))

    def tell_between(self, first: Beside, last: Beside) -> None:
        """Tell what changed from one point to a later one, and every step on the way."""
        self._out.document |= {"from": _place(first), "to": _place(last)}
        found = changes(first.state, last.state)
        self._title(f"{self._name(first)} → {self._name(last)}")
        self._differences(found)
        if not found:
            self._out.say("Nothing changed.", "没有变化。")
        self._tell_steps(last.entries[len(first.entries) :])

    def tell_point(self, then: Beside) -> None:
        """Tell the last entry at a point, what it changed, and the state after it."""
        entry = then.last
        if self._out.as_json:
            step = self._for_programs(entry)
            self._out.document["at"] = {**_place(then), **step, "state": plain(then.state)}
            return
        self._title(self._name(then))
        shown = self._texts.show_entry(entry.seq, view_of(entry))
        fields = {
            "seq": entry.seq,
            "at": shown["at"],
            "who": self._texts.who(entry),
            "authority": entry.leaf.actor.authority,
            "event": shown["event"],
            "why": shown["why"],
            "cause": self._tell_cause(entry),
            "rules": self._texts.name_rules(entry.leaf.rules),
        }
        self._out.fields("step", {key: value for key, value in fields.items() if value != ""})
        self._differences(changes(entry.before, entry.after))
        self._title(("The state after it", "其后的状态")[self._lang == "zh"])
        rows = [
            {
                "value": self._fields.name(name),
                "after": self._fields.show(name, value),
            }
            for name, value in plain(then.state).items()
            if value not in (None, "", [], {}, 0, False)
        ]
        self._out.rows("state", ("value", "after"), rows)

    def _tell_steps(self, entries: Sequence[Entry]) -> None:
        if self._out.as_json:
            self._out.document["steps"] = [self._for_programs(entry) for entry in entries]
        else:
            self._out.rows("steps", STORY, [self._row(entry) for entry in entries])

    def _row(self, entry: Entry) -> dict[str, Any]:
        shown = self._texts.show_entry(entry.seq, view_of(entry))
        moved = self._fields.sum_up(changes(entry.before, entry.after), LINE)
        passed = self._tell_cause(entry) if find_cause(entry).startswith(DEADLINE) else ""
        return {
            "entry": f"{entry.leaf.version}, #{entry.seq}",
            "at": shown["at"],
            "who": self._texts.who(entry),
            "event": "\n".join(filter(None, (shown["event"], passed, shown["why"], moved))),
        }

    def _for_programs(self, entry: Entry) -> dict[str, Any]:
        leaf, shown = entry.leaf, self._texts.show_entry(entry.seq, view_of(entry))
        step = {
            "version": leaf.version,
            "seq": entry.seq,
            "at": for_json(leaf.at),
            **leaf.actor.model_dump(mode="json"),
            "type": leaf.type,
            "sentence": shown["event"],
            "why": shown["why"],
            "changes": [change._asdict() for change in changes(entry.before, entry.after)],
            "rules": leaf.rules,
            "data": leaf.data,
            "cause": find_cause(entry),
        }
        if isinstance(entry.before, RoundState) and isinstance(entry.after, RoundState):
            step |= {"stage_before": entry.before.stage.value, "stage_after": entry.after.stage.value}
        return step

    def _tell_cause(self, entry: Entry) -> str:
        cause = find_cause(entry)
        if not cause.startswith(f"{DEADLINE} "):
            return cause
        name = name_of(DEADLINES, cause.partition(" ")[2], self._lang)
        return (f"the deadline passed: {name}", f"期限届满：{name}")[self._lang == "zh"]

    def _name(self, then: Beside) -> str:
        own, total = self._stream.partition("/")[2], len(self._story.of_stream(self._stream))
        if self._stream == round_stream(self._bundle.round):
            own = (f"round {own}", f"轮次 {own}")[self._lang == "zh"]
        if self._lang == "zh":
            return f"{own} 第 {then.state.version} 版（共 {total} 版），日志 #{then.last.seq}"
        return f"{own}, version {then.state.version} of {total}, entry #{then.last.seq}"


def _place(then: Beside) -> dict[str, Any]:
    return {"version": then.state.version, "seq": then.last.seq, "moment": for_json(then.last.leaf.at)}

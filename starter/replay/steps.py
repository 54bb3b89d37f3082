"""One step of a replayed story, as people read it and as programs take it."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from audit.bundle.reader import Bundle
from audit.claims import Difference
from audit.report.issued_list import SealedText
from audit.story.changes import changes
from audit.story.reasons import Reason
from audit.story.story import Entry, OwnEntry, Story
from selection.kernel.hidden_characters import mark_hidden
from selection.kernel.instants import format_deadline
from selection.round.events import RoundOpened
from selection.timeline.events import Moment, begin_text, moment_of
from selection.wording.code_names import DEADLINES, ROLES, name_of
from selection.wording.round_words import words_of
from starter.cli.options import Language
from starter.cli.output import plain
from starter.replay.field_words import FieldWords

LINE = 200
"""Characters of changes that a row of a story shows."""
SHORT = 12
"""Digits of a hash that people read."""


class Texts:
    """The texts of a bundle, by reference; a redacted bundle has none, nor one what was erased."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def openings(self, refs: Any, lang: Language) -> list[str]:
        """Return the beginnings of those references that are texts and in the bundle."""
        return [found for ref in refs if (found := self._read_opening(ref, lang))]

    def _read_opening(self, ref: Any, lang: Language) -> str:
        if not (isinstance(ref, dict) and ref.keys() == {"id", "sha256"}):
            return ""
        try:
            kept = self._bundle.content(ref["id"])
            if kept is None or not kept.media_type.startswith("text/"):
                return ""
            salt, body = (base64.b64decode(part, validate=True) for part in (kept.salt, kept.content))
        except (Difference, binascii.Error, ValueError):
            salt, body = b"", b""
        if hashlib.sha256(salt + body).hexdigest() != ref["sha256"]:
            return ("(not the text that the record refers to)", "（并非记录所指文本）")[lang == "zh"]
        return begin_text(mark_hidden(body.decode("utf-8", "replace")))


class SealedRules(NamedTuple):
    """The rules that the round was opened with: the entry that sealed them, their hash, and the title they bear."""

    seq: int
    digest: str
    title: str

    @classmethod
    def of(cls, bundle: Bundle, story: Story, lang: Language) -> "SealedRules | None":
        """Return what the record sealed before the story's end; None when it holds no opening."""
        found = ((item.seq, item.event) for item in story.beside if isinstance(item.event, RoundOpened))
        title = SealedText.of(bundle).title.get(lang, "")
        return next((cls(seq, event.rules_hash, title) for seq, event in found), None)


class Steps:
    """Tells entries and why they came, in one language; `name` says what is called otherwise than by its code."""

    def __init__(
        self, bundle: Bundle, story: Story, lang: Language, name: Callable[[str, Any], Any] | None = None
    ) -> None:
        self._name = name
        self._texts = Texts(bundle)
        self._sealed = SealedRules.of(bundle, story, lang)
        self._words = words_of(story.rules)
        self._fields = FieldWords(story.rules, lang)
        self._lang = lang

    def rules(self, digest: str) -> str:
        """Return a sentence on rules that entries name by their hash: by which entry they were sealed, if by any."""
        if self._sealed is None or self._sealed.digest != digest:
            return (
                f"Under rules {digest}; the record seals no such rules.",
                f"依据规则 {digest}；记录中未封存此规则。",
            )[self._lang == "zh"]
        seq, _, title = self._sealed
        return (
            f"Under rules {digest}, sealed by entry #{seq}: {title}",
            f"依据规则 {digest}，由日志 #{seq} 封存：{title}",
        )[self._lang == "zh"]

    def row(self, entry: OwnEntry, reason: Reason) -> dict[str, Any]:
        """Return an entry as a row of a story; what the engine carried out is told with whose decision it was."""
        moment = self._put(view_of(entry))
        moved = self._fields.sum_up(changes(entry.before, entry.after), LINE)
        passed = self._cause(reason) if reason.cause.startswith("deadline ") else ""
        return {
            "entry": f"{entry.leaf.version}, #{entry.seq}",
            "at": moment.at,
            "who": self._for_whom(entry, reason),
            "event": "\n".join(filter(None, (moment.what, passed, self._why(view_of(entry)), moved))),
        }

    def for_programs(self, entry: OwnEntry, reason: Reason) -> dict[str, Any]:
        """Return an entry with all that it says, what it changed, and why it came."""
        leaf, moment = entry.leaf, self._put(view_of(entry))
        return {
            "version": leaf.version,
            "seq": entry.seq,
            "at": plain(leaf.at),
            **leaf.actor.model_dump(mode="json"),
            "type": leaf.type,
            "sentence": moment.what,
            "why": moment.why,
            "stage_before": entry.before.stage.value,
            "stage_after": entry.after.stage.value,
            "changes": [change._asdict() for change in changes(entry.before, entry.after)],
            "rules": leaf.rules,
            "data": leaf.data,
            "cause": reason.cause,
            "deadline": reason.deadline,
            "deadline_until": plain(reason.until),
            "extended_by": reason.extended.seq if reason.extended else None,
            "carries_out": self._decision(reason.decision) if reason.decision else None,
            "rule_values": reason.rules,
        }

    def for_people(self, entry: OwnEntry, reason: Reason) -> dict[str, Any]:
        """Return headings and values of an entry: who, in which role, what, why, under which rules."""
        lang, moment = self._lang, self._put(view_of(entry))
        fields = {
            "seq": entry.seq,
            "at": moment.at,
            "who": self.who(entry),
            "authority": entry.leaf.actor.authority,
            "event": moment.what,
            "why": self._why(view_of(entry)),
            "cause": self._cause(reason),
            "until": format_deadline(reason.until, lang, self._words.zone) if reason.until else "",
            "extended": self._name_entry(reason.extended) if reason.extended else "",
            "decision": self._describe_entry(reason.decision) if reason.decision else "",
            "bearing": self._join(f"{path}{self._colon}{value}" for path, value in reason.rules.items()),
            "rules": self.name_rules(entry.leaf.rules),
        }
        return {key: value for key, value in fields.items() if value != ""}

    def show_entry(self, seq: int, view: Mapping[str, Any]) -> dict[str, Any]:
        """Return what somebody may see of an entry as a row."""
        moment = self._put(view)
        return {
            "seq": seq,
            "at": moment.at,
            "who": moment.who,
            "role": view["actor"].get("role", ""),
            "event": moment.what,
            "why": self._why(view),
        }

    def who(self, entry: Entry) -> str:
        """Return who acted in which role."""
        actor = entry.leaf.actor
        role = name_of(ROLES, actor.role.value, self._lang)
        if actor.role.value == "system":
            return role
        return (f"{actor.person} ({role})", f"{actor.person}（{role}）")[self._lang == "zh"]

    def name_rules(self, digest: str) -> str:
        """Return the rules of this hash in short: by their title, or that the record seals no such ones."""
        if not digest:
            return ""
        if self._sealed is not None and self._sealed.digest == digest:
            return f"{digest[:SHORT]}… {self._sealed.title}"
        unknown = ("(the record seals no such rules)", "（记录中未封存此规则）")[self._lang == "zh"]
        return f"{digest[:SHORT]}… {unknown}"

    def _for_whom(self, entry: OwnEntry, reason: Reason) -> str:
        who = self.who(entry)
        if reason.decision is None:
            return who
        decided = f"#{reason.decision.seq} {self.who(reason.decision)}"
        return (f"{who},\nby {decided}", f"{who}，\n依据 {decided}")[self._lang == "zh"]

    def _why(self, view: Mapping[str, Any]) -> str:
        """Return the reasons that a view shows: by their beginnings where the bundle holds them, else by their ids."""
        actor, data = view["actor"], view["data"]
        openings = self._texts.openings(
            (actor.get("reason"), data.get("reason"), data.get("text")), self._lang
        )
        if openings:
            data = {key: value for key, value in data.items() if key not in ("reason", "text")}
            view = {**view, "actor": {**actor, "reason": None}, "data": data}
        return self._join(filter(None, (self._put(view).why, *openings)))

    def _put(self, view: Mapping[str, Any]) -> Moment:
        if self._name is not None:
            view = {**view, "data": {key: self._name(key, value) for key, value in view["data"].items()}}
        return moment_of(view, self._lang, self._words)

    def _decision(self, entry: Entry) -> dict[str, Any]:
        return {
            "seq": entry.seq,
            "stream": entry.leaf.stream,
            "type": entry.leaf.type,
            "person": entry.leaf.actor.person,
            "role": entry.leaf.actor.role.value,
            "sentence": self._put(view_of(entry)).what,
        }

    def _describe_entry(self, entry: Entry) -> str:
        return f"{self._name_entry(entry)}{self._colon}{self._put(view_of(entry)).what}"

    def _name_entry(self, entry: Entry) -> str:
        return f"#{entry.seq}{'，' if self._lang == 'zh' else ', '}{self.who(entry)}"

    @property
    def _colon(self) -> str:
        return "：" if self._lang == "zh" else ": "

    def _join(self, parts: Iterable[str]) -> str:
        return ("；" if self._lang == "zh" else "; ").join(parts)

    def _cause(self, reason: Reason) -> str:
        chinese = self._lang == "zh"
        name = name_of(DEADLINES, reason.deadline, self._lang) if reason.deadline else ""
        if reason.cause.startswith("deadline "):
            return (f"the deadline passed: {name}", f"期限届满：{name}")[chinese]
        if not name:
            return reason.cause
        return (f"{reason.cause}, due by: {name}", f"{reason.cause}，期限：{name}")[chinese]


def view_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as the timeline's words take it, with all that it holds."""
    body = entry.leaf.model_dump(mode="json")
    data = {key: value for key, value in body["data"].items() if key != "command_id"}
    return {**body, "data": data}

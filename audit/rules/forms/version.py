"""A form that was handed in: its answers put together again from where the form keeps them, and looked at.

Written for the auditor, apart from the JSON Schema by which it is decided.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from audit.bundle.content_reads import ContentSource
from audit.rules.forms.walk import Unfit, Walk, hold
from selection.forms import fields as q
from selection.forms.form import Form
from selection.kernel.canonical import canonical_bytes
from selection.rules.model import RoundRules

MEGABYTE = 1_000_000
SHARED_LIMIT, PERSONAL_LIMIT = 1_000_000, 20_000
"""Bytes of the text with the shared answers, and of each text with a personal one."""
WHOLE_FORM = "(form)"
ROW = re.compile(r"([a-z][a-z0-9_]*)(?:\[(0|[1-9][0-9]{0,2})\])?")
ENTRY = (
    *("name_en", "name_zh", "field", "region", "priority", "host", "co_builders", "staff", "fund_yuan"),
    *("avoid", "pledge", "seals", "agreement"),
)


class HandedIn(NamedTuple):
    """A form as an entry holds it: the entry's own places, and the ids of the contents with the answers."""

    version: str
    places: Mapping[str, Any]
    shared: str
    told: str
    personal: Sequence[Mapping[str, Any]]
    files: Sequence[Mapping[str, str]]
    public: str = ""

    @property
    def contents(self) -> tuple[str, ...]:
        """The contents that hold its answers."""
        others = tuple(content for content in (self.told, self.public) if content)
        return (self.shared, *others, *(item["content"]["id"] for item in self.personal))


def read_version(submission: Mapping[str, Any]) -> HandedIn:
    """Return the form of a version of an application."""
    places = {place: submission[place] for place in ENTRY} | {"team": submission.get("team", [])}
    form, personal, files = submission["form"]["id"], submission["personal"], submission["evidence"]
    public = submission.get("public")
    return HandedIn(
        submission["form_version"], places, form, "", personal, files, public["id"] if public else ""
    )


def read_act(form: Mapping[str, Any]) -> HandedIn:
    """Return the form of an act."""
    content = form["told"]["id"] if form["told"] else ""
    return HandedIn(form["version"], {}, form["answers"]["id"], content, form["personal"], form["files"])


class Version:
    """One form that was handed in: its answers put together again, each from where the form keeps it."""

    def __init__(self, form: Form, handed_in: HandedIn, bodies: Mapping[str, bytes | None]) -> None:
        self._form, self._handed_in = form, handed_in
        self._shared = _parse_answers(bodies[handed_in.shared])
        self._answers: dict[str, Any] = dict(self._shared)
        self._gone: dict[str, dict[int, frozenset[str]]] = {}
        self._absent: set[str] = set()
        fields = {field.code: field for field in form.fields()}
        for_applicant = {field.code for field in form.fields() if field.told}
        public = {field.code for field in form.fields() if field.public and field.entry is None}
        for code in self._shared:
            hold(code in fields and fields[code].entry is None, WHOLE_FORM)
            hold(code not in for_applicant and code not in public, WHOLE_FORM)
        self._take_others(for_applicant, handed_in.told, bodies)
        self._take_others(public, handed_in.public, bodies)
        self._take_entry(fields.values())
        places = [item["answer"] for item in handed_in.personal]
        hold(len({*places}) == len(places), WHOLE_FORM)
        for item in handed_in.personal:
            self._take_personal(fields, item, bodies[item["content"]["id"]])

    def _take_others(self, codes: set[str], content: str, bodies: Mapping[str, bytes | None]) -> None:
        """Take what is for the applicant, or for everyone: nothing else, and no text of nothing."""
        if not content:
            return
        body = bodies[content]
        if body is None:
            self._absent |= codes
            return
        found = _parse_answers(body)
        hold(bool(found) and found.keys() <= codes, WHOLE_FORM)
        self._answers |= found

    def _take_entry(self, fields: Any) -> None:
        by_entry = {field.entry: field for field in fields if field.entry is not None}
        for place, stated in self._handed_in.places.items():
            answer = _strip_empty(stated)
            if place == "fund_yuan":
                answer = _fund(stated, by_entry.get(place))
            if answer in (None, "", 0, [], {}):
                continue
            if place == "region" and place not in by_entry:
                hold(answer == self._handed_in.places["host"]["region"], "host.region")
                continue
            hold(place in by_entry, place)
            self._answers[by_entry[place].code] = answer

    def _take_personal(
        self, fields: Mapping[str, q.Asked], item: Mapping[str, Any], body: bytes | None
    ) -> None:
        place = item["answer"]
        found = ROW.fullmatch(place)
        hold(found is not None, place)
        assert found is not None
        field = fields.get(found[1])
        hold(field is not None, place)
        assert field is not None
        apart = _columns_apart(field)
        if found[2] is None:
            hold(_is_apart(field) and not isinstance(field, q.TableField), place)
            hold(field.code not in self._answers and field.code not in self._absent, place)
        else:
            rows = self._answers.get(field.code)
            hold(bool(apart) and isinstance(rows, list) and int(found[2]) < len(rows), place)
        if body is None:
            if found[2] is None:
                self._absent.add(field.code)
            else:
                self._gone.setdefault(field.code, {})[int(found[2])] = apart
            return
        answer = _parse(body, place, PERSONAL_LIMIT)
        named = answer.get("person") if isinstance(answer, dict) else None
        hold((named if isinstance(named, str) else "") == item["person"], place)
        if found[2] is None:
            self._answers[field.code] = answer
        else:
            self._take_row(field.code, int(found[2]), answer, apart, place)

    def _take_row(self, code: str, number: int, answer: Any, apart: frozenset[str], place: str) -> None:
        rows = self._answers[code]
        hold(isinstance(answer, dict) and isinstance(rows[number], dict), place)
        hold(bool(answer) and answer.keys() <= apart, place)
        hold(rows[number].keys().isdisjoint(answer), place)
        self._answers[code] = [*rows[:number], {**rows[number], **answer}, *rows[number + 1 :]]

    def find(self, code: str) -> tuple[Any, Mapping[int, frozenset[str]]] | None:
        """Return an answer, None if there is none, and by row the columns that are not held; nothing if it is not."""
        return None if code in self._absent else (self._answers.get(code), self._gone.get(code, {}))

    def see_moved(
        self, form: Form, move: Callable[[dict[str, Any]], dict[str, Any]], rules: RoundRules
    ) -> None:
        """Look at the answers as if they were given to another version; `move` gives them its names. Raises Unfit.

        Where they would be kept, which files went with them, and whether units are registered since is not looked at:
        nobody handed them in so.
        """
        walk, answers = Walk(rules, lambda _: True), move(self._answers)
        absent, gone = move(dict.fromkeys(self._absent)), move(dict(self._gone))
        for field in form.fields():
            if field.code in absent:
                continue
            condition = field.shown
            if condition is not None and condition.field in absent:
                asked = field.code in answers
            elif condition is not None:
                given = answers.get(condition.field)
                asked = any(
                    item in condition.one_of for item in (given if isinstance(given, list) else [given])
                )
            else:
                asked = True
            if field.code in answers:
                hold(asked, field.code)
                walk.see(field, answers[field.code], field.code, gone.get(field.code, {}))
            else:
                hold(not (field.required and asked), field.code)
        named = [ref for _, field, ref in walk.files if field.entry is None]
        hold(len({*named}) == len(named), WHOLE_FORM)

    def see(self, rules: RoundRules, bundle: ContentSource, in_force: Callable[[str], bool]) -> None:
        """Look at every field. Raises Unfit."""
        walk = Walk(rules, in_force)
        for field in self._form.fields():
            self._hold_apart(field)
            if field.code in self._absent:
                continue
            asked = self._is_asked(field)
            if asked is None:
                # What it waits for is not held; what was answered is looked at by itself.
                asked = field.code in self._answers
            if field.code in self._answers:
                hold(asked, field.code)
                walk.see(field, self._answers[field.code], field.code, self._gone.get(field.code, {}))
            else:
                hold(not (field.required and asked), field.code)
        self._hold_files(walk, bundle)

    def _hold_apart(self, field: q.Asked) -> None:
        """See that nothing personal stands among what is kept for all."""
        if field.code not in self._shared:
            return
        apart = _columns_apart(field)
        hold(bool(apart) or not _is_apart(field), field.code)
        rows = self._shared[field.code]
        for row in rows if apart and isinstance(rows, list) else ():
            hold(not isinstance(row, dict) or apart.isdisjoint(row), field.code)

    def _is_asked(self, field: q.Asked) -> bool | None:
        if field.shown is None:
            return True
        if field.shown.field in self._absent:
            return None
        given = self._answers.get(field.shown.field)
        return any(answer in field.shown.one_of for answer in (given if isinstance(given, list) else [given]))

    def _hold_files(self, walk: Walk, bundle: ContentSource) -> None:
        """See that each file of the version is named once, and fits its field as far as it is held.

        What was erased may have named files too.
        """
        named = [ref for place, field, ref in walk.files if field.entry is None]
        handed_in = [(item["id"], item["sha256"]) for item in self._handed_in.files]
        whole = not (self._absent or self._gone)
        fits = sorted(named) == sorted(handed_in) if whole else {*named} <= {*handed_in}
        hold(fits and len({*named}) == len(named), WHOLE_FORM)
        for place, field, (content, _) in walk.files:
            found = bundle.content(content)
            # Its media type is signed by nothing, so no verdict rests on it.
            if found is not None:
                hold(len(read_base64(found.content)) <= field.megabytes * MEGABYTE, place)


def _is_apart(field: q.Asked) -> bool:
    return field.personal or isinstance(field, q.PersonField)


def _columns_apart(field: q.Asked) -> frozenset[str]:
    if not isinstance(field, q.TableField):
        return frozenset()
    return frozenset(column.code for column in field.columns if field.personal or column.personal)


def _strip_empty(answer: Any) -> Any:
    """Return what an entry says of a place, without what it leaves empty."""
    if isinstance(answer, dict):
        return {name: text for name, text in answer.items() if text != ""}
    return [_strip_empty(item) for item in answer] if isinstance(answer, list) else answer


def _fund(amount: str, field: q.Asked | None) -> Any:
    """Return an amount as its field spells it: a whole number, or the shortest decimal text."""
    text = amount.rstrip("0").rstrip(".") if "." in amount else amount
    if text in ("", "0"):
        return None
    whole = isinstance(field, q.NumberField) and not field.places and text.isdecimal()
    return int(text) if whole else text


def _parse_answers(body: bytes | None) -> dict[str, Any]:
    """Return answers that are kept together; raises Unfit for anything else."""
    found = _parse(body or b"", WHOLE_FORM, SHARED_LIMIT)
    hold(isinstance(found, dict), WHOLE_FORM)
    return dict(found)


def _parse(body: bytes, place: str, limit: int) -> Any:
    """Return canonical JSON of so many bytes at most. Raises Unfit for anything else."""
    hold(len(body) <= limit, place)
    try:
        found = json.loads(body)
        same = canonical_bytes(found) == body
    except (ValueError, RecursionError):
        raise Unfit(place) from None
    hold(same, place)
    return found


def read_all(handed_in: HandedIn, bundle: ContentSource) -> dict[str, bytes | None]:
    """Return the bytes of the contents that are held; that they are those of the entry is `contents-whole`."""
    found = {content: bundle.content(content) for content in handed_in.contents}
    return {content: None if kept is None else read_base64(kept.content) for content, kept in found.items()}


def read_base64(text: str) -> bytes:
    """Return the bytes of a kept content; nothing where it is no base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        # Its bytes are another claim's matter; here they are no answers.
        return b""

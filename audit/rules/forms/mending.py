"""A mended version is what was recommended: the bid itself, who stands aside, and the answers that its form keeps.

Which answers stay the form of the version says; it was sealed, or amended in the open before it was handed in. Answers
are compared by what they say, in a spelling of the auditor's own. What was withheld from the bundle or erased since is
not looked at; the forms of which not all is held are counted with `answers-fit-form`.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from audit.bundle.content_reads import ContentSource
from audit.bundle.unit_spelling import spell
from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.forms.in_force import FormsSeen
from audit.rules.forms.version import Version, read_all, read_base64, read_version
from audit.rules.forms.walk import Unfit
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.application.submission import Submission
from selection.decision.aggregate import Event
from selection.forms import fields as q
from selection.forms.form import Form
from selection.round import events as r

CODE = "mended-as-recommended"
WHAT = ("name_en", "name_zh", "field", "region", "priority", "units", "team", "avoid")
"""What a mended version has as the one before it, in the order in which it is compared."""
_SUBMISSION = TypeAdapter(Submission)
TellFile = Callable[[Mapping[str, str]], str]
"""From a reference, what tells its file from others. Raises FileAbsent."""


class FileAbsent(Exception):
    """The bundle does not hold a file that would have to be compared."""


class MendedAsRecommended(EntryRule):
    """The claim about mended versions, each compared with the one before it."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = frozenset({a.ApplicationMended, r.FormAmended})

    def __init__(self, bundle: ContentSource) -> None:
        self._bundle = bundle
        self._seen = FormsSeen()

    def see(self, step: Step) -> int:
        """Compare a mended version with the one before it. Raises Difference."""
        if isinstance(step.event, r.FormAmended):
            self._seen.take(step)
            return 0
        mended = step.of(ApplicationState)
        _hold_bid(mended)
        self._hold_answers(mended)
        return 1

    def _hold_answers(self, step: ApplicationStep) -> None:
        before, event = step.before.submission, step.event
        assert before is not None
        assert isinstance(event, a.ApplicationMended)
        versions = self._seen.versions(step, "application")
        form = next((form for form in versions if form.version == before.form_version), None)
        if form is None or event.submission.form_version != form.version:
            # That it names another form than it must is found by `answers-fit-form`.
            return
        old, new = (self._read(form, submission) for submission in (before, event.submission))
        if old is not None and new is not None:
            for field in find_mended(form, old, new, self._bundle):
                raise step.differs("kept-answer-mended", question=field.en, question_zh=field.zh)

    def _read(self, form: Form, submission: Submission) -> "VersionAnswers | None":
        """Return the answers of a version; None where they do not fit, as another claim tells."""
        handed_in = read_version(_SUBMISSION.dump_python(submission, mode="json"))
        bodies = read_all(handed_in, self._bundle)
        whole = bodies[handed_in.shared] is not None
        if not whole:
            handed_in, bodies = handed_in._replace(personal=(), public=""), {handed_in.shared: b"{}"}
        try:
            return VersionAnswers(Version(form, handed_in, bodies), whole)
        except Unfit:
            return None


class VersionAnswers(NamedTuple):
    """The answers of a version; of one that is not `whole` its text is not held, and only the entry shows any."""

    version: Version
    whole: bool

    def find(self, field: q.Asked) -> tuple[Any, Mapping[int, frozenset[str]]] | None:
        """Return the answer to a field as far as it is held, nothing if it is not."""
        return self.version.find(field.code) if self.whole or field.entry is not None else None


def find_mended(
    form: Form, old: VersionAnswers, new: VersionAnswers, bundle: ContentSource
) -> Iterator[q.Asked]:
    """Yield the fields that stay in mending and are answered otherwise, as far as both answers are held."""
    for field in form.fields():
        one, other = old.find(field), new.find(field)
        if field.kept and one is not None and other is not None:
            gone = {**one[1], **other[1]}
            was, now = (_strip_rows(answer, gone) for answer, _ in (one, other))
            if not _is_same(field, was, now, bundle):
                yield field


def _is_same(field: q.Asked, was: Any, now: Any, bundle: ContentSource) -> bool:
    """Tell whether two answers say the same; of files that are not held and called otherwise nobody can tell."""

    def tell_bytes(ref: Mapping[str, str]) -> str:
        found = bundle.content(ref["id"])
        if found is None:
            raise FileAbsent(ref["id"])
        return hashlib.sha256(read_base64(found.content)).hexdigest()

    tell_file = _tell_id if sorted(_list_ids(was)) == sorted(_list_ids(now)) else tell_bytes
    try:
        return bool(_tell(field, was, tell_file) == _tell(field, now, tell_file))
    except FileAbsent:
        return True


def _hold_bid(step: ApplicationStep) -> None:
    event, before = step.event, step.before.submission
    assert isinstance(event, a.ApplicationMended)
    assert before is not None
    for what, was, now in zip(WHAT, _tell_bid(before), _tell_bid(event.submission), strict=True):
        step.require(was == now, "mended-into-another", what=what)


def _tell_bid(version: Submission) -> tuple[object, ...]:
    units = sorted((unit.code, unit.kind) for unit in (version.host, *version.co_builders))
    aside = (sorted(set(version.team)), sorted(set(version.avoid)))
    return (version.name_en, version.name_zh, version.field, version.region, version.priority, units, *aside)


def _strip_rows(answer: Any, gone: Mapping[int, frozenset[str]]) -> Any:
    """Return an answer without the columns of its rows that one of the versions does not hold."""
    if not gone or not isinstance(answer, list):
        return answer
    return [
        {code: inner for code, inner in row.items() if code not in gone.get(number, ())}
        for number, row in enumerate(answer)
    ]


def _list_ids(answer: Any) -> list[str]:
    """Return the ids of the files that an answer names, at any depth."""
    if isinstance(answer, dict):
        if answer.keys() == {"id", "sha256"}:
            return [str(answer["id"])]
        answer = list(answer.values())
    return [name for item in answer for name in _list_ids(item)] if isinstance(answer, list) else []


def _tell_id(ref: Mapping[str, str]) -> str:
    return ref["id"]


def _tell(field: q.Asked, answer: Any, tell_file: TellFile) -> Any:
    """Return what an answer says: nothing where it is blank, and without order but for the rows of a table."""
    match field:
        case q.TableField():
            rows = [_tell_row(field, row, tell_file) for row in answer or ()]
            return [row for row in rows if row]
        case _ if isinstance(answer, list):
            told = [_tell(field, item, tell_file) for item in answer]
            return sorted(json.dumps(item, sort_keys=True) for item in told if item) or None
        case q.FileField():
            return tell_file(answer) if answer else None
        case q.CreditCodeField():
            return spell(answer) if answer else None
        case q.UnitField() if answer:
            return {**_trim(answer), "code": spell(answer["code"])}
        case q.NumberField():
            return None if answer in (None, "") else Decimal(answer)
    return _trim(answer) or None


def _tell_row(field: q.TableField, row: Mapping[str, Any], tell_file: TellFile) -> dict[str, Any]:
    told = {column.code: _tell(column, row.get(column.code), tell_file) for column in field.columns}
    return {code: said for code, said in told.items() if said is not None}


def _trim(answer: Any) -> Any:
    """Return texts without blanks at their ends, and with one kind of line break."""
    match answer:
        case str():
            return answer.replace("\r\n", "\n").replace("\r", "\n").strip()
        case dict():
            return {name: trimmed for name, inner in answer.items() if (trimmed := _trim(inner))}
    return answer


def mending_rules(bundle: ContentSource) -> tuple[Rule, ...]:
    """Return the rule about what mending leaves as it was."""
    return (MendedAsRecommended(bundle),)


CLAIMS: Sentences = {
    CODE: (
        "No mended version changed the units, names, field, region or priority for which it had been recommended, nor"
        " the team and the experts to avoid, by whom people stand aside, nor an answer that stays in mending by its"
        " form, as far as the answers are held here.",
        "补正均未更改推荐所依据的单位、名称、领域、地区和方向，也未更改据以回避的团队成员和申请回避的专家；"
        "以证明包所含答案为限，亦未更改表单规定补正时保持不变的答案。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "kept-answer-mended": (
        "Mending changed an answer that stays by the form: {question}.",
        "补正更改了表单规定保持不变的答案：{question}。",
    ),
    "mended-into-another": (
        "The mended version has another {what} than the one that was recommended.",
        "补正后的版本与推荐版本的 {what} 不同。",
    ),
}
"""What can be found instead."""

"""Forms that changed in the midst of a round: that each might, that its map is whole, and that it was told.

Whoever had a version before keeps it: `answers-fit-form` holds them to that one. Who must look again: look_again.py.
"""

from pydantic import TypeAdapter

from audit.bundle.content_reads import ContentSource
from audit.claims import Difference, Sentences
from audit.rules.fold import ApplicationStep, Record, Step
from audit.rules.forms.in_force import FormChange, FormsSeen
from audit.rules.forms.look_again import describe_question, find_workers, list_changed, spell
from audit.rules.forms.version import Version, read_all, read_version
from audit.rules.forms.walk import Unfit
from audit.rules.rule_runner import Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.application.submission import Submission
from selection.decision.aggregate import Event
from selection.forms.definition import find_definition_faults
from selection.forms.form import FormName, Forms
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.day_clock import after_days
from selection.kernel.stages import RoundStage, Stage
from selection.round import events as r

CODE = "forms-amended"
STANDING: dict[FormName, tuple[Stage, ...]] = {
    "application": (Stage.SUBMITTED, Stage.RECOMMENDED),
    "review": (Stage.REVIEW,),
    "survey": (Stage.SURVEY,),
    "appraisal": (Stage.APPRAISAL,),
}
"""Where an application stands while its people have a form in hand: those are told."""
DEADLINE: dict[FormName, str] = {
    "application": "submission",
    "opinion": "recommendation",
    "review": "review",
    "survey": "survey",
    "appraisal": "appraisal",
}
_SUBMISSION = TypeAdapter(Submission)
UNSIGNED = " file-type"
"""A fault that no bundle can show: media types are signed by nothing."""


class FormsAmended:
    """The claim about changed forms and who was told of them."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = frozenset(
        {r.FormAmended, a.ApplicationFormChanged, a.WorkFormChanged, r.BatchFinished}
    )

    def __init__(self, bundle: ContentSource) -> None:
        self._bundle = bundle
        self._seen = FormsSeen()
        self._to_tell: dict[int, set[str]] = {}
        self._followed: set[tuple[int, str]] = set()
        self._open: set[int] = set()

    def see(self, step: Step) -> int:
        """Look at a change, at what it was for an application, or at the end of telling them. Raises Difference."""
        match step.event:
            case r.FormAmended():
                self._see_change(step)
            case a.ApplicationFormChanged() | a.WorkFormChanged():
                self._see_application(step.of(ApplicationState))
            case r.BatchFinished():
                return self._see_finished(step, step.event)
        return 1

    def close(self, record: Record) -> int:
        """See that nobody was left untold once the round has its end."""
        if self._open and record.round.ended and not record.round.cancelled:
            raise Difference(f"{record.round_id}#{record.size - 1}", "amendment-untold", application="-")
        return 0

    def _see_change(self, step: Step) -> None:
        data = step.leaf.data
        known = {form.version for form in self._seen.versions(step, data["form_name"])}
        uses = step.record.uses[data["form_name"]]
        found = self._seen.take(step)
        step.require(found is not None, "amendment-unfounded")
        assert found is not None
        step.require(
            found.number == len(self._seen.amended) and data["was"] == found.old.version,
            "amendment-unfounded",
        )
        step.require(found.new.version == data["form_version"], "amendment-unfounded")
        step.require(found.new.version not in known, "amendment-unfounded")
        same = canonical_bytes(found.new) == canonical_bytes(data["definition"])
        step.require(
            same and sha256_hex(canonical_bytes(data["definition"])) == data["form_hash"], "amendment-hash"
        )
        faults = find_definition_faults(Forms(**{found.name: found.new}), step.rules)
        step.require(next(faults, None) is None, "amendment-unfounded")
        _hold_map(step, found)
        step.require(not uses, "amendment-of-used", count=str(uses))
        _hold_time(step, found)
        if found.name in STANDING:
            standing = STANDING[found.name]
            items = step.record.applications.items()
            self._to_tell[found.number] = {number for number, item in items if item.stage in standing}
            self._open.add(found.number)

    def _see_application(self, step: ApplicationStep) -> None:
        data = step.leaf.data
        number = data["amendment"]
        step.require(0 < number <= len(self._seen.amended), "amendment-unfounded")
        found = self._seen.amended[number - 1]
        named = data.get("form_name", "application")
        step.require(
            (named, data["was"], data["form_version"]) == (found.name, found.old.version, found.new.version),
            "amendment-unfounded",
        )
        step.require(data["changed"] == list_changed(found), "look-again-differs")
        step.require((number, step.after.number) not in self._followed, "amendment-unfounded")
        self._followed.add((number, step.after.number))
        if found.name == "application":
            step.require(data["until"] == found.until, "look-again-differs")
            self._hold_version(step, found)
        else:
            step.require(data["people"] == find_workers(step, found), "look-again-differs")

    def _hold_version(self, step: ApplicationStep, found: FormChange) -> None:
        """See that the agent is asked exactly where the version that counts does not fit, as far as it is held."""
        data, state = step.leaf.data, step.before
        asked = data["faults_count"] > 0
        step.require(data["people"] == ([state.agent] if asked else []), "look-again-differs")
        step.require(len(data["unfit"]) == min(data["faults_count"], 20), "look-again-differs")
        older = state.submission is not None and state.submission.form_version != found.new.version
        if not older or state.stage not in STANDING["application"]:
            step.require(not asked, "look-again-differs")
            return
        fits, whole = self._fits(step, found)
        if fits is False:
            step.require(asked, "look-again-differs")
        elif fits and whole:
            unseen = any(fault.endswith(UNSIGNED) for fault in data["unfit"])
            step.require(not asked or unseen, "look-again-differs")

    def _fits(self, step: ApplicationStep, found: FormChange) -> tuple[bool | None, bool]:
        """Tell whether the answers fit the new form, None where they are not held; and whether all of them are."""
        submission = step.before.submission
        assert submission is not None
        handed_in = read_version(_SUBMISSION.dump_python(submission, mode="json"))
        bodies = read_all(handed_in, self._bundle)
        if bodies[handed_in.shared] is None:
            return None, False
        versions = {form.version: form for form in self._seen.versions(step, "application")}
        try:
            version = Version(versions[handed_in.version], handed_in, bodies)
            version.see_moved(
                found.new,
                lambda answers: self._seen.move(answers, "application", handed_in.version),
                step.rules,
            )
        except Unfit:
            return False, None not in bodies.values()
        return True, None not in bodies.values()

    def _see_finished(self, step: Step, event: r.BatchFinished) -> int:
        kind, _, number = event.batch.partition("/")
        if not kind.startswith("amend-"):
            return 0
        found = self._seen.amended[int(number) - 1]
        self._open.discard(found.number)
        for application in sorted(self._to_tell[found.number]):
            item = step.record.applications[application]
            stands = item.stage in STANDING[found.name] and item.stream not in event.left_over
            anew = item.submission is not None and item.submission.form_version == found.new.version
            if stands and not (found.name == "application" and anew):
                seen = (found.number, application) in self._followed
                step.require(seen, "amendment-untold", application=application)
        return 1


def _hold_map(step: Step, found: FormChange) -> None:
    """See that each field of both versions is named once, none becomes another kind, and the entry's stay."""
    old, new = ({field.code: field for field in form.fields()} for form in (found.old, found.new))
    targets = [code for code in found.fields.values() if code]
    step.require(sorted(found.fields) == sorted(old), "map-unfit")
    step.require(sorted([*targets, *found.added]) == sorted(new), "map-unfit")
    for code, target in found.fields.items():
        before, after = old[code], new.get(target)
        step.require(after is None or before.kind == after.kind, "map-unfit")  # type: ignore[attr-defined]
        if before.entry is not None:
            step.require(
                after is not None and describe_question(before) == describe_question(after), "map-unfit"
            )
        else:
            step.require(after is None or after.entry is None, "map-unfit")
    step.require(all(new[code].entry is None for code in found.added), "map-unfit")


def _hold_time(step: Step, found: FormChange) -> None:
    """See that whoever fills the form in had the days of the rules for it."""
    deadlines = step.record.round.deadlines
    name = DEADLINE.get(found.name, "")
    name = "submission" if name == "recommendation" and not step.rules.stages.recommendation else name
    until = deadlines.get(name)
    step.require(found.until == (None if until is None else spell(until)), "amendment-too-late")
    if until is not None:
        enough = after_days(step.rules.clock, step.leaf.at, step.rules.days.amend) <= until
        step.require(enough, "amendment-too-late")
    if found.name in ("application", "opinion"):
        step.require(step.record.round.stage is RoundStage.CALL, "amendment-too-late")


def form_change_rules(bundle: ContentSource) -> tuple[Rule, ...]:
    """Return the rule about forms that changed."""
    return (FormsAmended(bundle),)


CLAIMS: Sentences = {
    CODE: (
        "Each form that changed might: in time, unused, with a whole map; and whoever must look again was told.",
        "表单的每次变更均在时限内、启用前作出，对照表完整；需重新查看的人员均已获告知。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "amendment-hash": (
        "The form in the entry is not the one of the hash that was signed.",
        "条目所载表单与所签哈希不符。",
    ),
    "amendment-of-used": (
        "The form was used {count:time|times} by then for what nobody can do again.",
        "该表单此前已 {count} 次用于不可重新办理的事项。",
    ),
    "amendment-too-late": (
        "The form changed when less than the days of the rules were left, or after its deadline.",
        "表单变更时所余时间少于规则所定日数，或已过期限。",
    ),
    "amendment-unfounded": (
        "This change of a form does not follow from what stands before it.",
        "该次表单变更与此前的记录不相衔接。",
    ),
    "amendment-untold": (
        "Nobody told application {application} that a form changed.",
        "申报 {application} 未获告知表单变更。",
    ),
    "look-again-differs": (
        "Who must look again, and at what, is not what the two versions of the form give.",
        "需重新查看的人员或内容与两版表单所得不符。",
    ),
    "map-unfit": (
        "The map does not say of every field where it went, or changes what the rules decide on.",
        "对照表未说明每一项目的去向，或改动了规则据以决定的项目。",
    ),
}
"""What can be found instead."""

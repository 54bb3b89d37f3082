"""What a room lacks is found while modules are imported, and the file to edit is named."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

import selection
from audit.rules import causes
from audit.rules.reminding import reminders, waits
from selection.decision.aggregate import EVENTS, ActRefused, DueName, Event
from selection.decision.command import COMMANDS, Command, round_row, row
from selection.kernel import stages
from selection.kernel.stages import RoundStage, Stage
from selection.kernel.unfinished import Unfinished, file_of
from selection.process.room import Room
from selection.process.transitions import LEFT_OUT, step, whole
from selection.projections.open_tasks import tasks_of
from selection.rooms import ROOMS, faults
from selection.round import decide as round_decide
from selection.wording.code_names import TASKS
from selection.wording.refusals import SENTENCES
from tests import paths

pytestmark = pytest.mark.long

CORE = Path(selection.__file__).parent
ROOMED = sorted(set(EVENTS) - {ActRefused.TYPE})


def without(**parts: Any) -> tuple[Room[Any], ...]:
    """The rooms, each without these: keys of a mapping, or members of a tuple."""

    def leave_out(room: Room[Any], name: str, gone: Any) -> Any:
        have = getattr(room, name)
        if isinstance(have, tuple):
            return tuple(item for item in have if gone not in (item, getattr(item, "cause", None)))
        return {key: value for key, value in have.items() if key != gone}

    return tuple(
        replace(room, **{name: leave_out(room, name, gone) for name, gone in parts.items()}) for room in ROOMS
    )


def folder(kind: type) -> str:
    return file_of(kind).rpartition("/")[0]


def sentences_beside(kind: type) -> str:
    return str(sentences_of(CORE.parent / file_of(kind)).relative_to(CORE.parent))


def test_the_rooms_are_whole() -> None:
    assert list(faults(ROOMS)) == []
    assert len({room.package for room in ROOMS}) == len(ROOMS)


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_a_command_is_listed_decided_and_leads_somewhere(kind: str) -> None:
    command = COMMANDS[kind]
    listed = list(faults(without(commands=command)))
    assert listed == [f"{kind} is not among the COMMANDS of {file_of(command)}"]
    decided = list(faults(without(decides=command)))
    assert decided == [f"{kind} has no decider: DECIDES in {folder(command)}/decide.py"]
    led = list(faults(without(ways=kind)))
    assert f"{kind} leads nowhere: WAYS in {file_of(command)}" in led


@pytest.mark.parametrize("command", round_decide.DECIDES, ids=lambda command: command.ACT.kind)
def test_an_act_of_a_round_says_what_it_has_to_know(
    command: type[Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(round_decide.NEEDS, command)
    where = rf": NEEDS in {file_of(round_decide.DECIDES[command])}$"
    with pytest.raises(Unfinished, match=rf"{command.ACT.kind}{where}"):
        round_decide._check()


def test_no_act_of_a_round_is_told_what_it_has_to_know_by_default() -> None:
    by_default = [
        str(path.relative_to(CORE))
        for path in (CORE / "round").rglob("*.py")
        if "fromkeys(DECIDES" in path.read_text(encoding="utf-8")
    ]
    assert by_default == [], "an act that is added there would have needs that nobody thought of"


def test_a_command_leads_somewhere_from_each_stage_that_allows_it() -> None:
    def cut(room: Room[Any]) -> Room[Any]:
        kept = tuple(
            step for step in room.ways if (step.cause, step.stages) != ("reverse-decision", ("mending",))
        )
        return replace(room, ways=kept)

    assert list(faults([cut(room) for room in ROOMS])) == [
        "reverse-decision leads nowhere from mending: WAYS in selection/application/reversing/commands.py"
    ]


@pytest.mark.parametrize("name", ROOMED)
def test_an_event_has_a_fold_and_a_sentence(name: str) -> None:
    event = EVENTS[name]
    folded = list(faults(without(folds=event)))
    assert folded[0] == f"{name} has no fold: FOLDS in {file_of(event)}"
    told = list(faults(without(timeline=name)))
    assert told == [f"{name} has no sentence: TIMELINE in {sentences_beside(event)}"]


@pytest.mark.parametrize("name", [name for name in ROOMED if EVENTS[name].ORIGIN != "workflow"])
def test_an_event_says_that_no_workflow_records_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    event = EVENTS[name]
    origin = event.ORIGIN
    monkeypatch.delattr(event, "ORIGIN")
    assert list(faults(ROOMS)) == [
        f"{name} is recorded by workflow: {origin} is the ORIGIN in {file_of(event)}"
    ]


def test_an_event_says_who_may_see_each_field() -> None:
    with pytest.raises(Unfinished, match=r"AUDIENCE of Half in tests/selection/test_rooms\.py differs: seen"):

        class Half(Event):
            TYPE = "half.told.v1"
            seen: str
            AUDIENCE = {"*": "admin"}  # noqa: RUF012  as in a room

    EVENTS.pop("half.told.v1")


def test_a_command_has_a_row_and_a_kind_of_its_own() -> None:
    with pytest.raises(Unfinished, match=r"Rowless has no ROW: .* in tests/selection/test_rooms\.py"):

        class Rowless(Command):
            kind: Literal["rowless"] = "rowless"

    with pytest.raises(
        Unfinished, match=r"mend in tests/.* is a command of selection/application/check/commands\.py"
    ):

        class Again(Command):
            kind: Literal["mend"] = "mend"
            ROW = row("mending", "applicant")


def test_a_word_of_a_row_or_of_a_way_is_of_its_list() -> None:
    here = r": tests/selection/test_rooms\.py$"
    with pytest.raises(Unfinished, match=r"^survay is no Stage" + here):
        step(LEFT_OUT, "survay", "ended")
    with pytest.raises(Unfinished, match=r"^endet is no Stage" + here):
        step("give-up", "survey", "= endet", "given-up")
    with pytest.raises(Unfinished, match=r"^givenup is no Outcome" + here):
        whole(COMMANDS["give-up"], "ended", "givenup")
    with pytest.raises(Unfinished, match=r"^drawing is no Stage" + here):
        row("drawing", "officer")
    with pytest.raises(Unfinished, match=r"^scored is no RoundStage" + here):
        round_row("scored", "officer")
    with pytest.raises(Unfinished, match=r"^oficer is no Role" + here):
        row("survey", "oficer")
    with pytest.raises(Unfinished, match=r"^surveyy is no deadline of a row" + here):
        row("survey", "officer", "surveyy")  # type: ignore[arg-type]


def test_what_leads_on_is_an_act_a_deadline_or_a_look() -> None:
    ways = (*ROOMS[0].ways, step("deadline survay", "survey", "ended"))
    assert list(faults((replace(ROOMS[0], ways=ways), *ROOMS[1:]))) == [
        "no act, deadline or look is called deadline survay: WAYS in"
        f" {ROOMS[0].package.replace('.', '/')}/commands.py"
    ]


@pytest.mark.parametrize("table", ["APPLICATION", "ROUND", "LIST"])
def test_every_event_has_a_cause_in_the_audit(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = getattr(causes, table)
    for event in whole:
        monkeypatch.setattr(causes, table, {key: value for key, value in whole.items() if key is not event})
        with pytest.raises(Unfinished, match=rf"^{event.TYPE} has no cause: audit/rules/causes\.py$"):
            causes._check()


def test_a_cause_is_an_act_a_deadline_or_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "TABLES", ({"x": ("deadline mended",)},))
    with pytest.raises(Unfinished, match=r"^nothing is called deadline mended: audit/rules/causes\.py$"):
        causes._check()


def test_the_audit_knows_what_may_not_wait_when_a_stage_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    survey = {
        stage: waiting for stage, waiting in causes.EMPTY_AFTER.items() if stage is not RoundStage.SURVEY
    }
    monkeypatch.setattr(causes, "EMPTY_AFTER", survey)
    with pytest.raises(Unfinished, match=r"^survey is not in EMPTY_AFTER: audit/rules/causes\.py$"):
        causes._check()


def test_the_audit_knows_where_something_is_decided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = tuple(stage for stage in causes.EMPTY_AFTER[RoundStage.APPRAISAL] if stage != Stage.APPRAISAL)
    waited = {**causes.EMPTY_AFTER, RoundStage.APPRAISAL: waiting}
    monkeypatch.setattr(causes, "EMPTY_AFTER", waited)
    monkeypatch.setattr(causes, "BEFORE_PROPOSAL", causes.BEFORE_PROPOSAL[:-1])
    waited[RoundStage.SURVEY] = (*waited[RoundStage.SURVEY], Stage.APPRAISAL)
    told = (
        "appraisal is not in EMPTY_AFTER of appraisal; appraisal is in EMPTY_AFTER of survey and not in"
        " FINISHED_WHEN of selection/kernel/stages.py; appraised is not in BEFORE_PROPOSAL"
    )
    with pytest.raises(Unfinished, match=rf"^{told}: audit/rules/causes\.py$"):
        causes._check()


@pytest.mark.parametrize("kind", ["survey", "reverse-decision"])
def test_the_audit_knows_whom_a_task_waits_for(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = waits.AWAITED
    monkeypatch.setattr(waits, "AWAITED", {key: value for key, value in whole.items() if key != kind})
    file = r"audit/rules/reminding/waits\.py"
    with pytest.raises(Unfinished, match=rf"^{kind}: whom it waits for is not in AWAITED: {file}$"):
        waits._check()
    monkeypatch.setattr(waits, "AWAITED", {**whole, "survy": whole["survey"]})
    with pytest.raises(Unfinished, match=r"^survy: no task is called so: TASKS in its room's sentences\.py$"):
        waits._check()


def test_the_audit_knows_each_task_of_a_round_by_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "KEYS", {})
    with pytest.raises(Unfinished, match=r"approve.* is not in KEYS: audit/rules/reminding/reminders\.py$"):
        reminders._check()


@pytest.mark.parametrize("stage", list(Stage))
def test_a_stage_has_a_name_and_a_phase(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(stages.STAGES, stage.value)
    assert list(faults(ROOMS)) == [f"the stage {stage.value} has no name: selection/kernel/stages.py"]


@pytest.mark.parametrize("table", ["STAGES", "ROUND_STAGES", "OUTCOMES"])
def test_a_stage_is_named_in_both_languages(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = next(iter(getattr(stages, table)))
    monkeypatch.setitem(getattr(stages, table), code, ("somewhere", ""))
    assert list(faults(ROOMS)) == [f"{code} has no Chinese: {table} in selection/kernel/stages.py"]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.ENDED])
def test_of_a_stage_it_is_said_who_is_awaited(stage: Stage) -> None:
    assert list(faults(without(tasks=stage))) == [
        f"of the stage {stage.value} nothing says who is awaited: STAGE_TASKS in the room's tasks.py"
    ]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.ENDED])
def test_what_is_awaited_in_a_stage_has_a_name_and_the_audits_date(stage: Stage) -> None:
    tasks = tasks_of(paths.application_in(stage).state)
    (room,) = (room.package for room in ROOMS if stage in room.tasks)
    unnamed = {task.kind for task in tasks} - TASKS.keys()
    assert not unnamed, f"TASKS of {room} names no such task, or its tasks.py misspells it"
    dated = {task.kind: task.deadline for task in tasks if task.deadline in waits.DATES.values()}
    known = {task.kind: waits.DATES[task.kind] for task in tasks if task.kind in waits.DATES}
    assert dated == known, f"AWAITED of {file_of(waits.TaskWait)}, or the deadline in tasks.py of {room}"


@pytest.mark.parametrize("name", get_args(DueName))
def test_a_deadline_brings_something(name: str) -> None:
    assert list(faults(without(settles=name))) == [
        f"the deadline {name} brings nothing: SETTLES in the room's decide.py"
    ]


def test_a_stage_is_led_to_and_left() -> None:
    # A reversal leads back to a survey, and a check that is made again to where it stood: neither leads there first.
    rest = tuple(room for room in ROOMS if room.package != "selection.application.survey")
    found = [fault for fault in faults(rest) if "nothing leads" in fault]
    assert found == [
        "nothing leads on from the stage survey: WAYS in commands.py, or the room is not in"
        " selection/application/rooms.py",
        "nothing leads to the stage survey: NEXT or FINISHED_WHEN in selection/kernel/stages.py",
        f"nothing leads to the stage {stages.after(Stage.SURVEY)}: NEXT or FINISHED_WHEN in"
        " selection/kernel/stages.py",
    ]


def test_every_refusal_that_the_core_raises_has_a_sentence() -> None:
    missing = []
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and node.args:
                code = node.args[0]
                either = (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
                said = [str(part.value) for part in either if isinstance(part, ast.Constant)]
                missing += [
                    f"{name} has no sentence: REFUSALS in {sentences_of(path).relative_to(CORE.parent)}"
                    for name in said
                    if name not in SENTENCES
                ]
    assert missing == []


def sentences_of(path: Path) -> Path:
    """The file for the sentences of what a file refuses: of its subject, of its room, or of all rooms."""
    of_room = (folder / "sentences.py" for folder in path.parents if folder.is_relative_to(CORE))
    return next((found for found in of_room if found.exists()), CORE / "refusals" / "any_stage.py")


def test_the_sentences_of_a_refusal_are_looked_for_where_its_room_has_them() -> None:
    found = {
        "round/approving/decide.py": "round/sentences.py",
        "round/amending_rules/decide.py": "round/amending_rules/sentences.py",
        "application/survey/decide.py": "application/survey/sentences.py",
        "recusal/conflicts.py": "refusals/any_stage.py",
    }
    assert {name: str(sentences_of(CORE / name).relative_to(CORE)) for name in found} == found


@pytest.mark.parametrize(
    ("part", "key", "told", "gap"),
    [
        ("refusals", "own-amendment", ("Somebody else does.", ""), "has no Chinese"),
        ("refusals", "own-amendment", ("Somebody else does.", "Somebody else does."), "has no Chinese"),
        ("refusals", "own-amendment", ("", "须由他人办理。"), "has no English"),
        ("refusals", "own-amendment", ("须由他人办理。", "须由他人办理。"), "has no English"),
        (
            "refusals",
            "own-amendment",
            ("Ask {person}.", "请联系 {name}。"),
            "names other fields in Chinese than in English",
        ),
        ("task_names", "rule-on-amendment", ("rule on it", ""), "has no Chinese"),
        ("labels", "amend-rules.path", ("", "项目"), "has no English"),
        ("timeline", "round.rules-amended.v1", (("The rules changed.", ""),), "has no Chinese"),
        (
            "timeline",
            "round.rules-amended.v1",
            (("{path} changed.", "{path} 修改。"),),
            "has no sentence for who may see none of its fields",
        ),
        (
            "letters",
            "rules-amended",
            {"en": ("Rules", "They changed."), "zh": ("规则", "")},
            "has no Chinese",
        ),
    ],
)
def test_a_sentence_stands_in_both_languages(part: str, key: str, told: Any, gap: str) -> None:
    def alter(room: Room[Any]) -> Room[Any]:
        have = getattr(room, part)
        parts: dict[str, Any] = {part: {**have, key: told}} if key in have else {}
        return replace(room, **parts)

    files = {"labels": "labels.py", "letters": "letters.py"}
    table = {"task_names": "TASKS"}.get(part, part.upper())
    where = f"{table} in selection/round/amending_rules/{files.get(part, 'sentences.py')}"
    assert list(faults([alter(room) for room in ROOMS])) == [f"{key} {gap}: {where}"]


@pytest.mark.parametrize(
    ("told", "gap"), [(("it ends", ""), "has no Chinese"), (("终结申报", "终结申报"), "has no English")]
)
def test_a_code_is_named_in_both_languages(told: tuple[str, str], gap: str) -> None:
    def alter(room: Room[Any]) -> Room[Any]:
        ways = room.values.get("way")
        return replace(room, values={"way": {**ways, "end": told}}) if ways else room

    where = "VALUES in selection/application/settling/sentences.py"
    assert list(faults([alter(room) for room in ROOMS])) == [f"way {gap}: {where}"]


def test_no_two_rooms_have_a_sentence_for_one_refusal() -> None:
    twice = tuple(replace(room, refusals={**room.refusals, "not-later": ("later", "晚")}) for room in ROOMS)
    assert list(faults(twice)) == [
        "the refusal not-later has two sentences: keep one, or move it to selection/refusals/any_stage.py"
    ]

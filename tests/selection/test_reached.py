import ast
from pathlib import Path

import selection
from audit.rules.causes import APPLICATION, ROUND
from selection.decision.aggregate import EVENTS
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.rooms import APPLICATION_ACTS, LIST_ACTS, REGISTER_ACTS, ROUND_ACTS
from selection.wording.refusals import SENTENCES
from tests.desk import REACHED, REACHED_BY
from tests.run_properties import REACHED_BY_THE_CORE, Tell
from tools.process_acts import SHOWN, read_rows

CORE = Path(selection.__file__).parent

# Raised where the core opens what somebody sent, before any stream decides on it.
WHERE_OPENED = {"other-stream", "registration-wrong"}
# Raised by the client or the record: not by a decision.
OF_OTHER_LAYERS = {
    "unknown-application",
    "command-reused",
    "record-behind",
    "eraser-away",
    "untold",
    "list-never-opened",
    "login-needed",
    "link-used",
}


def codes_raised_in_the_core() -> set[str]:
    """The first argument of every `Refused(...)` in the core."""
    found = set()
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and node.args:
                code = node.args[0]
                either = (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
                found |= {str(part.value) for part in either if isinstance(part, ast.Constant)}
    return found


def find_tests(step: str) -> set[str]:
    """The tests that came through an act, or through what time, a look or a stage that is left out brings."""
    kind, _, cause = step.partition(" ")
    if cause.startswith("deadline "):
        settled = next((name for name, shown in SHOWN.items() if cause == f"deadline {shown}"), cause[9:])
        return REACHED_BY[f"{kind} deadline {settled}"]
    if cause.startswith("left-out "):
        return REACHED_BY[f"{kind} {cause.removeprefix('left-out ')}.left-out.v1"]
    found = {"round": ROUND, "application": APPLICATION}.get(kind, {}) if cause.startswith("look") else {}
    return REACHED_BY[step].union(
        *(REACHED_BY[f"{kind} {e.TYPE}"] for e, by in found.items() if by == (cause,))
    )


def test_every_code_is_raised_by_the_core_or_known_to_be_of_another_layer() -> None:
    assert codes_raised_in_the_core() == (set(SENTENCES) - OF_OTHER_LAYERS) | WHERE_OPENED


def test_the_run_reached_everything(record_property: Tell) -> None:
    """Deselected where only a part of the core's tests was selected."""
    record_property(REACHED_BY_THE_CORE, {kind: dict(found) for kind, found in REACHED.items()})
    acts = (
        ("application", APPLICATION_ACTS),
        ("recommender", LIST_ACTS),
        ("round", ROUND_ACTS),
        ("installation", REGISTER_ACTS),
    )
    wanted = {
        "application stage": {stage.value for stage in Stage} - {Stage.NEW.value},
        "round stage": {stage.value for stage in RoundStage} - {RoundStage.NEW.value},
        "command": {f"{kind} {act}" for kind, table in acts for act in table},
        "event": set(EVENTS),
        "refusal": set(SENTENCES) - OF_OTHER_LAYERS - WHERE_OPENED,
        "outcome": {outcome.value for outcome in Outcome},
    }
    not_through = [step for step, row in read_rows().items() if row.test not in find_tests(step)]
    assert not_through == [], {step: sorted(find_tests(step)) for step in not_through}
    missed = {kind: sorted(names - REACHED[kind].keys()) for kind, names in wanted.items()}
    assert missed == {kind: [] for kind in wanted}

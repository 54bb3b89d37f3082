"""Since when what no date ends waits: noted along the entries, by what each state says, apart from the core's notes."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from audit.rules.amending.table import field_at
from audit.rules.fold import Step
from audit.rules.reminding.waits import AWAITED, RULED_ON, reverse_integrity
from selection.application.review_request import ReviewRequest
from selection.application.state import ApplicationState
from selection.kernel.stages import RoundStage
from selection.round.state import RoundState
from selection.rules.sections import ApprovalLevel


class Since:
    """Since when each undated task waits, by stream and key."""

    def __init__(self) -> None:
        self._streams: dict[str, dict[str, datetime]] = {}

    def note(self, step: Step) -> None:
        """Note what begins to wait with an entry, and forget what waits no more."""
        match step.after:
            case ApplicationState() as state:
                waiting = list_undated(state)
            case RoundState() as state:
                waiting = list_undated_of_round(state)
            case _:
                return
        known = self._streams.get(step.leaf.stream, {})
        found = {key: known.get(key, step.leaf.at) for key in waiting}
        if found:
            self._streams[step.leaf.stream] = found
        else:
            self._streams.pop(step.leaf.stream, None)

    def find(self, step: Step, task: str) -> datetime | None:
        """Return since when a task waits at an entry, None if it does not."""
        found = self._streams.get(step.leaf.stream, {}).get(task)
        call = step.before.awaits_call if isinstance(step.before, RoundState) else None
        # The call waits from its day on, whenever the round was sealed.
        return max(found, call) if found is not None and call is not None and task == "open-call" else found


def list_undated(state: ApplicationState) -> list[str]:
    """Return the keys of an application's tasks that wait and that no date ends."""
    keys = list[tuple[str, str]]()
    # Nothing is reversed under a request for review that waits for its decision or its remedy.
    if not (state.ended and any(_is_open(item) for item in state.requests.values())):
        entered = _list_entered(state.decisions.entered)
        keys += [("reverse-decision", f"reverse-decision/{name}") for name in entered]
    if state.ended:
        keys += [("appoint-deciders", f"deciders/{name}") for name in state.requests]
        keys += [("record-remedy", f"remedy/{name}") for name in state.requests]
    if not state.ended:
        keys += [(kind, kind) for kind in ("settle-panel", "replace-chair")]
        keys.append(("rule-on-fraud", "fraud"))
        keys += [("appoint-examiners", f"examine/{name}") for name in state.objections]
    if not state.ended or state.fresh_panel:
        keys.append(("supplement-panel", "supplement"))
    # After the end too, of whoever decides on a request for review.
    keys += [("rule-on-conflict", f"report/{name}") for name in state.open_reports]
    return [key for kind, key in keys if AWAITED[kind].look(state, key) is not None]


def _is_open(request: ReviewRequest) -> bool:
    return not request.outcome or (request.outcome == "upheld" and not request.remedied)


def list_undated_of_round(state: RoundState) -> list[str]:
    """Return the keys of a round's tasks that wait and that no date ends."""
    if state.since is None:
        return []
    keys = [f"lobbying/{name}" for name in state.open_lobbying]
    keys += ["left-over"] if state.left_over else []
    keys += ["open-call"] if state.stage is RoundStage.CALL and state.awaits_call is not None else []
    keys += [] if state.batch else _list_of_stage(state)
    waiting = state.waiting_amendment
    field = field_at(waiting.path) if waiting is not None else None
    if waiting is not None and field is not None and state.stage.value in field.stages:
        keys.append(f"amendment/{waiting.number}")
    held = {item.application for item in state.held if state.hits.get(item.application, True) is None}
    keys += ["integrity-hit"] if state.stage in RULED_ON and (held or state.suspended_items) else []
    entered = (f"reverse-integrity-decision/{name}" for name in _list_entered(state.decisions.entered))
    return [*keys, *(key for key in entered if reverse_integrity(state, key) is not None)]


def _list_of_stage(state: RoundState) -> list[str]:
    match state.stage:
        case RoundStage.DRAWING:
            drawn = [draw for draw in state.draws.values() if not draw.voided][-1:]
            carried_out = not state.left_over and any(draw.result is not None for draw in drawn)
            return [] if carried_out else ["draw"]
        case RoundStage.SHORTLISTING:
            return [] if state.shortlist else ["shortlist"]
        case RoundStage.PROPOSAL:
            noticed = state.sealed is not None and state.sealed.stages.notice
            return [*(["open-notice"] if noticed else [])] if state.proposed else ["propose"]
        case RoundStage.APPROVAL:
            return list(_list_approving(state))
    return []


def _list_approving(state: RoundState) -> Iterator[str]:
    """Yield what an approval waits for: the check, then a level's turn or that of all, then the list."""
    if not state.integrity:
        yield "integrity"
        return
    if not state.standing_items and (state.suspended_items or state.held):
        return
    left: list[ApprovalLevel] = [level for level in state.current.approval if level.code not in state.passed]
    if not left:
        yield "issue"
    assert state.sealed is not None
    for level in left if state.sealed.levels == "side-by-side" else left[:1]:
        yield f"approve/{level.code}/{state.proposal}"


def _list_entered(entered: Iterable[str]) -> list[str]:
    """Return the decisions of which something was entered: by decision and post it is kept."""
    return list(dict.fromkeys(name.rpartition("/")[0] for name in entered))

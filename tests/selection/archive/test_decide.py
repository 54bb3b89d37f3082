import pytest

from selection.archive.decide import RUNS_PER_EVENT, KeepHistories
from selection.archive.events import ArchivedRun, HistoriesArchived
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.leaf import leaf_bytes
from tests import factories as f
from tests.desk import Desk
from tests.selection import invariants

LONGEST = "一" * 60


def archive() -> Desk:
    return Desk(f"archive/{f.ROUND}", f.facts(), f.deadline("submission"))


def runs(count: int, *, closed: bool = True) -> tuple[ArchivedRun, ...]:
    return tuple(
        ArchivedRun(
            workflow_id=f"recommender/{LONGEST}/{LONGEST}",
            run_id=f"01a20f55-af92-70e5-a072-{number:012}",
            events=51_200,
            closed=closed,
            sha256="f" * 64,
        )
        for number in range(count)
    )


def keep(*named: ArchivedRun, complete: bool = True, left_open: int = 0) -> KeepHistories:
    return KeepHistories(cause="request", runs=named, complete=complete, open=left_open)


def make_histories_archived(*named: ArchivedRun, complete: bool = True) -> HistoriesArchived:
    return HistoriesArchived(cause="request", runs=named, complete=complete, open=0)


def test_an_act_names_what_was_kept() -> None:
    desk = archive()
    assert desk.act(keep(*runs(2)), f.actor("auditor-1", Role.AUDITOR)) == (
        make_histories_archived(*runs(2)),
    )
    assert (desk.state.kept, desk.state.open, desk.state.complete) == (2, 0, True)
    invariants.check_folds_back(desk)


def test_an_act_that_found_nothing_new_is_recorded_all_the_same() -> None:
    desk = archive()
    assert desk.act(keep()) == (make_histories_archived(),)
    assert desk.state.version == 1


def test_many_runs_are_told_in_entries_far_below_the_limit_of_a_leaf() -> None:
    desk = archive()
    many = runs(2 * RUNS_PER_EVENT + 1)
    first, second, third = desk.act(keep(*many))
    assert (first, third) == (
        make_histories_archived(*many[:RUNS_PER_EVENT], complete=False),
        make_histories_archived(many[-1]),
    )
    assert second.complete is False  # type: ignore[attr-defined]
    assert desk.state.kept == len(many)
    assert max(len(leaf_bytes(leaf)) for leaf in desk.leaves) < 33_000


def test_the_open_runs_are_those_of_the_last_act() -> None:
    desk = archive()
    desk.act(keep(*runs(3, closed=False), complete=False, left_open=3))
    assert not desk.state.complete
    desk.act(keep(*runs(2, closed=False), left_open=5))
    assert (desk.state.open, desk.state.complete) == (5, True)
    desk.act(keep(left_open=1))
    assert (desk.state.open, desk.state.kept) == (1, 5)


@pytest.mark.parametrize(
    "actor",
    [
        Actor(person="officer-1", role=Role.OFFICER),
        Actor(person="officer-1", role=Role.AUDITOR),
        Actor(person="officer-1", role=Role.SYSTEM),
        Actor(person="auditor-1", role=Role.ADMIN),
    ],
)
def test_only_auditors_admins_and_the_engine_have_histories_kept(actor: Actor) -> None:
    assert archive().refuse(keep(), actor) == "not-entitled"


def test_there_is_no_archive_without_a_round() -> None:
    desk = archive()
    desk.world = desk.world.model_copy(update={"terms": None})
    assert desk.refuse(keep(), SYSTEM) == "unknown-round"


def test_a_message_that_is_none_is_unreadable() -> None:
    assert archive().refuse({"kind": "keep-histories", "cause": "whim"}, f.OFFICER) == "unreadable"

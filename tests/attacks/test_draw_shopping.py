"""An officer who commits many draws opens the one that seats whom they like, once the numbers are public."""

import hashlib
from typing import Any

import pytest

from selection.decision.relations import Tie
from selection.draw.inputs import DrawInputs, draw_key
from selection.draw.panels import Drawn, draw_panels
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage, Stage
from selection.projections.possible import list_possible
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.round.tasks import list_tasks
from tests import factories as f
from tests.chance.rounds import RandomRound
from tests.draws import NUMBERS, commit_draw, draw_panels_by, enter_numbers, open_draw, result_for
from tests.signatures import Signatures
from tests.whole_round import WholeRound

SECRETS = [hashlib.sha256(f"secret {number}".encode()).hexdigest() for number in range(40)]


@pytest.fixture
def drawing() -> WholeRound:
    """A round in which panels are to be drawn, of an installation where everybody signs."""
    played = RandomRound(3, signatures=Signatures())
    played._intake()
    played._check()
    assert played.made.round.state.stage is RoundStage.DRAWING
    return played.made


def seats_of(made: WholeRound, draw: str, secret: str) -> tuple[str, ...]:
    """Whom a draw would seat on the first application's panel: its officer alone can tell beforehand."""
    inputs = DrawInputs.model_validate_json(made.contents[made.round.state.draws[draw].inputs.id])
    drawn = draw_panels(inputs, draw_key(bytes.fromhex(secret), NUMBERS))
    assert isinstance(drawn, Drawn)
    return drawn.panels[min(drawn.panels)].seats


def commit(made: WholeRound, name: str, secret: str, by: Actor = f.OFFICER) -> None:
    made._drawing = name
    commitment = hashlib.sha256(bytes.fromhex(secret)).hexdigest()
    after = max((draw.public for draw in made.round.state.draws.values()), default=made.now)
    command = commit_draw(name, made.now, made.rules, after=after).with_(commitment=commitment)
    made.secrets[commitment] = secret
    made.round.act(command, by)


def refusal(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_nobody_opens_the_draw_they_like_best_of_many(drawing: WholeRound) -> None:
    commit(drawing, "draw-0", SECRETS[0])
    for number, secret in enumerate(SECRETS[1:], start=1):
        assert refusal(lambda n=number, s=secret: commit(drawing, f"draw-{n}", s)) == "draw-waiting"
    # Among all of them there would have been one for the officer's friend, whom the only one does not seat.
    by_secret = [seats_of(drawing, "draw-0", secret) for secret in SECRETS]
    friend = next(person for person in sorted({*sum(by_secret, ())}) if person not in by_secret[0])
    assert any(friend in seats for seats in by_secret[1:])
    assert set(drawing.round.state.draws) == {"draw-0"}


def test_who_voids_a_draw_is_a_supervisor_with_another_and_leaves_the_reason(drawing: WholeRound) -> None:
    commit(drawing, "draw-0", SECRETS[0])
    assert drawing.signatures is not None
    void = r.VoidDraw(draw="draw-0", reason=f.ref("disliked"))
    assert refusal(lambda: drawing.round.act(void, f.OFFICER)) == "not-entitled"
    drawing.signatures.alone = True
    before = len(drawing.log)
    assert refusal(lambda: drawing.round.act(void, f.SUPERVISOR)) == "second-missing"
    assert len(drawing.log) == before
    drawing.signatures.alone = False
    drawing.round.act(void, f.SUPERVISOR)
    leaf = drawing.log[-1]
    assert leaf.signed is not None
    assert leaf.signed.second is not None
    assert (leaf.signed.second.person, leaf.data["reason"]["id"]) == ("supervisor-2", "disliked.supervisor-1")
    commit(drawing, "draw-1", SECRETS[1], f.SUPERVISOR)


def test_nobody_can_keep_a_secret_back_and_each_of_the_others_opens_with_the_numbers_alone(
    drawing: WholeRound,
) -> None:
    """Seen: the officer dislikes what the numbers give, and tells nobody the secret until the draw is voided."""
    commit(drawing, "draw-0", SECRETS[0])
    drawing.now = drawing.round.state.draws["draw-0"].public
    drawing.round.act(enter_numbers("draw-0"), f.OFFICER)
    may_open = {"officer-2", "supervisor-1", "supervisor-2"}
    for person in sorted({*may_open, "officer-1"}):
        kinds = {act.kind for act in list_possible(drawing.round.state, person)}
        assert ("open-draw" in kinds) is (person in may_open), person
    drawing.round.act(open_draw("draw-0"), f.SUPERVISOR)
    assert drawing.log[-1].data["secret"] == SECRETS[0]


@pytest.mark.parametrize("deposit", ["5e" * 15, "5e" * 65, "not hex", "", "5E" * 32, SECRETS[1]])
def test_what_is_deposited_is_the_secret_or_the_draw_is_not_committed(
    drawing: WholeRound, deposit: str
) -> None:
    """Seen otherwise: a deposit that opens nothing keeps the secret back as well."""
    commitment = hashlib.sha256(bytes.fromhex(SECRETS[0])).hexdigest()
    drawing.secrets[commitment] = deposit
    command = commit_draw("draw-0", drawing.now, drawing.rules).with_(commitment=commitment)
    assert refusal(lambda: drawing.round.act(command, f.OFFICER)) == "deposit-unfit"


def test_who_lets_a_draw_run_out_gets_no_second_draw_nor_does_a_colleague(drawing: WholeRound) -> None:
    """The officers dislike what the numbers give, and open nothing until an honest supervisor voids."""
    commit(drawing, "draw-0", SECRETS[0])
    drawing.now = drawing.round.state.draws["draw-0"].until
    assert refusal(lambda: drawing.round.act(open_draw("draw-0", NUMBERS), f.OPENER)) == "draw-expired"
    drawing.round.act(r.VoidDraw(draw="draw-0", reason=f.ref()), f.SUPERVISOR)
    state = drawing.round.state
    for actor in (f.OFFICER, f.OPENER):
        assert refusal(lambda by=actor: commit(drawing, "draw-1", SECRETS[1], by)) == "drew-before"
        assert "commit-draw" not in {act.kind for act in list_possible(state, actor.person)}
    assert "commit-draw" in {act.kind for act in list_possible(state, "supervisor-1")}
    assert [(task.kind, task.role) for task in list_tasks(state)] == [("draw", Role.SUPERVISOR)]
    # A supervisor commits the next, and neither they nor that officer opens it.
    commit(drawing, "draw-1", SECRETS[1], f.SUPERVISOR)
    drawing.now = drawing.round.state.draws["draw-1"].public
    drawing.round.act(enter_numbers("draw-1"), f.OFFICER)
    opening = open_draw("draw-1")
    assert refusal(lambda: drawing.round.act(opening, f.OFFICER)) == "drew-before"
    assert refusal(lambda: drawing.round.act(opening, f.SUPERVISOR)) == "draw-own"
    drawing.round.act(opening, f.actor("supervisor-2"))
    assert drawing.round.state.draws["draw-1"].opened


def test_supervisors_whose_draw_is_voided_do_not_commit_the_next_either(drawing: WholeRound) -> None:
    assert refusal(lambda: commit(drawing, "draw-0", SECRETS[0], f.SUPERVISOR)) == "not-entitled"
    drawing.void("draw-0")
    drawing.void("draw-1")
    assert drawing.round.state.draws["draw-1"].post is Role.SUPERVISOR
    for actor in (f.SUPERVISOR, f.actor("supervisor-2")):
        assert refusal(lambda by=actor: commit(drawing, "draw-2", SECRETS[0], by)) == "drew-before"
    drawing.draw("draw-2")
    assert drawing.round.state.draws["draw-2"].post is Role.OFFICER


def test_of_all_spellings_of_the_numbers_none_seats_another(drawing: WholeRound) -> None:
    """Whoever opened a draw could choose among them: each gave another key."""
    commit(drawing, "draw-0", f.SECRET)
    drawing.now = drawing.round.state.draws["draw-0"].public
    for typed in ("7 12 33", "07,12,33", "007  12  33"):
        drawing.round.act(enter_numbers("draw-0", typed), f.OFFICER)
    drawing.round.act(open_draw("draw-0", "7, 12 + 33"), f.OPENER)
    assert drawing.round.state.draws["draw-0"].randomness == NUMBERS


def test_a_tie_between_commitment_and_opening_gets_nobody_another_draw(drawing: WholeRound) -> None:
    """Who knows the panel has one of it declare a tie: the next of the same draw sits, and nothing is drawn anew."""
    drawing.commit("draw-0")
    drawing.open("draw-0")
    inputs = DrawInputs.model_validate_json(drawing.contents[drawing.round.state.draws["draw-0"].inputs.id])
    _, drawn = draw_panels_by(inputs, result_for("draw-0"))
    assert isinstance(drawn, Drawn)
    number = min(drawn.panels).rpartition("/")[2]
    panel = drawn.panels[min(drawn.panels)]
    bound = (panel.seats[0],)
    for person in bound:
        unit = drawing.app(number).state.submission.host.code
        fact = drawing.people[person]
        drawing.register(fact, Tie(kind="project", unit=unit))
    drawing.seat("draw-0")
    state = drawing.app(number).state
    assert (state.stage, state.draws) == (Stage.REVIEW, ("draw-0",))
    order = [person for person in (*panel.seats, *panel.alternates) if person not in bound]
    assert [*(seat.expert for seat in state.seats), *state.alternates] == order


def test_where_a_draw_has_nobody_left_a_supplement_fills_the_vacant_seats_alone(drawing: WholeRound) -> None:
    drawing.commit("draw-0")
    drawing.open("draw-0")
    inputs = DrawInputs.model_validate_json(drawing.contents[drawing.round.state.draws["draw-0"].inputs.id])
    _, drawn = draw_panels_by(inputs, result_for("draw-0"))
    assert isinstance(drawn, Drawn)
    number = min(drawn.panels).rpartition("/")[2]
    panel = drawn.panels[min(drawn.panels)]
    unit = drawing.app(number).state.submission.host.code
    bound = (*panel.alternates, *panel.seats[1:4])
    for person in bound:
        drawing.register(drawing.people[person], Tie(kind="project", unit=unit))
    drawing.seat("draw-0")
    state = drawing.app(number).state
    kept = [person for person in panel.seats if person not in bound]
    assert [seat.expert for seat in state.seats if seat.status == "invited"] == kept
    # A vacant seat bears nobody's name: who was passed over has no claim to it, whatever is reversed.
    assert [(seat.number, seat.expert) for seat in state.seats if seat.status == "empty"] == [
        (2, ""),
        (3, ""),
        (4, ""),
    ]
    for person in kept:
        drawing.app(number).act(f.accept(), f.actor(person, "expert"))
        drawing.app(number).act(f.review("20"), f.actor(person, "expert"))
    drawing.draw("draw-1")
    seated = [seat.expert for seat in drawing.app(number).state.seats]
    assert seated[:1] == kept
    assert not set(seated[1:]) & {*panel.seats, *panel.alternates}

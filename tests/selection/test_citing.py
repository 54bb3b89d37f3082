"""What an act may cite: found by the types of its fields, and refused in one way whether it exists or not."""

from typing import Any

import pytest

from selection.application import commands as c
from selection.decision.citing import citations_of
from selection.decision.envelope import Envelope
from selection.decision.facts import ContentFact, Facts, FactsRequest
from selection.decision.machine import Act, answer_from, decide
from selection.decision.making import Outcome
from selection.forms.handed_in import Fitting
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.kernel.references import citations_in, references_in
from selection.kernel.stages import Stage
from selection.round import commands as r
from tests import factories as f, paths
from tests.desk import HERE, REACHED, Desk

NOW = f.OPENED
CITING: tuple[Frozen, ...] = (
    f.submit(seals=None, evidence=(f.ref("a"), f.ref("b")), agreement=f.ref("agreement")),
    c.Mend(submission=f.submission()),
    c.Withdraw(reason=f.ref()),
    f.survey(photos=(f.ref("photo"), f.ref("other"))),
    f.vote(dissent=f.ref("dissent")),
    f.objection(),
    f.propose("0001", "0002", n0001="deviation"),
    r.FixDeviatingShortlist(add={"0001": f.ref("added")}, remove={"0002": f.ref("removed")}),
    r.RecordIntegrityCheck(proposal=1, hits={"0001": f.ref("hit")}, text=f.ref()),
)


@pytest.mark.parametrize("command", CITING, ids=lambda command: command.kind)
def test_every_reference_of_a_command_is_found(command: Frozen) -> None:
    found = [item.ref.id for item in citations_in(command)]
    assert sorted(found) == sorted(references_in(command.model_dump(mode="json")))


def test_a_place_names_fields_and_positions_and_no_key() -> None:
    told = {item.place for command in CITING for item in citations_in(command)}
    assert {"submission.evidence.1", "items.1.reason", "deviations.0", "hits.0"} <= told
    assert not any("0001" in place for place in told)


def test_a_field_asks_for_its_kind() -> None:
    told = {item.place: item.kind for command in CITING for item in citations_in(command)}
    kinds = {
        "submission.form": "text",
        "submission.pledge": None,
        "evidence.0": None,
        "reason": "text",
        "photos.1": "file",
        "hits.0": "text",
    }
    assert {place: told[place] for place in kinds} == kinds


def test_the_reason_of_the_actor_is_cited_too() -> None:
    told = citations_of(f.APPLICANT.with_(reason=f.ref("why")), c.Withdraw(reason=f.ref()))
    assert [(item.place, item.ref.id) for item in told] == [("reason", "text"), ("actor.reason", "why")]


def outcome_of(
    desk: Desk, command: Frozen, *, actor: Actor = f.APPLICANT, rehearsed: bool = False, **contents: Any
) -> tuple[Outcome[Any], list[FactsRequest]]:
    """What an act brings where the record lets its actor cite these contents and no others."""
    body = command.model_dump(mode="json")
    act = Act(
        Envelope(stream=desk.state.stream, command_id="id-1", actor=actor, command=body), rehearsed=rehearsed
    )
    asked = []

    def answer(request: FactsRequest) -> Facts:
        asked.append(request)
        return desk.world.with_(contents=contents, founded=HERE, fitting=Fitting())

    return answer_from(decide(desk.aggregate, desk.state, act, desk.now, desk.frame()), answer), asked


def text(name: str, **changes: Any) -> ContentFact:
    return ContentFact(**{"sha256": f.ref(name).sha256, "kind": "text", "stored": NOW, **changes})


def refusal(desk: Desk, command: Frozen, **told: Any) -> tuple[str, dict[str, str]]:
    outcome, _ = outcome_of(desk, command, **told)
    assert outcome.refused is not None
    REACHED["refusal"][outcome.refused.code] += 1
    return outcome.refused.code, outcome.refused.params


SUBMITTED = c.Withdraw(reason=f.ref())


def test_what_is_unknown_or_of_another_and_what_has_another_hash_are_refused_alike() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    unknown = refusal(desk, SUBMITTED)
    assert unknown == ("unknown-content", {"place": "reason"})
    assert refusal(desk, SUBMITTED, text=text("text", sha256="ab" * 32)) == unknown
    assert outcome_of(desk, SUBMITTED, text=text("text"))[0].refused is None


def test_of_two_hashes_under_one_id_the_wrong_one_is_refused() -> None:
    desk = paths.application()
    wrong = f.ref("form").with_(sha256="ab" * 32)
    names = {name: text(name) for name in ("form", "seals")}
    assert refusal(desk, f.submit(pledge=wrong), **names) == (
        "unknown-content",
        {"place": "submission.pledge"},
    )


def test_another_kind_than_the_field_asks_for_is_refused_in_its_own_words() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    found = refusal(desk, SUBMITTED, text=text("text", kind="file"))
    assert found == ("wrong-content", {"place": "reason", "content": "text"})


def test_a_reason_that_is_not_the_actors_to_cite_is_refused() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    told = {"actor": f.APPLICANT.with_(reason=f.ref("why")), "text": text("text")}
    assert refusal(desk, SUBMITTED, **told) == ("unknown-content", {"place": "actor.reason"})


def test_whoever_may_not_act_or_comes_late_is_told_nothing_of_what_they_cite() -> None:
    desk, stranger = paths.application_in(Stage.SUBMITTED), f.actor("applicant-3")
    found = {"of nobody": {}, "of others": {}, "their own": {"text": text("text")}}
    assert {refusal(desk, SUBMITTED, actor=stranger, **told)[0] for told in found.values()} == {
        "not-entitled"
    }
    desk.now = f.deadline("submission") + f.TERMS.grace
    assert {refusal(desk, SUBMITTED, **told)[0] for told in found.values()} == {"late"}


def test_within_the_grace_what_is_not_theirs_saves_no_act() -> None:
    desk = paths.application()
    desk.now = f.deadline("submission")
    early: dict[str, Any] = f.list_stored(NOW, "form", "applicant-pledge", "seals")
    assert outcome_of(desk, f.submit(), **early)[0].refused is None
    for name in early:
        wrong = early[name].with_(sha256="ab" * 32)
        assert refusal(desk, f.submit(), **{**early, name: wrong})[0] == "late"
        others = {other: fact for other, fact in early.items() if other != name}
        assert refusal(desk, f.submit(), **others)[0] == "late"


def test_what_is_cited_is_asked_for_by_who_acts() -> None:
    _, asked = outcome_of(paths.application_in(Stage.SUBMITTED), SUBMITTED, text=text("text"))
    (wanted,) = [request for request in asked if request.contents]
    assert (wanted.reader, [item.ref.id for item in wanted.contents]) == ("applicant-1", ["text"])


def test_a_rehearsal_cites_nothing() -> None:
    outcome, asked = outcome_of(paths.application_in(Stage.SUBMITTED), SUBMITTED, rehearsed=True)
    assert outcome.refused is None
    assert not any(request.contents for request in asked)

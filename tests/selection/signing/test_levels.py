"""The table of the sealed rules: how every act of a round must be signed."""

import json
from importlib.resources import files

import pytest

from selection.application import commands as c
from selection.decision.command import assurance_of
from selection.decision.envelope import Envelope
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act, answer_from, decide
from selection.kernel.actor import Role
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage, Stage
from selection.refusals.refused import Refused
from selection.rooms import APPLICATION_ACTS, LEAST_ASSURANCE, LIST_ACTS, ROUND_ACTS
from selection.rules.loading import RulesFaults, diff_rules, rules_hash
from selection.sealing import load_rules
from selection.signing.key import Founded
from tests import factories as f, paths
from tests.selection.signing.keys import HOUR, INSTALLATION, draft_proof, software

CLOSED = Founded(installation=INSTALLATION, local=False)
LEAST_OF_RULES_1 = {
    "session": """
        accept-invitation declare-conflict decline-invitation mend raise-objection report-lobbying submit
        withdraw withdraw-objection
    """,
    "signed": """
        agree-on-post amend-rules appoint-deciders appoint-examiners appoint-survey-team approve cast-vote
        clear-integrity-hit decline-integrity-reversal decline-reversal commit-draw
        confirm-co-building correct-review rule-on-request delegate
        declare-project decline-post-change end-delegation
        enter-draw-numbers open-call
        fix-shortlist give-up open-appraisal open-draw open-public-notice pass-check propose
        rank-recommendations
        recommend record-appraisal record-integrity-check record-remedy refer-conflict
        reopen-objection reverse-decision reverse-integrity-decision
        repeat-batch report-conflict report-fraud report-survey request-review
        rule-on-amendment rule-on-conflict rule-on-fraud rule-on-lobbying send-back send-back-proposal
        settle-panel submit-review
        withdraw-recommendation
    """,
    "signed-by-two": """
        amend-form appoint-chair cancel-round change-post extend-deadline fail-check fill-places fix-deviating-shortlist
        issue-list lift-integrity-stop propose-deviating record-outage
        recommend-on-paper replace-agent replace-chair settle-objection uphold-integrity-hit uphold-objection void-draw
    """,
}
"""What was sealed with `schema_version: 1`. Rules of that version are judged by it for good."""


def test_the_sealed_table_alone_counts_and_the_rows_where_none_is_in_force() -> None:
    assert assurance_of("withdraw", None) is Assurance.SESSION
    assert assurance_of("issue-list", None) is Assurance.SIGNED_BY_TWO
    assert assurance_of("withdraw", {"withdraw": Assurance.SIGNED}) is Assurance.SIGNED
    # As an older version's table may say, whose rows asked for less.
    assert assurance_of("issue-list", {"issue-list": Assurance.SIGNED}) is Assurance.SIGNED
    assert assurance_of("no-act", None) is assurance_of("no-act", {}) is Assurance.SESSION


def test_what_is_asked_for_at_least_stays_as_it_was_for_rules_of_this_version() -> None:
    """Another act, or another level of one, is for rules of another `schema_version`: docs/decisions/0030."""
    told = {kind: level for level, kinds in LEAST_OF_RULES_1.items() for kind in kinds.split()}
    assert told == LEAST_ASSURANCE


def test_the_sealed_table_names_every_act_of_people_in_a_round_and_no_other() -> None:
    in_rounds = {**APPLICATION_ACTS, **LIST_ACTS, **ROUND_ACTS}
    of_people = {kind for kind, act in in_rounds.items() if act.roles - {Role.SYSTEM}}
    assert set(LEAST_ASSURANCE) == of_people - {"open-round"}
    desk = paths.round_in(RoundStage.CALL)
    assert set(desk.state.sealed.assurance) == set(LEAST_ASSURANCE)
    assert set(desk.leaves[0].data["rules"]["assurance"]) == set(LEAST_ASSURANCE)


@pytest.mark.parametrize(
    ("change", "code", "params"),
    [
        ({"open-drawer": "signed", "x": "signed"}, "levels-unknown", {"count": "2"}),
        # The engine's acts are signed by nobody, and what opens the round comes before its rules.
        ({"seat-panel": "signed"}, "levels-unknown", {"count": "1"}),
        ({"open-round": "signed"}, "levels-unknown", {"count": "1"}),
        ({"issue-list": None, "approve": None}, "levels-missing", {"acts": "approve, issue-list"}),
        ({"issue-list": "signed"}, "levels-below", {"acts": "issue-list"}),
        ({"approve": "session", "withdraw": "signed"}, "levels-below", {"acts": "approve"}),
    ],
)
def test_rules_that_say_it_of_other_acts_or_ask_for_too_little_open_no_round(
    change: dict[str, str | None], code: str, params: dict[str, str]
) -> None:
    told = {kind: level for kind, level in {**f.levels(), **change}.items() if level is not None}
    rules = f.rules(assurance=told)
    with pytest.raises(Refused) as refused:
        paths.round_in(RoundStage.NEW).act(f.open_round(rules), f.OFFICER)
    assert (refused.value.code, refused.value.params) == (code, params)


def test_what_the_sealed_rules_do_not_name_is_nobody_s_to_do() -> None:
    desk = paths.application_in(Stage.CHECKING)
    without = {kind: level for kind, level in f.TERMS.assurance.items() if kind != "pass-check"}
    desk.world = desk.world.with_(terms=f.TERMS.with_(assurance=without))
    with pytest.raises(Refused) as refused:
        desk.act(c.PassCheck(revision=1), f.OFFICER)
    assert refused.value.code == "act-unnamed"


def test_less_than_the_rows_is_enough_where_the_sealed_table_says_so() -> None:
    """As in a round that was sealed before a later version asked for more."""
    desk = paths.application_in(Stage.CHECKING)
    desk.world = desk.world.with_(terms=f.TERMS.with_(assurance=with_level("pass-check", "session")))
    session = software(4, level="session", expires=desk.now + 2 * HOUR)
    bare = Envelope(
        stream=desk.state.stream,
        command_id="id-1",
        actor=f.OFFICER,
        command=c.PassCheck(revision=1).model_dump(mode="json"),
    )
    proof = session.prove(bare.intent, draft_proof(issued=desk.now, expires=desk.now + HOUR))

    def answer(asked: FactsRequest) -> Facts:
        return desk.world.with_(founded=CLOSED, keys={"officer-1": (session.key,)})

    act = Act(bare.model_copy(update={"proof": proof}))
    assert (
        answer_from(decide(desk.aggregate, desk.state, act, desk.now, desk.frame()), answer).refused is None
    )


def with_level(kind: str, level: str) -> dict[str, Assurance]:
    return {**f.TERMS.assurance, kind: Assurance(level)}


TEXT = (files("examples") / "second_batch" / "rules.yaml").read_text(encoding="utf-8")


def with_section(written: str) -> str:
    return f"{TEXT}\nassurance: {written}\n"


def test_a_file_says_only_what_it_changes_and_the_whole_table_is_hashed() -> None:
    plain, stricter = load_rules(TEXT), load_rules(with_section("{withdraw: signed}"))
    assert plain.assurance == LEAST_ASSURANCE
    assert stricter.assurance == {**LEAST_ASSURANCE, "withdraw": Assurance.SIGNED}
    assert diff_rules(plain, stricter) == [("assurance.withdraw", "session", "signed")]
    written_out = json.dumps({kind: level.value for kind, level in LEAST_ASSURANCE.items()})
    assert rules_hash(load_rules(with_section(written_out))) == rules_hash(plain) != rules_hash(stricter)


def test_a_post_has_enough_people_to_sign_as_two() -> None:
    one = TEXT.replace("supervisors: [supervisor-1, supervisor-2]", "supervisors: [supervisor-1]")
    with pytest.raises(RulesFaults) as raised:
        load_rules(one)
    (fault,) = raised.value.faults
    assert (fault.path, fault.code, fault.params) == (
        "staff.supervisors",
        "too_few_to_sign",
        {"acts": "lift-integrity-stop, replace-chair, uphold-integrity-hit, void-draw"},
    )
    alone = TEXT.replace("admins: [admin-1]", "admins: [admin-1]\nassurance: {cancel-round: signed-by-two}")
    # Officers may do it too.
    assert load_rules(alone).assurance["cancel-round"] is Assurance.SIGNED_BY_TWO


@pytest.mark.parametrize(
    ("admins", "posts"),
    [
        ("[admin-1]", []),
        ("[admin-1, officer-1]", []),
        ("[admin-1, officer-1, officer-2]", ["staff.officers"]),
        ("[admin-1, supervisor-1, supervisor-2]", ["staff.supervisors"]),
        ("[admin-1, officer-1, supervisor-1]", ["staff.officers"]),
    ],
)
def test_of_a_draw_that_is_voided_others_can_make_the_next(admins: str, posts: list[str]) -> None:
    """Administrators make no draws: an officer, a supervisor and a third person who are none have to be left."""
    text = TEXT.replace("admins: [admin-1]", f"admins: {admins}")
    if not posts:
        assert load_rules(text).staff.officers
        return
    with pytest.raises(RulesFaults) as raised:
        load_rules(text)
    assert [(fault.path, fault.code) for fault in raised.value.faults] == [
        (post, "too_few_to_draw") for post in posts
    ]


@pytest.mark.parametrize(
    ("written", "path", "code"),
    [
        ("{open-drawer: signed}", "assurance.open-drawer", "unknown_act"),
        ("{seat-panel: signed}", "assurance.seat-panel", "unknown_act"),
        ("{issue-list: signed}", "assurance.issue-list", "below_least"),
        ("{issue-list: by-three}", "assurance.issue-list", "choice"),
        ("[issue-list]", "assurance", "not_a_mapping"),
    ],
)
def test_a_faulty_table_is_a_fault_with_its_line(written: str, path: str, code: str) -> None:
    # Beside another fault as well, so that all are listed at once.
    for text in (with_section(written), with_section(written).replace("places: 12 ", "places: 0 ")):
        with pytest.raises(RulesFaults) as raised:
            load_rules(text)
        (fault,) = [fault for fault in raised.value.faults if fault.path.startswith("assurance")]
        assert (fault.path, fault.code, fault.line) == (path, code, len(text.splitlines()))

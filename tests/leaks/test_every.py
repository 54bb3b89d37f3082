"""No leak: every command of the CLI was looked at, what acts too, by who may and by who may not."""

from selection.kernel.stages import Stage
from tests.leaks.acting import BULK_ACTS
from tests.leaks.canaries import CONTENT, IDENTITY
from tests.leaks.conftest import Play
from tests.leaks.every import ACTS, NAMES, SKIPPED, command_of, find_unread
from tests.leaks.pages import POSTS, SENDERS, find_unlooked
from tests.leaks.programs import find_unasked
from tests.leaks.reading import Look
from tests.leaks.truth import find_published, ids_in

DONE_BY_ANYBODY = {"file put", "text put"}
"""Who is registered may store what nobody refers to yet."""


def test_every_command_was_looked_at_or_is_skipped_for_a_reason(the_play: Play) -> None:
    lines = [item.line for item in the_play.looks]
    assert find_unread(lines) == set(), "look at it in tests/leaks/every.py, or say there why nobody needs to"
    assert set(SKIPPED) <= set(NAMES), "skipped, and no command any more"
    assert not {command_of(line) for line in lines} & SKIPPED.keys(), "skipped, and looked at"


def test_every_page_and_every_operation_that_reads_was_looked_at_or_is_skipped_for_a_reason(
    the_play: Play,
) -> None:
    assert find_unlooked() == set(), "show it to everybody in tests/leaks/pages.py, or say there why not"
    assert find_unasked() == set(), "ask it in tests/leaks/programs.py"
    early = [item for item in the_play.shown if item.moment == "review"]
    people = {item.person for item in early}
    assert len(people) == len(POSTS) + 1
    for kind, count in (("page", len(people)), ("form", len(SENDERS))):
        lines = [item.line for item in early if item.line.startswith(kind)]
        assert len(lines) == len(set(lines)) * count > 100


def test_who_had_a_part_after_the_review_looked_at_what_has_come_since(the_play: Play) -> None:
    late = [item for item in the_play.shown if item.moment == "end"]
    roles = {item.person.partition("-")[0] for item in late}
    assert roles >= {"expert", "surveyor", "examiner", "objector", "approver", "host", "stranger", "nobody"}
    shown = {(item.person.partition("-")[0], item.line.rpartition("/")[2]) for item in late if not item.code}
    # Each sees the papers of their own part, so that what hides the others is not that nothing is there.
    for who, kind in (
        ("expert", "appraisal"),
        ("surveyor", "survey"),
        ("stranger", "list"),
        ("stranger", "notice"),
    ):
        assert (who, kind) in shown, (who, kind)
    papers = [item for item in late if item.line.startswith("page /papers/")]
    held = {item.line.rpartition("/")[2] for item in papers if CONTENT.search(item.text)}
    assert held >= {"application", "review", "survey", "appraisal", "opinions", "letter", "proposal"}
    for who in ("objector", "stranger", "host"):
        assert not {(who, kind) for kind in ("proposal", "opinions", "appraisal", "survey")} & shown


def test_who_may_not_is_refused_in_one_line_that_names_nobody(the_play: Play) -> None:
    by_another = {command_of(item.line): item for item in _acts(the_play, "review")}
    assert by_another.keys() == ACTS.keys()
    for command, item in by_another.items():
        assert item.code == (0 if command in DONE_BY_ANYBODY else 2), item
        if item.code:
            assert len(item.text.splitlines()) == 1, item
            assert not ids_in(item.text) - ids_in(item.line), item


def test_who_may_was_answered_by_the_act_and_not_by_its_form(the_play: Play) -> None:
    """A line that cannot be read would be answered alike for everybody, and show nothing of the round."""
    by_their_own = {command_of(item.line): item for item in _acts(the_play, "end")}
    assert by_their_own.keys() == ACTS.keys()
    codes = {command: item.text.partition(":")[0] for command, item in by_their_own.items() if item.code}
    assert set(codes.values()) <= {
        "ended",
        "not-reviewable",
        "wrong-stage",
        "round-exists",
        "list-closed",
        "no-notice",
        "nothing-to-do",
        "late",
        "letter-not-refused",
        "nothing-to-reverse",
        "nothing-to-decline",
        "no-such-agent",
    }, codes
    assert {item.code for item in by_their_own.values()} == {0, 2}


def _acts(played: Play, moment: str) -> list[Look]:
    found = [item for item in played.looks if item.moment == moment and not item.stream]
    return [item for item in found if command_of(item.line) in ACTS]


def test_to_cite_what_belongs_to_another_application_opens_it_to_nobody(the_play: Play) -> None:
    cited = [item for item in the_play.looks if " ref:" in item.line]
    assert [item.text.partition(":")[0] for item in cited] == ["unknown-content"] * 2 + ["wrong-stage"]
    [stranger] = {item.person for item in cited}
    ids = {item.line.rpartition("ref:")[2] for item in cited}
    canaries = {canary for canary, ref in the_play.canaries.items() if ref in ids}
    assert len(canaries) == len(ids) == 2
    shown = [item for item in the_play.looks if item.person == stranger]
    assert not [item.line for item in shown if canaries & set(CONTENT.findall(item.text))]
    assert not [item.line for item in shown if ids & set(item.text.split('"'))]


def test_an_expert_who_is_invited_reads_no_file_before_the_pledge(the_play: Play) -> None:
    stream = the_play.streams["a01"]
    looks = [item for item in the_play.looks if item.moment == "invited"]
    [person] = {item.person for item in looks}
    for truth in (the_play.truths["invited"], the_play.truths["invited"].earlier):
        assert truth is not None
        state = truth.parties[stream].state
        seat = state.seat_of(person)
        assert (state.stage, seat and seat.status, person in state.pledged) == (
            Stage.REVIEW,
            "invited",
            False,
        )
    opening = [item for item in looks if command_of(item.line) in ("text get", "file get")]
    assert [item.code for item in opening] == [2, 2]
    assert not [item.line for item in looks if CONTENT.search(item.text)]
    assert not [item.line for item in looks if ids_in(item.text) - {person}]
    # The same lines open the same contents to who has pledged, so it is the pledge that is asked for.
    pledged = [item for item in the_play.looks if item.moment == "end" and item.person.startswith("expert-")]
    assert {item.line: item.code for item in pledged if item.line in {look.line for look in opening}} == {
        item.line: 0 for item in opening
    }


def test_the_officer_was_shown_what_each_bulk_act_would_do_just_before_it(the_play: Play) -> None:
    dry = {item.moment: item for item in the_play.looks if item.moment.startswith("before ")}
    assert dry.keys() == {f"before {kind}" for kind in BULK_ACTS}
    for item in dry.values():
        assert item.code == 0, item
        assert item.text.strip(), item


def test_a_bundle_names_nobody_and_redacted_it_holds_what_was_published_alone(
    the_play: Play,
) -> None:
    bundles = [item for item in the_play.looks if item.line.startswith("audit export") and item.code == 0]
    redacted = [item for item in bundles if "--redacted" in item.line]
    [whole] = [item for item in bundles if item not in redacted]
    assert sorted(item.person.partition("-")[0] for item in redacted) == ["admin", "auditor"]
    assert not [item.line for item in bundles if IDENTITY.search(item.text)]
    for item in redacted:
        held = {the_play.canaries[canary] for canary in CONTENT.findall(item.text)}
        assert held == find_published(the_play.truths["end"]), item.line
    assert len(set(CONTENT.findall(whole.text))) > 20, "the search would find what is there"

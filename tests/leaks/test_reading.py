"""No leak: what every role is shown holds no canary that the secrecy of the process does not allow."""

import asyncio
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from ledger.errors import LedgerError
from ledger.record import Ledger
from reading.errors import Hidden
from runtime.settings import Settings
from selection.refusals.refused import Refused
from selection.visibility.reading import TABLE
from selection.visibility.viewer import Standing
from starter.cli.contents import stream_of
from starter.cli.options import Options
from starter.cli.session import Session
from starter.demo.acts import panels
from starter.demo.chance import draw_secret
from tests.leaks.acting import BULK_ACTS, ROUND, SEED
from tests.leaks.canaries import IDENTITY, mark
from tests.leaks.conftest import Play
from tests.leaks.reading import Look, look
from tests.leaks.truth import APPROVERS, PEOPLE, STAFF, contents_in, find_published, ids_in


def test_no_command_shows_an_identity(the_play: Play) -> None:
    """But in pages one's own name, and those of people whom one may know; no address and no employer's name."""
    shown = {
        (item.person, item.line, canary)
        for item in everything(the_play)
        for canary in set(IDENTITY.findall(item.text)) - _list_known_names(the_play, item)
    }
    assert not shown
    told = {item.person.partition("-")[0] for item in the_play.shown if _names_of_others(item)}
    assert {"officer", "supervisor", "auditor", "admin"} <= told


def _names_of_others(item: Look) -> set[str]:
    return {canary for canary in IDENTITY.findall(item.text) if canary != mark("Nm", item.person)}


def _list_known_names(played: Play, item: Look) -> set[str]:
    """The names that a page may show: administrators read everyone's, who typed an id learns no name by it."""
    if not item.line.startswith(("page", "form")):
        return set()
    truth = played.truths[item.moment]
    known = (
        set(PEOPLE) if item.person.startswith("admin-") else truth.list_known_ids(item.person, item.stream)
    )
    if item.person.startswith("host-"):
        known = {item.person}
    return {mark("Nm", person) for person in known}


def test_no_command_names_a_person_whom_the_reader_may_not_know(the_play: Play) -> None:
    # The register, and who read it about whom, list ids to administrators: who is registered is their work.
    # And a file of rules says to whoever has it what stands in it.
    register = ("person list", "page /people", "reads --json", "rules check")
    looks = [item for item in beside_bundles(the_play) if not item.line.startswith(register)]
    found = {
        (item.moment, item.person, item.line, *sorted(extra))
        for item in looks
        if (extra := ids_in(item.text) - _list_known_ids(the_play, item))
    }
    assert not found


READS = re.compile(r"reads|page /rounds/[^/]+/reads")
"""Who read what, at a command line and in a page."""


def everything(played: Play) -> list[Look]:
    """All looks: what commands printed, what programs were answered, and what pages showed."""
    return [*played.looks, *played.asked, *played.sent, *played.shown]


def test_programs_are_answered_as_far_as_their_person_may_see(the_play: Play) -> None:
    assert {item.code for item in the_play.asked} == {0, 2}
    strangers = [item for item in the_play.asked if item.person.startswith("stranger-") and item.stream]
    assert {item.code for item in strangers} == {2}
    # Nothing comes of any act that they send, also under the id of another's, whose receipt they are not given.
    assert {item.code for item in the_play.sent} == {2}
    assert {json.loads(item.text)["code"] for item in the_play.sent} >= {"not-entitled", "body-unfit"}


def beside_bundles(played: Play) -> list[Look]:
    """All looks but those at a bundle, which holds every entry: to auditors, and without contents to administrators."""
    return [item for item in everything(played) if not item.line.startswith("audit export")]


def _list_known_ids(played: Play, item: Look) -> set[str]:
    """Whom the reader may know, or has named in the line; to administrators the sealed rules name who oversees."""
    watched = STAFF | APPROVERS if READS.match(item.line) and item.person.startswith("admin-") else set()
    return watched | played.truths[item.moment].list_known_ids(item.person, item.stream) | ids_in(item.line)


def test_no_command_shows_a_content_that_the_reader_may_not_read(the_play: Play) -> None:
    found = {
        (item.moment, item.person, item.line, *sorted(the_play.truths[item.moment].places[content]))
        for item in everything(the_play)
        for content in _contents(the_play, item)
        if not _may_read(the_play, item, content)
    }
    assert not found


def test_nobody_but_the_officer_is_shown_what_a_bulk_act_would_do(the_play: Play) -> None:
    dry = [item for item in the_play.looks if item.moment == "review" and item.line.endswith("--dry-run")]
    dry = [item for item in dry if item.line.startswith("round ")]
    assert len(dry) == 20
    for item in dry:
        assert item.code == 2, item
        assert len(item.text.splitlines()) == 1, item


def test_no_command_shows_the_secret_of_the_draw(the_play: Play) -> None:
    secret = draw_secret(SEED, panels.FIRST_DRAW).hex()
    assert not [(item.person, item.line) for item in beside_bundles(the_play) if secret in item.text]


def test_scores_ranks_and_the_draw_are_hidden_from_parties(the_play: Play) -> None:
    """Numbers have no canaries, so what is looked for is the field that holds them."""
    found = set()
    for item in everything(the_play):
        if not item.line.endswith("--json") or item.person in STAFF:
            continue
        hidden = NEVER | (OF_THE_PANEL if item.person.startswith(PARTIES) else set())
        found |= {(item.person, item.line, name) for name in _list_fields(item) & hidden}
    assert not found
    told = [
        _list_fields(item) for item in the_play.looks if item.person in STAFF and item.line.endswith("--json")
    ]
    assert set().union(*told) >= (NEVER | OF_THE_PANEL) - UNTOLD


NEVER = {
    *("mean", "untrimmed", "lot", "secret", "deposit", "result", "inputs", "total_cost", "alternates"),
    "employers",
}
"""What staff alone is shown, by the name of the field."""
OF_THE_PANEL = {
    *("scores", "total", "score", "agreed", "rank", "votes_for", "votes_against", "reviewers", "seats"),
    *("present", "aside", "dissents", "shown", "valid", "votes"),
}
UNTOLD = {"secret", "deposit", "result", "inputs", "total_cost", "aside", "dissents"}
"""What no timeline of these applications holds: the draw is about all of them, and nobody stood aside."""
PARTIES = ("host-", "unit-", "objector-", "surveyor-", "examiner-", "stranger-", "nobody-", "admin-")
"""Who is shown nothing of a panel's work. An expert is shown their own review, a chair the panel."""


def _list_fields(item: Look) -> set[str]:
    """The names of the fields with a value in an answer: of rows, and of the data of events."""
    if item.code != 0:
        return set()
    answer = json.loads(item.text)
    rows = [row for part in answer.values() for row in (part if isinstance(part, list) else [part])]
    rows += [row["data"] for row in rows if isinstance(row, dict) and "data" in row]
    return {
        name
        for row in rows
        if isinstance(row, dict)
        for name, value in row.items()
        if value not in (None, [])
    }


def test_the_register_is_shown_to_administrators_only(the_play: Play) -> None:
    for item in the_play.looks:
        if item.line.startswith("person list"):
            shown = len(ids_in(item.text) - {item.person})
            assert (shown > 0) == item.person.startswith("admin-"), item.person


NOTICED = {
    *("round", "number", "name_en", "name_zh", "field", "region", "host", "host_en", "host_zh", "noticed"),
    "co_builders",
}
PUBLIC = {"notice": NOTICED, "end": NOTICED | {"place"}}
"""What anyone is shown of an application, by the moment: from the notice on, and once the list is issued."""


def test_who_has_no_part_is_shown_of_an_application_what_the_notice_and_the_list_say_and_nothing_else(
    the_play: Play,
) -> None:
    shown = set()
    for item in the_play.looks:
        if item.stream and item.person.startswith("nobody-"):
            assert item.code == 2, item
        elif item.stream and item.person.startswith("stranger-"):
            assert item.code == 2 or item.line.startswith(("timeline", "show")), item
            if item.code == 0:
                assert item.moment in PUBLIC, item
                shown.add(item.moment)
            if item.code == 0 and item.line.startswith("show") and item.line.endswith("--json"):
                answer = json.loads(item.text)
                assert NOTICED <= set(answer["application"]) <= PUBLIC[item.moment], item
                assert [item["content"] for item in answer["contents"]] == ["public"], item
                assert set(answer["public"]) == {"direction", "summary", "bid"}, item
                assert answer["tasks"] == [], item
            elif item.code == 0 and item.line.endswith("--json"):
                told = {event["event"] for event in json.loads(item.text)["timeline"]}
                assert told <= {"notice.opened.v1", "application.listed.v1", "round.list-issued.v1"}, item
    assert shown == set(PUBLIC)


def test_public_answers_are_everyones_from_the_notice_on_and_those_of_no_other_application(
    the_play: Play,
) -> None:
    truth, shown = the_play.truths["end"], defaultdict[str, set[str]](set)
    handed_in = {ref for ref, places in truth.places.items() if "submission.public" in places}
    published = find_published(the_play.truths["end"])
    for item in the_play.looks:
        if item.person.startswith(("stranger-", "nobody-")):
            shown[item.moment].update(_contents(the_play, item))
    assert {moment for moment, found in shown.items() if found} == {"notice", "end"}
    assert shown["end"] == published
    assert shown["notice"] <= published < handed_in
    assert not asyncio.run(_open_unpublished(the_play, handed_in - published))


async def _open_unpublished(played: Play, contents: set[str]) -> list[str]:
    ledger = await Ledger.connect(played.ends.database_url, size=2)
    try:
        session = Session(Options(person="stranger-x7q2z"), Settings(data=played.data), ledger)
        uses = [(ref, stream) for ref in contents for stream in played.truths["end"].uses[ref]]
        return [ref for ref, stream in uses if await _opens(session, ref, stream)]
    finally:
        await ledger.close()


def test_the_looks_were_at_something(the_play: Play) -> None:
    """An empty answer leaks nothing and shows nothing: staff, chair and parties were shown what is theirs."""
    before = {f"before {kind}" for kind in BULK_ACTS}
    assert set(the_play.truths) == {"invited", "review", "notice", "end"} | before
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for item in beside_bundles(the_play):
        kind = item.person.partition("-")[0]
        shown[kind]["ids"] += len(ids_in(item.text) - {item.person})
        shown[kind]["contents"] += len(contents_in(item.text))
        shown[kind]["answers"] += item.code == 0
    assert shown["officer"]["ids"] > 100
    assert shown["officer"]["contents"] > 20
    assert shown["expert"]["ids"]
    for kind in (
        "host",
        "unit",
        "expert",
        "surveyor",
        "examiner",
        "objector",
        "approver",
        "admin",
        "auditor",
    ):
        assert shown[kind]["answers"] > 10, kind
    assert {"host", "expert", "examiner"} <= {kind for kind in shown if shown[kind]["contents"]}


def test_no_content_opens_to_who_may_not_read_it(the_play: Play) -> None:
    opened, leaked = asyncio.run(_open_all(the_play))
    assert not leaked
    public = find_published(the_play.truths["end"])
    assert {"admin", "stranger"} <= {person.partition("-")[0] for person, ref in opened if ref in public}
    kinds = {person.partition("-")[0] for person, ref in opened if ref not in public}
    assert {"host", "unit", "expert", "surveyor", "examiner", "objector", "approver", "officer"} <= kinds
    assert not kinds & {"admin", "stranger", "nobody"}


async def _open_all(played: Play) -> tuple[list[tuple[str, str]], list[tuple[str, str, list[str]]]]:
    truth = played.truths["end"]
    ledger = await Ledger.connect(played.ends.database_url, size=2)
    opened: list[tuple[str, str]] = []
    leaked: list[tuple[str, str, list[str]]] = []
    try:
        for person in sorted({item.person for item in played.looks}):
            session = Session(Options(person=person), Settings(data=played.data), ledger)
            for content, stream in _one_of_each(played):
                if await _opens(session, content, stream):
                    opened.append((person, content))
                    if not truth.may_read(person, content):
                        leaked.append((person, stream, sorted(truth.places[content])))
    finally:
        await ledger.close()
    return opened, leaked


async def _opens(session: Session, content: str, stream: str) -> bool:
    try:
        of = stream_of(stream.partition("/")[2])
        await session.reads.contents.get(await session.subject(), content, of=of)
    except (Hidden, Refused, LedgerError):
        return False
    return True


def _one_of_each(played: Play) -> Iterator[tuple[str, str]]:
    """One content of each kind of place in each of the streams that are looked at, and in the round's."""
    truth, seen = played.truths["end"], set()
    streams = {item.stream for item in played.looks} - {""}
    for content, uses in truth.uses.items():
        for stream in sorted(uses):
            key = (stream, *sorted(truth.places[content]))
            if key not in seen and (stream in streams or stream.startswith("round/")):
                seen.add(key)
                yield content, stream


def _contents(played: Play, item: Look) -> list[str]:
    return [played.canaries[canary] for canary in contents_in(item.text)]


def _may_read(played: Play, item: Look, content: str) -> bool:
    return played.truths[item.moment].may_read(item.person, content)


def test_what_is_hidden_is_answered_as_what_is_not_there(the_play: Play) -> None:
    truth, stream = the_play.truths["end"], the_play.streams["a01"]
    number, missing = stream.partition("/")[2], f"{ROUND}/9999"
    there = truth.parties[stream].state.submission
    elsewhere = truth.parties[the_play.streams["a03"]].state
    assert there is not None
    act = next(item.line for item in the_play.looks if item.line.startswith("receipt ")).split()[1]
    report, said = ["conflict", "report"], ["expert-01", "--text", "Why"]
    pairs = (
        (["show", number], ["show", missing]),
        (["timeline", number, "--json"], ["timeline", missing, "--json"]),
        (["text", "get", there.form.id], ["text", "get", "text-" + "0" * 32]),
        (["text", "get", there.form.id, "--of", number], ["text", "get", there.form.id, "--of", missing]),
        (["check", "similar", number], ["check", "similar", missing]),
        (["check", "pass", number], ["check", "pass", missing]),
        (["apply", "withdraw", number], ["apply", "withdraw", missing]),
        ([*report, number, *said], [*report, missing, *said]),
        (["receipt", act], ["receipt", act + "0"]),
    )
    for person in ("stranger-x7q2z", elsewhere.agent, elsewhere.seats[0].expert):
        for line, other in pairs:
            hidden, absent = (look("end", the_play.data, person, words) for words in (line, other))
            if line[0] in ("timeline", "show") and not hidden.code:
                # It stood in the public notice, and stands on the issued list.
                continue
            if line[:2] == ["check", "similar"] and hidden.text.startswith("not-entitled"):
                # So is that it exists; whose act it would be is told, as for everything that shows.
                continue
            assert hidden.code, hidden
            told = dict(zip(other, line, strict=True))
            same = " ".join(absent.text.split())
            for word, real in told.items():
                same = same.replace(word, real)
            assert (absent.code, same) == (hidden.code, " ".join(hidden.text.split())), other


@pytest.mark.parametrize("kind", ["text", "file"])
def test_getting_a_content_by_command_says_no_more_than_of_an_unknown_one(the_play: Play, kind: str) -> None:
    truth = the_play.truths["end"]
    wanted = "submission.form" if kind == "text" else "survey.reported.v1 photos"
    content = next(ref for ref, places in truth.places.items() if wanted in places)
    stream = sorted(truth.uses[content])[0].partition("/")[2]
    for person, code in (("stranger-x7q2z", 2), (next(iter(sorted(STAFF))), 0)):
        found = look("end", the_play.data, person, [kind, "get", content, "--of", stream])
        assert found.code == code, found
        assert bool(contents_in(found.text)) == (code == 0)


def test_a_broken_row_of_the_table_would_be_found(the_play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what these tests look for, they find when it is there."""
    truth = the_play.truths["end"]
    stream = next(item.stream for item in the_play.looks if item.stream)
    agent, number = truth.parties[stream].state.agent, stream.partition("/")[2]
    monkeypatch.setitem(TABLE, ("review.submitted.v1", Standing.APPLICANT), {"*": "", "expert": ""})
    monkeypatch.setitem(TABLE, ("appraisal.recorded.v1", Standing.APPLICANT), {"*": "", "text": ""})
    leaked = look("end", the_play.data, agent, ["timeline", number, "--json"], stream)
    assert ids_in(leaked.text) - truth.list_known_ids(agent, stream)
    leaked = look("end", the_play.data, agent, ["timeline", number], stream)
    assert not all(_may_read(the_play, leaked, content) for content in _contents(the_play, leaked))

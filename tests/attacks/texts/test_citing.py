"""Reading another's text by citing its id: in a form, in the reason of an act that is refused, in a withdrawal.

Each was taken once, and opened the text to whoever cited it, since their own entry then referred to it.
"""

import psycopg
import pytest

from ledger.decision.decide import DecisionResult
from ledger.decision.reads import ReadNotes
from ledger.record import Ledger
from selection.application import commands as c
from selection.decision.citing import citations_of
from selection.decision.facts import FactsRequest
from selection.decision.machine import Act
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen, Ref
from selection.streams import aggregate, application_stream, log_of, round_stream
from selection.visibility.reading import list_readable
from selection.visibility.viewer import relation
from tests import factories as f
from tests.ledger.conftest import place, url
from tests.ledger.support.deciding import ONE, RULES, act, code, decide, submit, types

__all__ = ["place", "url"]
pytestmark = pytest.mark.stack

OTHER_ROUND = "third-2025"
OWN = application_stream(OTHER_ROUND, "0001")
STRANGER = f.actor("applicant-2")


@pytest.fixture
async def secret(place: Ledger) -> Ref:
    """A text of an applicant's form in one round; beside it stands another round with a stranger's application."""
    opened = act(round_stream(OTHER_ROUND), f.open_round(RULES), f.OFFICER, "open-other")
    assert code(await decide(place, opened)) == ""
    card = await place.contents.put(
        "text-of-another",
        b'{"form":"secret"}',
        kind="text",
        media_type="text/plain",
        stored_by=f.APPLICANT.person,
    )
    assert code(await decide(place, act(ONE, f.submit(form=card.ref)))) == ""
    assert code(await submit(place, OWN, actor=STRANGER, command_id="own")) == ""
    return card.ref


async def readable(ledger: Ledger, stream: str, person: str) -> frozenset[str]:
    """What the entries of a stream show to a person."""
    found = await ledger.reading.snapshot(stream)
    assert found is not None
    state = aggregate(stream).load(found.state)
    entries = await ledger.reading.stream_entries(stream)
    viewer = relation(state, person, f.people()[person], RULES)
    return list_readable([entry.leaf for entry in entries], viewer, state)


def citing(how: str, ref: Ref) -> Act:
    commands: dict[str, tuple[Frozen, Actor]] = {
        "by form": (f.submit(form=ref), STRANGER),
        "by evidence": (f.submit(evidence=(ref,)), STRANGER),
        "by withdrawal": (c.Withdraw(reason=ref), STRANGER),
        "by the reason of a refused act": (c.PassCheck(revision=1), STRANGER.with_(reason=ref)),
        "by the reason of an act": (f.submit(staff=31), STRANGER.with_(reason=ref)),
    }
    command, actor = commands[how]
    return act(OWN, command, actor, f"citing {how}".replace(" ", "-"))


WAYS = (
    "by form",
    "by evidence",
    "by withdrawal",
    "by the reason of a refused act",
    "by the reason of an act",
)


def answer(decided: DecisionResult) -> tuple[str, dict[str, str]]:
    assert decided.refused is not None
    return decided.refused.code, decided.refused.params


@pytest.mark.parametrize("how", WAYS)
async def test_citing_another_persons_text_opens_it_to_nobody(place: Ledger, secret: Ref, how: str) -> None:
    decided = await decide(place, citing(how, secret))
    assert code(decided) == ("not-entitled" if "refused" in how else "unknown-content")
    assert secret.id not in await readable(place, OWN, STRANGER.person)
    entry = (await place.reading.stream_entries(OWN))[-1]
    assert entry.leaf.type == "act.refused.v1"
    assert secret.id.encode() not in entry.body


@pytest.mark.parametrize("how", WAYS)
async def test_a_text_of_another_is_refused_as_one_that_nobody_stored(
    place: Ledger, secret: Ref, how: str
) -> None:
    theirs = answer(await decide(place, citing(how, secret)))
    nobodys = act(OWN, c.Withdraw(), STRANGER, "-").envelope
    for number, ref in enumerate(
        (Ref(id="text-of-nobody", sha256="ab" * 32), secret.with_(sha256="ab" * 32))
    ):
        asked = citing(how, ref)
        asked = Act(asked.envelope.with_(command_id=f"{nobodys.command_id}{number}"))
        assert answer(await decide(place, asked)) == theirs


async def test_a_party_cites_what_is_shown_to_them_in_this_case_and_in_no_other(
    place: Ledger, secret: Ref
) -> None:
    officer = f.OFFICER
    assert secret.id in await readable(place, ONE, officer.person)
    asked = FactsRequest(
        contents=citations_of(officer, c.PassCheck(revision=1, text=secret)), reader=officer.person
    )
    for stream, shown in ((ONE, True), (OWN, False)):
        noted = ReadNotes(log_of(stream), stream, people={officer.person: f.people()[officer.person]})
        assert ((await place.facts.read(asked, noted)).contents.keys() == {secret.id}) is shown


async def test_an_erased_text_is_cited_no_more(place: Ledger, secret: Ref, url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"UPDATE selection.contents SET body = NULL, salt = NULL, erased_at = now()")
    asked = FactsRequest(
        contents=citations_of(f.OFFICER, c.PassCheck(revision=1, text=secret)), reader="officer-1"
    )
    noted = ReadNotes(log_of(ONE), ONE, people={"officer-1": f.people()["officer-1"]})
    assert not (await place.facts.read(asked, noted)).contents


async def test_what_is_cited_by_right_is_taken(place: Ledger, secret: Ref) -> None:
    assert code(await decide(place, act(OWN, c.Withdraw(reason=f.ref("why")), STRANGER, "mine"))) == ""
    assert await types(place, OWN) == ["application.submitted.v1", "application.withdrawn.v1"]


async def test_what_only_looks_like_a_reference_stops_nothing(place: Ledger) -> None:
    assert code(await submit(place, ONE)) == ""
    names: tuple[object, ...] = (5, ["text"], {"id": 1, "sha256": 2}, "\ud800", "\0", "x" * 101, None)
    for number, name in enumerate(names):
        sent = act(ONE, f.submit(staff=31), command_id=f"odd-{number}")
        command = {**sent.envelope.command, "remark": [{"id": name, "sha256": "0" * 64}]}
        assert code(await decide(place, Act(sent.envelope.with_(command=command)))) == "unreadable"
    assert code(await decide(place, act(ONE, f.submit(staff=32), command_id="next"))) == ""

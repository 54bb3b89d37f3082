"""Answers that somebody hands in past the client: what does not fit the form, what is another's, what is too large."""

import psycopg
import pytest

from ledger.decision.decide import DecisionResult
from ledger.decision.forms import FormFacts
from ledger.decision.reads import ReadNotes
from ledger.record import Ledger
from reading.access.authentication import Entrance, LocalAssertion
from reading.service import ReadService
from selection.decision.facts import ContentFact, FactsRequest
from selection.decision.machine import Act
from selection.forms.form import FormName
from selection.forms.handed_in import SentForm
from selection.forms.parts import PersonalAnswer
from selection.forms.reading import PERSONAL_LIMIT
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Ref
from selection.register.unit_commands import RegisterUnits, UnitEntry
from selection.rules.model import RoundRules
from selection.streams import round_stream
from tests import factories as f
from tests.ledger.conftest import place, url
from tests.ledger.support.deciding import RULES, act, code, decide
from tests.registering import act_on_register

__all__ = ["place", "url"]
pytestmark = pytest.mark.stack

LABEL = {"en": "e", "zh": "中"}
OTHER = "forms-2025"
STREAM = f"application/{OTHER}/0001"
FIELDS = (
    {"code": "field", "kind": "choice", "of": "fields", "entry": "field", "required": True},
    {"code": "priority", "kind": "choice", "of": "priorities", "entry": "priority", "required": True},
    {"code": "host", "kind": "unit", "schemes": ["any"], "entry": "host", "required": True},
    {"code": "staff", "kind": "number", "entry": "staff"},
    {"code": "pledge", "kind": "file", "entry": "pledge", "required": True},
    {"code": "seals", "kind": "file", "entry": "seals"},
    {"code": "plan", "kind": "text", "required": True, "words": 5},
    {"code": "leader", "kind": "person", "required": True},
    {"code": "partner", "kind": "unit", "schemes": ["synthetic"], "registered": True},
)


def rules() -> RoundRules:
    section = {"code": "s", **LABEL, "fields": [{**LABEL, **field} for field in FIELDS]}
    application = {"version": "v1", **LABEL, "sections": [section]}
    return RoundRules.model_validate({**RULES.model_dump(), "forms": {"application": application}})


@pytest.fixture
async def place_with_form(place: Ledger) -> Ledger:
    """A round with a form of its own."""
    assert (
        code(await decide(place, act(round_stream(OTHER), f.open_round(rules()), f.OFFICER, "open-forms")))
        == ""
    )
    return place


async def put(ledger: Ledger, name: str, body: bytes, person: str = "applicant-1") -> Ref:
    card = await ledger.contents.put(name, body, kind="text", media_type="text/plain", stored_by=person)
    return card.ref


def submit_answers(leader: Ref, form: Ref, stream: str = STREAM) -> Act:
    personal = PersonalAnswer(answer="leader", content=leader)
    told = {"form_version": "v1", "form": form, "personal": (personal,)}
    return act(stream, f.submit(**told), f.APPLICANT, f"id-{stream[-1]}")


def refusal(decided: DecisionResult) -> dict[str, str]:
    assert decided.refused is not None
    assert decided.refused.code == "answers-unfit"
    return decided.refused.params


async def test_what_does_not_fit_is_refused_by_place_and_code_and_no_word_of_it(
    place_with_form: Ledger,
) -> None:
    leader = await put(place_with_form, "leader", '{"name":"王五\u202e"}'.encode())
    form = await put(place_with_form, "form", '{"made_up":"x","plan":"六个汉字太多"}'.encode())
    decided = await decide(place_with_form, submit_answers(leader, form))
    assert refusal(decided) == {
        "count": "3",
        "faults": "? unknown-field, plan too-many-words, leader.name hidden-character",
    }
    body = (await place_with_form.reading.stream_entries(STREAM))[-1].body
    assert not any(word.encode() in body for word in ("王五", "made_up", "汉字"))


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        (b"{" * 900_000, "(form) too-deep"),
        (b"[" + b" " * 1_000_001 + b"]", "(form) too-large"),
        (b'{"plan": "x"}', "(form) not-canonical"),
        (b'{"plan":1e400}', "(form) unreadable"),
        (b'{"leader":{"name":"x"},"plan":"x"}', "(form) parts-differ"),
    ],
)
async def test_what_would_cost_is_refused_before_it_does(
    place_with_form: Ledger, form: bytes, faults: str
) -> None:
    leader = await put(place_with_form, "leader", b'{"name":"x"}')
    decided = await decide(place_with_form, submit_answers(leader, await put(place_with_form, "form", form)))
    assert refusal(decided) == {"count": "1", "faults": faults}


async def test_a_personal_answer_is_no_place_to_hide_a_file_in(place_with_form: Ledger) -> None:
    leader = await put(place_with_form, "leader", b'{"name":"' + b"x" * PERSONAL_LIMIT + b'"}')
    decided = await decide(
        place_with_form, submit_answers(leader, await put(place_with_form, "form", b'{"plan":"x"}'))
    )
    assert refusal(decided) == {"count": "1", "faults": "leader too-large"}


async def test_a_unit_that_the_register_does_not_have_in_force_is_not_named(place_with_form: Ledger) -> None:
    """Nor under another spelling; what was in force when the answers were written does not count."""
    leader = await put(place_with_form, "leader", b'{"name":"x"}')
    unit = UnitEntry(code="99SYNTHP", name_en="x")

    async def answer(stream: int, code: str = "99SYNTHP") -> DecisionResult:
        told = {"partner": {"code": code, "kind": "k", "region": "r"}, "plan": "x"}
        form = await put(place_with_form, f"form-{stream}", canonical_bytes(told))
        return await decide(place_with_form, submit_answers(leader, form, f"application/{OTHER}/000{stream}"))

    async def register_unit(active: bool, replaces: int) -> int:
        changed = unit.model_copy(update={"active": active, "replaces": replaces})
        [receipt] = await act_on_register(
            place_with_form, RegisterUnits(units=(changed,)), command_id=f"units-{replaces}"
        )
        return receipt.version

    assert refusal(await answer(1)) == {"count": "1", "faults": "partner.code unit-unregistered"}
    version = await register_unit(True, 0)
    assert code(await answer(2)) == ""
    assert refusal(await answer(3, "99synthp"))["faults"] == "partner.code scheme-not-allowed"
    await register_unit(False, version)
    assert refusal(await answer(4)) == {"count": "1", "faults": "partner.code unit-unregistered"}


async def test_what_changes_a_unit_while_answers_are_judged_has_them_judged_again(
    place_with_form: Ledger,
) -> None:
    head = await place_with_form.reading.head("installation")
    await act_on_register(place_with_form, RegisterUnits(units=(UnitEntry(code="99SYNTHP", name_en="x"),)))
    found = await place_with_form.store.row(
        "SELECT reads_stand('r', %(reads)s::jsonb) AS stand",
        {"reads": f'{{"register": {head}, "streams": {{}}}}'},
    )
    assert found == {"stand": False}


async def test_of_anothers_answers_nothing_is_told(place_with_form: Ledger) -> None:
    """Otherwise the faults would tell what another's text is like."""
    theirs = await put(place_with_form, "theirs", b'{"name":"x"}', "applicant-3")
    form = await put(place_with_form, "form", b'{"plan":"x"}')
    unknown = Ref(id="nothing", sha256="ab" * 32)
    answers = [
        await decide(place_with_form, submit_answers(leader, form, f"application/{OTHER}/000{number}"))
        for number, leader in enumerate((theirs, unknown), start=1)
    ]
    told = [(found.refused.code, found.refused.params) for found in answers if found.refused]
    assert told[0] == told[1]
    assert told[0][0] == "unknown-content"
    assert told[0][1] == {"place": "submission.personal.0.content"}


async def test_what_was_erased_leaves_the_rest_to_be_read(place_with_form: Ledger, url: str) -> None:
    leader = await put(place_with_form, "leader", '{"name":"王五"}'.encode())
    form = await put(place_with_form, "form", b'{"plan":"x"}')
    assert code(await decide(place_with_form, submit_answers(leader, form))) == ""
    reads = ReadService(place_with_form)
    who = await Entrance(place_with_form.people, place_with_form.keys).admit(
        LocalAssertion(person="applicant-1", session="s")
    )
    found = await reads.forms.get_answers(who, STREAM)
    assert (found.answers["leader"], found.answers["plan"], found.missing) == ({"name": "王五"}, "x", ())
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        erase = (
            b"UPDATE selection.contents SET body = NULL, salt = NULL, erased_at = now() WHERE id = 'leader'"
        )
        await connection.execute(erase)
    found = await reads.forms.get_answers(who, STREAM)
    assert ("leader" in found.answers, found.answers["plan"], found.missing) == (False, "x", ("leader",))


async def test_a_public_answer_lies_apart_and_nothing_else_with_it(place_with_form: Ledger) -> None:
    """Else the applicant could publish what is not, or keep to the panel what the form makes public."""
    fields = (*FIELDS, {"code": "summary", "kind": "text", "public": True})
    section = {"code": "s", **LABEL, "fields": [{**LABEL, **field} for field in fields]}
    forms = {"application": {"version": "v1", **LABEL, "sections": [section]}}
    sealed = RoundRules.model_validate({**RULES.model_dump(), "forms": forms})
    log, numbers = "public-2025", iter(range(1, 10))
    await decide(place_with_form, act(round_stream(log), f.open_round(sealed), f.OFFICER, "open-public"))
    leader = PersonalAnswer(answer="leader", content=await put(place_with_form, "leader", b'{"name":"x"}'))
    texts = {"plan": b'{"plan":"x"}', "summary": b'{"summary":"y"}', "nothing": b"{}"}
    texts |= {"both": b'{"plan":"x","summary":"y"}', "huge": b'{"summary":"' + b"x" * 1_000_000 + b'"}'}
    stored = {name: await put(place_with_form, name, body) for name, body in texts.items()}

    async def hand_in(form: str, public: str) -> str:
        told = {"form_version": "v1", "form": stored[form], "personal": (leader,)}
        more = {"public": stored[public]} if public else {}
        stream = f"application/{log}/000{next(numbers)}"
        decided = await decide(
            place_with_form, act(stream, f.submit(**told, **more), f.APPLICANT, f"{form}-{public}")
        )
        return refusal(decided)["faults"] if decided.refused else ""

    for form, public in (("both", ""), ("both", "summary"), ("plan", "both"), ("plan", "nothing")):
        assert await hand_in(form, public) == "(form) parts-differ", (form, public)
    assert await hand_in("summary", "plan") == "(form) parts-differ"
    assert await hand_in("plan", "huge") == "(form) too-large"
    assert await hand_in("plan", "summary") == ""


async def test_a_review_is_read_by_its_own_form_and_neither_comment_for_the_other(
    place_with_form: Ledger,
) -> None:
    nothing = await put(place_with_form, "nothing", b"{}", "expert-1")
    told = await put(place_with_form, "told", b'{"text":"Sound."}', "expert-1")
    large = await put(place_with_form, "large", b'{"text":"' + b"x" * 1_000_000 + b'"}', "expert-1")
    cards = await place_with_form.contents.cards([nothing.id, told.id, large.id])
    citable = {
        card.id: ContentFact(sha256=card.sha256, kind=card.kind, stored=card.stored_at)
        for card in cards.values()
    }
    forms = FormFacts(place_with_form.reading, place_with_form.contents, place_with_form.units)

    async def fit(name: FormName, answers: Ref, told: Ref | None, version: str = "one-review") -> str | None:
        filled = SentForm(name=name, version=version, shared=answers, told=told)
        found = await forms.fit(FactsRequest(filled=filled), citable, ReadNotes(OTHER, STREAM))
        return None if found is None else found.other or ", ".join(found.told)

    assert await fit("review", nothing, told) == ""
    assert await fit("review", told, nothing) == "(form) parts-differ"
    assert await fit("review", told, None) == "(form) parts-differ"
    assert await fit("review", nothing, nothing) == "(form) parts-differ"
    assert await fit("review", nothing, None) == "text missing"
    assert await fit("review", nothing, large) == "(form) too-large"
    assert await fit("review", nothing, told, "v1") == "one-review"
    assert await fit("review", nothing, Ref(id="another", sha256="0" * 64)) is None
    assert await fit("opinion", nothing, None) is None

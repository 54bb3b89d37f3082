"""Which answers of a mended version stayed is found on the record, in whatever contents they lie."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from ledger.record import Ledger
from selection.application import commands as c
from selection.application.submission import Submission
from selection.decision.machine import Carry, Settle
from selection.decision.reference import Decision
from selection.forms.form import Form
from selection.forms.one_text import ONE_TEXT
from selection.forms.parts import PersonalAnswer
from selection.forms.validation import beside_schema
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Ref
from selection.recommendation import commands as listed
from tests import factories as f
from tests.ledger.support.deciding import (
    CALENDAR,
    DEADLINES,
    LIST,
    ONE,
    ROUND,
    act,
    code,
    decide,
    move,
    open_round,
)
from tests.selection.forms.strategies import LABEL

KEPT: list[dict[str, Any]] = [
    {**LABEL, "code": "plan", "en": "Plan", "kind": "text", "lines": True, "required": True, "kept": True},
    {**LABEL, "code": "leader", "en": "Leader", "kind": "person", "kept": True},
    {**LABEL, "code": "drawing", "en": "Drawing", "kind": "file", "kept": True},
    {**LABEL, "code": "phone", "en": "Telephone", "kind": "text"},
]


def make_form() -> dict[str, Any]:
    """The built-in form with a plan, a leader and a drawing that stay in mending, and a telephone that does not."""
    data = f.change_form(ONE_TEXT, "kept-1", required=False).model_dump(mode="json")
    first = data["sections"][0]
    fields = [*(field for field in first["fields"] if field["code"] != "form"), *KEPT]
    return {**data, "sections": [{**first, "fields": fields}]}


@pytest.fixture
async def place(url: str) -> AsyncIterator[Ledger]:
    rules = f.rules(calendar=CALENDAR, forms={"application": make_form()})
    async with open_round(url, rules) as opened:
        yield opened


class Desk:
    """The applicant, who stores what they hand in under new ids each time."""

    def __init__(self, place: Ledger, url: str) -> None:
        self.place, self.url, self._stored = place, url, 0

    async def store(self, body: bytes, kind: Any = "text") -> Ref:
        self._stored += 1
        card = await self.place.contents.put(
            f"mine-{self._stored}", body, kind=kind, media_type="text/plain", stored_by="applicant-1"
        )
        return card.ref

    async def version(
        self, plan: str, leader: str | dict[str, str] = "Zhao", drawing: bytes = b"lines", **changes: Any
    ) -> Submission:
        """A version with these answers, each content stored anew."""
        file = await self.store(drawing, "file")
        answers = {"plan": plan, "drawing": {"id": file.id, "sha256": file.sha256}, **changes}
        person = await self.store(canonical_bytes(leader if isinstance(leader, dict) else {"name": leader}))
        personal = (PersonalAnswer(answer="leader", content=person),) if leader else ()
        form = await self.store(canonical_bytes(answers))
        return f.submission(form_version="kept-1", form=form, personal=personal, evidence=(file,))

    async def do(self, command: Any, actor: Any = f.APPLICANT, command_id: str = "") -> str:
        self._stored += 1
        return code(await decide(self.place, act(ONE, command, actor, command_id or f"act-{self._stored}")))

    async def mend(self, *args: Any, **changes: Any) -> tuple[str, str]:
        """Mend with these answers; return the code of the refusal and the questions that it names."""
        self._stored += 1
        command = c.Mend(submission=await self.version(*args, **changes))
        made = await decide(self.place, act(ONE, command, f.APPLICANT, f"mend-{self._stored}"))
        return code(made), made.refused.params.get("questions", "") if made.refused else ""


async def send_back(found: Desk, place: Ledger, url: str) -> None:
    """Have the application recommended and sent back."""
    recommend = act(LIST, listed.Recommend(application="0001", revision=1), f.RECOMMENDER, "recommend")
    made = (await decide(place, recommend)).receipt
    assert made is not None
    taken = await place.deciding.decide(ONE, Carry(Decision(stream=LIST, version=made.version)))
    assert code(taken) == ""
    await move(url, DEADLINES["recommendation"] + timedelta(days=1))
    await place.deciding.decide(ONE, Settle())
    back = c.SendBack(faults=("seals-missing",), text=f.ref("why"))
    assert await found.do(back, f.OFFICER) == ""


@pytest.fixture
async def desk(place: Ledger, url: str) -> Desk:
    """An application that was recommended and sent back."""
    found = Desk(place, url)
    assert await found.do(c.Submit(submission=await found.version("Two steps.", phone="1"))) == ""
    await send_back(found, place, url)
    return found


async def test_the_same_answers_stored_anew_and_another_telephone_are_mended(desk: Desk) -> None:
    assert await desk.mend("Two steps. ", phone="2") == ("", "")


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"plan": "Three steps."}, "Plan"),
        ({"plan": "Two steps.", "leader": "Qian"}, "Leader"),
        ({"plan": "Two steps.", "leader": ""}, "Leader"),
        ({"plan": "Two steps.", "drawing": b"other lines"}, "Drawing"),
        ({"plan": "Three steps.", "drawing": b"other lines"}, "Plan; Drawing"),
    ],
)
async def test_another_answer_is_refused_wherever_it_lies(
    desk: Desk, answers: dict[str, Any], named: str
) -> None:
    assert await desk.mend(**answers) == ("answers-kept", named)
    assert await desk.mend("Two steps.") == ("", "")


async def test_what_was_erased_since_is_answered_anew_and_all_else_stays(desk: Desk) -> None:
    async with await psycopg.AsyncConnection.connect(desk.url, autocommit=True) as connection:
        await connection.execute(
            "UPDATE selection.contents SET body = NULL, salt = NULL, erased_at = now()"
            " WHERE convert_from(body, 'UTF8') = '{\"name\":\"Zhao\"}'"
        )
    assert await desk.mend("Three steps.", "Qian") == ("answers-kept", "Plan")
    assert await desk.mend("Two steps.", "Qian") == ("", "")


async def test_a_form_that_an_officer_changed_since_frees_nothing_that_was_handed_in_before(
    place: Ledger, url: str
) -> None:
    found = Desk(place, url)
    assert await found.do(c.Submit(submission=await found.version("Two steps."))) == ""
    old = Form.model_validate(make_form())
    fields = [{**field, "kept": False} for field in make_form()["sections"][0]["fields"]]
    freed = f.change_form(
        old, "freed-2", required=False, sections=[{**make_form()["sections"][0], "fields": fields}]
    )
    amended = await decide(place, act(ROUND, f.amend_form(old, freed), f.OFFICER, "amend"))
    assert code(amended) == ""
    assert amended.receipt is not None
    await place.deciding.decide(ONE, Carry(Decision(stream=ROUND, version=amended.receipt.version)))
    await send_back(found, place, url)
    assert await found.mend("Three steps.") == ("answers-kept", "Plan")
    assert await found.mend("Two steps.", phone="2") == ("", "")


async def test_an_answer_that_was_taken_with_less_asked_of_it_holds_up_no_mending(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = make_form()
    form["sections"][0]["fields"][-3] |= {"asks": ["phone"]}
    leader = {"name": "Zhao", "phone": "see our site"}
    async with open_round(url, f.rules(calendar=CALENDAR, forms={"application": form})) as place:
        desk = Desk(place, url)
        with monkeypatch.context() as before:
            # As in the versions in which nothing was asked of a telephone number.
            before.setattr(beside_schema, "CONTACTS", {})
            assert await desk.do(c.Submit(submission=await desk.version("Two steps.", leader))) == ""
        await send_back(desk, place, url)
        # What is mended besides is judged as ever, and so is another telephone number.
        assert (await desk.mend("Two steps.", leader, phone="\u202e"))[0] == "answers-unfit"
        assert (await desk.mend("Two steps.", {**leader, "phone": "on the site"}))[0] == "answers-unfit"
        assert await desk.mend("Two steps.", leader, phone="2") == ("", "")

"""Where two posts agree on a change of one: the second finds what the first entered, and who declines chooses it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.round import events as r
from selection.streams import log_of
from tests.portal.conftest import browse, sign_in
from tests.portal.sheets.test_sheets import backend
from tests.portal.support.browsing import Browser
from tests.portal.support.deciding import tell_round_until
from tests.portal.support.fixtures import app, client
from tests.portal.support.sheets import Typed, faults_in, fill_in, person_of
from tests.registering import register
from tests.selection import story

__all__ = ["app", "backend", "client"]
RUNNING = "running-1"
NEWCOMERS = {1: Role.OFFICER, 2: Role.OFFICER, 3: Role.SUPERVISOR}
NEW = "Synthetic"
"""What newcomers are called."""
ENTERED = r.PostChangeEntered(
    number=1,
    post="officers",
    level="",
    added=("newcomer-1",),
    removed=("officer-2",),
    start=story.UNTIL,
    until=datetime(2099, 1, 1, tzinfo=UTC),
    reason=story.ref("entered"),
)


DELEGATED = r.PostDelegated(
    # The first of the round ended.
    number=2,
    post="officers",
    holder="officer-1",
    substitute="newcomer-2",
    start=story.START,
    until=datetime(2099, 1, 1, tzinfo=UTC),
    reason=story.ref("delegated"),
)
WHY, DAYS = {"f.reason": "Ill"}, {"f.first": "2024-11-02", "f.last": "2099-01-01"}
SIGNED: dict[str, tuple[str, Typed]] = {
    "change-post": ("supervisor-1", {"f.post": "officers", "f.add": "newcomer-1", **WHY}),
    "agree-on-post": (
        "supervisor-1",
        {"f.post": "officers", "f.add": "newcomer-1", "f.remove": "officer-2", **WHY},
    ),
    "decline-post-change": ("supervisor-1", {"f.number": "2", **WHY}),
    "delegate": (
        "supervisor-1",
        {"f.substitute": "newcomer-3", "f.first": "2024-11-02", "f.last": "2099-01-01", **WHY},
    ),
    "end-delegation": ("officer-1", {"f.number": "2", **WHY}),
}
"""By act: by whom, and what is typed."""


async def tell_entered(ledger: Ledger, *more: Event, last: r.PostChangeEntered = ENTERED) -> None:
    new = [person_of(f"newcomer-{number}", role) for number, role in NEWCOMERS.items()]
    await register(ledger, new, command_id="newcomers")
    told = tell_round_until(RUNNING, RoundStage.SURVEY)
    told.tell(story.OFFICER, *more)
    # What was entered is replaced by what the same person entered later.
    told.tell(story.OFFICER, ENTERED.with_(post="auditors", added=(), removed=("auditor-1",)))
    told.tell(story.OFFICER, last.with_(number=2))
    await ledger.record.append(log_of(told.stream), told.stream, told.leaves)


def read_fields(page: Browser) -> dict[str, list[str]]:
    """What stands in the fields of a page, and what is chosen there."""
    lines = {
        name: [text] for name, text in re.findall(r'<textarea[^>]*name="f\.(\w+)"[^>]*>([^<]*)<', page.page)
    }
    chosen = re.findall(r'name="f\.(\w+)" value="([^"]*)"[^>]*checked', page.page)
    return {**lines, **{name: [value] for name, value in chosen}}


async def test_whoever_agrees_finds_what_was_entered_and_signs_the_very_same(
    app: Starlette, recorder: Ledger
) -> None:
    await tell_entered(recorder)
    path = f"/do/agree-on-post/{RUNNING}"
    for person in ("supervisor-1", "approver-1"):
        async with browse(app) as page:
            await page.speak("zh")
            await sign_in(page, recorder, person)
            await page.open(path)
            found = read_fields(page)
            assert found["post"] == ["officers"]
            assert found["add"] == ["newcomer-1"]
            assert found["remove"] == ["officer-2"]
            typed: Typed = {
                "f.post": "officers",
                "f.level": "",
                "f.add": "newcomer-1",
                "f.remove": "officer-2",
                "f.reason": "Ill",
            }
            assert await fill_in(page, path, typed) == 200, faults_in(page, path)


async def test_an_auditor_is_told_before_signing_that_others_are_left(
    app: Starlette, recorder: Ledger
) -> None:
    await tell_entered(recorder, ENTERED.with_(removed=()))
    there = [person_of("officer-1", Role.OFFICER), person_of("supervisor-1", Role.SUPERVISOR)]
    await register(recorder, there, command_id="there")
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "auditor-1")
        await page.open(f"/rounds/{RUNNING}/desk")
        path = f"/do/agree-on-post/{RUNNING}"
        assert path in page.links
        await page.open(path)
        assert read_fields(page)["add"] == ["newcomer-1"]
        typed: Typed = {"f.post": "officers", "f.add": "newcomer-1", "f.reason": "All left"}
        assert await fill_in(page, path, typed) == 422
        assert "Auditors have a part in who holds a post only where one" in page.text


async def test_who_entered_it_finds_nothing_of_another(app: Starlette, recorder: Ledger) -> None:
    await tell_entered(recorder)
    async with browse(app) as page:
        await sign_in(page, recorder, "officer-1")
        await page.open(f"/do/agree-on-post/{RUNNING}")
        assert read_fields(page).get("add", [""]) == [""]


@pytest.mark.parametrize(
    "other",
    [
        {"until": story.UNTIL},
        {"added": ("newcomer-1", "supervisor-1")},
        {"removed": ("supervisor-1",)},
    ],
    ids=["no longer counts", "adds the visitor", "removes the visitor"],
)
async def test_what_the_visitor_may_not_complete_is_not_filled_in(
    app: Starlette, recorder: Ledger, other: dict[str, Any]
) -> None:
    await tell_entered(recorder, last=ENTERED.with_(**other))
    async with browse(app) as page:
        await sign_in(page, recorder, "supervisor-1")
        await page.open(f"/do/agree-on-post/{RUNNING}")
        assert read_fields(page).get("remove", [""]) == [""]


async def test_who_declines_chooses_among_what_waits(app: Starlette, recorder: Ledger) -> None:
    await tell_entered(recorder)
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "supervisor-1")
        path = f"/do/decline-post-change/{RUNNING}"
        await page.open(path)
        assert f"2: officers; to be added: {NEW}; to be removed: Nm-officer-2" in page.text
        assert re.findall(r'name="f.number" value="([^"]*)"', page.page) == ["2"]
        assert await fill_in(page, path, {"f.reason": "They are back"}) == 422
        assert await fill_in(page, path, {"f.number": "2", "f.reason": "They are back"}) == 200
        assert "They are back" in page.text
        # What is signed has the ids beside the names.
        assert (
            f"2: officers to be added: {NEW} (newcomer-1) to be removed: Nm-officer-2 (officer-2)"
            in page.text
        )


async def test_people_in_posts_are_offered_by_name_to_who_may_change_them(
    app: Starlette, recorder: Ledger
) -> None:
    await tell_entered(recorder, DELEGATED)
    for act, person, offered, never in (
        ("change-post", "supervisor-1", "Nm-officer-2 – officers", "Nm-supervisor-2"),
        ("change-post", "officer-1", "Nm-supervisor-2 – supervisors", "Nm-officer-2"),
        ("agree-on-post", "supervisor-1", "Nm-approver-2 – approvers, ", "Nm-supervisor-1 "),
        ("agree-on-post", "approver-1", "Nm-officer-2", "Nm-officer-1"),
        ("agree-on-post", "approver-1", NEW, "newcomer-1"),
    ):
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, person)
            await page.open(f"/do/{act}/{RUNNING}")
            assert offered in page.text, (act, person)
            assert never not in page.text.partition("Sign out")[2], (act, person)
            # Who stands in for a holder holds nothing that could be taken from them.
            assert 'name="f.remove" value="newcomer-2"' not in page.page
            assert 'name="f.remove" value="' in page.page


async def test_a_delegation_is_ended_by_whom_it_is_from_and_to(app: Starlette, recorder: Ledger) -> None:
    ended = r.DelegationEnded(number=3, reason=story.ref("ended"))
    await tell_entered(recorder, DELEGATED, DELEGATED.with_(number=3, substitute="newcomer-3"), ended)
    path = f"/do/end-delegation/{RUNNING}"
    for person, sees in (
        ("officer-1", True),
        ("supervisor-1", True),
        ("officer-2", False),
        ("approver-1", False),
    ):
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, person)
            await page.open(path)
            assert re.findall(r'name="f.number" value="([^"]*)"', page.page) == (["2"] if sees else []), (
                person
            )
            if sees:
                assert "2: officers, until 2099" in page.text
                assert f"from: Nm-officer-1; to: {NEW}" in page.text
                assert await fill_in(page, path, {"f.number": "2", **WHY}) == 200, faults_in(page, path)
                assert "from: Nm-officer-1 (officer-1) to: " in page.text


async def test_who_does_not_hold_a_post_is_told_by_name(app: Starlette, recorder: Ledger) -> None:
    await tell_entered(recorder)
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "supervisor-1")
        typed: Typed = {"f.post": "officers", "f.remove": "auditor-1", **WHY}
        assert await fill_in(page, f"/do/agree-on-post/{RUNNING}", typed) == 422
        assert "Nm-auditor-1 does not hold this post" in page.text

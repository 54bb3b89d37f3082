"""A round of a year on virtual time: people change, rules are amended, an outage passes, workers are replaced.

Three builds lead it. The second is of a later release whose workflows take another way, behind patches, where they
begin and where they end: what began before it and ends after it goes the old way first and the new way last.
"""

import asyncio
import contextlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory

from audit import history_claims
from audit.claims import Verdict
from audit.histories.replayer import Replaying
from audit.log.verification import Outside
from audit.verify import verify
from ledger.people.register import Identity, NewPerson
from runtime.endpoints import Endpoints
from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.round import commands as r
from starter.client.registering import register_people
from tests import factories as f
from tests.workflows.healing.test_upgrading import build, make_current
from tests.workflows.process.test_holding_items import approve
from tests.workflows.process.test_late_stages import look_until
from tests.workflows.proof.test_archive import ARCHIVE
from tests.workflows.support import drawing
from tests.workflows.support.acts import panel
from tests.workflows.support.histories import histories_of
from tests.workflows.support.installation import (
    ROUND,
    Installation,
    application,
    calendar,
    installation,
    rules,
    unit_list,
)
from tests.workflows.support.issued_round import KEY, export, sign
from tests.workflows.support.later_release import AT_FIRST, AT_LAST
from tests.workflows.support.later_worker import LATER_WORKFLOWS, later_worker

ONE, TWO, THREE = (application(number) for number in (1, 2, 3))
BJ = unit_list("bj")
YEAR = {
    "submission": 60,
    "recommendation": 100,
    "check": 150,
    "review": 220,
    "review_last": 240,
    "survey": 290,
    "appraisal": 350,
}
"""The last day of each stage, in days from the call."""
PANEL = {"seats": 3, "alternates": 2, "min_valid": 3}
NEW_AGENT, NEW_OFFICER = f.actor("recommender-3"), f.actor("officer-3")
APPROVER = f.actor("approver-1")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Year:
    """The round as it is led through its year; every open workflow's clock goes along."""

    def __init__(self, place: Installation) -> None:
        self.place = place
        self.open = [ROUND, ONE, TWO, THREE, BJ]

    async def act(self, stream: str, command: Frozen, actor: Actor) -> datetime:
        return (await self.place.client.act(stream, command, actor=actor)).at

    async def refuse(self, stream: str, command: Frozen, actor: Actor, code: str) -> None:
        with pytest.raises(Refused, match=code):
            await self.act(stream, command, actor)

    async def until(self, instant: datetime, *over: str) -> None:
        """Let time pass for all whose workflows are open, of which some are over afterwards."""
        await self.place.move(instant, *self.open)
        self.open = [stream for stream in self.open if stream not in over]

    async def amend(self, number: int, path: str, before: str, after: str, officer: Actor) -> None:
        change = r.AmendRules(path=path, before=before, after=after, reason=f.ref("why"))
        await self.act(ROUND, change, officer)
        agreed = r.RuleOnAmendment(number=number, ruling="agreed", reason=f.ref("reasons"))
        await self.act(ROUND, agreed, APPROVER)

    async def lead(self) -> None:
        """Lead the round from the call to the list, by three builds."""
        async with self.place.worker():
            await self._begin()
        await self._fall_silent()
        async with contextlib.AsyncExitStack() as last:
            async with later_worker(self.place, build("2")):
                await make_current(self.place, "2")
                await self._take_up_again()
                await self._recommend()
                await self._check_and_draw()
                await self._review()
                # Both are there for a moment, as when workers are replaced one by one.
                await last.enter_async_context(later_worker(self.place, build("3")))
                await make_current(self.place, "3")
            await self._judge()
            await self._propose()
            await self._issue()

    async def _begin(self) -> None:
        """Applications and a first recommendation come in; workers stop hours before the submission deadline."""
        await self.place.open_round()
        for stream in (ONE, TWO, THREE):
            await self.act(stream, f.submit(), f.APPLICANT)
        await self.act(BJ, Recommend(application="0001", revision=1), f.RECOMMENDER)
        await self.until(self.place.deadline("submission") - 9 * HOUR)

    async def _fall_silent(self) -> None:
        """Let hours pass in which nobody works; the outage is left for who comes."""
        ended = self.place.deadline("submission") - HOUR
        await self.place.move_unanswered(ended + MINUTE, *self.open)
        await self.place.client.signal(ROUND, f.outage(ended - 7 * HOUR, ended), actor=f.OFFICER)

    async def _take_up_again(self) -> None:
        """Record the outage, by which an edit is in time that would have been late."""
        await self.place.until_version(ROUND, 2)
        await self.until(self.place.deadline("submission") + HOUR)
        assert await self.place.types(ROUND) == ["round.opened", "round.outage-recorded"]
        await self.act(THREE, f.submit(staff=31), f.APPLICANT)
        await self.until(self.place.deadline("submission") + 3 * DAY)
        await self.refuse(THREE, f.submit(staff=32), f.APPLICANT, "late")

    async def _recommend(self) -> None:
        """Replace the unit's agent, and have a third application recommended once the quota was amended."""
        gone, new = (
            NewPerson(
                person=person,
                roles={Role.RECOMMENDER: ("bj",)},
                active=active,
                identity=Identity(name=f"Canary {person}", mail=f"{person}@canary.example"),
            )
            for person, active in ((f.RECOMMENDER.person, False), (NEW_AGENT.person, True))
        )
        admin = f.actor("admin-1")
        await register_people(self.place.client, [gone, new], actor=admin, command_id="agents")
        await self.refuse(BJ, Recommend(application="0002", revision=1), f.RECOMMENDER, "not-entitled")
        await self.act(BJ, Recommend(application="0002", revision=1), NEW_AGENT)
        third = Recommend(application="0003", revision=2)
        await self.refuse(BJ, third, NEW_AGENT, "quota-full")
        await self.amend(1, "routes.province.quota", "2", "3", f.OFFICER)
        await self.act(BJ, third, NEW_AGENT)
        await self.until(self.place.deadline("recommendation") + HOUR, BJ)

    async def _check_and_draw(self) -> None:
        """Pass two and fail one, draw, and give the post of the officer who did it to another."""
        for stream in (ONE, TWO):
            await self.act(stream, c.PassCheck(revision=1), f.OFFICER)
        failed = c.FailCheck(revision=2, grounds=("excluded-field",), text=f.ref("grounds"))
        await self.act(THREE, failed, f.OFFICER)
        self.open.remove(THREE)
        await look_until(self.place, "drawing")
        await drawing.commit(self.place)
        await drawing.open_(self.place)
        await look_until(self.place, "review")
        replaced = r.ChangePost(
            post="officers", add=(NEW_OFFICER.person,), remove=(f.OFFICER.person,), reason=f.ref("why")
        )
        await self.act(ROUND, replaced, f.SUPERVISOR)

    async def _review(self) -> None:
        """All review but one, who never answers: an alternate steps in after three days."""
        for stream in (ONE, TWO):
            _, seats, _ = await panel(self.place, stream)
            for expert in seats[stream == ONE :]:
                await self._accept_and_review(stream, expert)
        silent = (await panel(self.place, ONE))[1][0]
        await self.until(await self._now() + 5 * DAY)
        await self.refuse(ONE, f.accept(), f.actor(silent, "expert"), "seat-closed")
        _, _, alternates = await panel(self.place, ONE)
        await self._accept_and_review(ONE, alternates[0])
        await look_until(self.place, "shortlisting")
        await self.refuse(ROUND, r.FixShortlist(), f.OFFICER, "not-entitled")
        await self.act(ROUND, r.FixShortlist(), NEW_OFFICER)
        await look_until(self.place, "survey")

    async def _accept_and_review(self, stream: str, expert: str) -> None:
        await self.act(stream, f.accept(), f.actor(expert, "expert"))
        await self.act(stream, f.review("20" if stream == ONE else "18"), f.actor(expert, "expert"))

    async def _judge(self) -> None:
        """Survey, and a month later the panels' meetings."""
        await self.until(self.place.deadline("survey") - 10 * DAY)
        panels = {}
        for stream in (ONE, TWO):
            state = await self.place.state(stream)
            panels[stream] = [seat.expert for seat in state.seats if seat.status == "submitted"]
            known = (f"surveyor-{number}" for number in range(1, 6))
            team = tuple(name for name in known if name not in state.model_dump_json())[:3]
            appointed = c.AppointSurveyTeam(lead=team[0], members=team)
            at = await self.act(stream, appointed, NEW_OFFICER)
            await self.act(stream, f.survey(at), f.actor(team[0], Role.SURVEYOR))
        await self.until(self.place.deadline("appraisal") - 5 * DAY)
        for stream, people in panels.items():
            await self.act(stream, c.AppointChair(chair=people[0], reason=f.ref("why")), NEW_OFFICER)
            for act, actor in f.hold_meeting(people, people[0], reason=f.ref("far")):
                await self.act(stream, act, actor)
        await look_until(self.place, "proposal")

    async def _propose(self) -> None:
        """Propose both, for a notice that an amendment made longer."""
        await self.amend(2, "days.notice", "7", "14", NEW_OFFICER)
        await self.act(ROUND, f.propose("0001", "0002"), NEW_OFFICER)
        await self.place.until_idle(ROUND)
        await self.until(await self._now() + 10 * DAY)
        opened = await self.act(ROUND, r.OpenPublicNotice(proposal=1), NEW_OFFICER)
        await self.place.until_idle(ROUND)
        until = (await self.place.state(ONE)).until
        assert timedelta(days=14) <= until - opened <= timedelta(days=15)
        await self.until(until + HOUR)

    async def _issue(self) -> None:
        """Check integrity, agree, level by level, and issue the list."""
        await approve(self.place, 1)
        await self.act(ROUND, r.IssueList(proposal=1), NEW_OFFICER)
        for stream in (ONE, TWO):
            assert await self.place.handle(stream).result() == "listed"
        assert await self.place.handle(ROUND).result() == "issued"
        await self.place.handle(ARCHIVE).result()

    async def _now(self) -> datetime:
        return await self.place.recorder.keys.read_clock()


def patches_in(history: WorkflowHistory) -> list[str]:
    """Return which of the later release's changes a run came by, in order."""
    told = [
        payload.data.decode()
        for event in history.events
        if event.marker_recorded_event_attributes.marker_name == "core_patch"
        for details in event.marker_recorded_event_attributes.details.values()
        for payload in details.payloads
    ]
    return [change for data in told for change in (AT_FIRST, AT_LAST) if change in data]


async def test_a_round_of_a_year_through_all_that_changes_in_it_is_proven(
    servers: Endpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = rules(calendar=calendar(**YEAR), panel=PANEL)
    async with installation(servers, sealed) as place:
        year = Year(place)
        await year.lead()
        entries = await place.ledger.reading.stream_entries(ROUND)
        assert entries[-1].leaf.at - entries[0].leaf.at > 365 * DAY
        for stream in (ROUND, ONE, TWO):
            first, *_, last = [patches_in(run) for run in await histories_of(place, stream)]
            assert (first, last) == ([], [AT_FIRST, AT_LAST])
        for stream in (THREE, BJ):
            assert [patches_in(run) for run in await histories_of(place, stream)] == [[AT_LAST]]
        await sign(place)
        bundle = await export(place.auditor, tmp_path / "round.zip")
    # The auditor has the release that the round ended with, as anybody who verifies it then.
    monkeypatch.setattr(history_claims, "Replaying", lambda: Replaying(LATER_WORKFLOWS))
    report = await asyncio.to_thread(verify, bundle, Outside(key=KEY.verifier))
    unproven = [claim for claim in report.claims if claim.verdict is not Verdict.PROVEN]
    assert {claim.code for claim in unproven} == {"acts-signed"}, unproven

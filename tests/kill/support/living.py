"""A small round on a stack of its own, lived through to the issued list by people who act."""

import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from runtime.databases import Databases
from runtime.embedded.plan import Program, StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import Endpoints
from runtime.settings import Settings
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage
from selection.round.commands import OpenRound
from selection.round.state import RoundState
from selection.rules.loading import rules_hash
from starter.client.registering import register_people
from starter.demo.acts import intake
from starter.demo.attending import Attendance, Handler, Watch
from starter.demo.desk import Desk
from starter.demo.example import Example
from starter.demo.summary import Result, summary_of
from starter.people.initial_key import make_first_key
from tests.databases import prepare_local
from tests.kill.support.extending import extending
from tests.kill.support.patience import PatientClient, patient_client, until_answered
from tests.kill.support.people import HANDLERS
from tests.kill.support.tower import Tower, tower

ROUND = "killed-round"
CHOICES = 2024
"""The seed of what people decide: the same in all runs, so all must end with the same list."""
NEAR = 30.0
"""Seconds before the end of the intake at which it is extended, if people still act."""


@dataclass
class Place:
    """A stack that runs, the tower of its workers, and the people's client."""

    name: str
    stack: EmbeddedStack
    tower: Tower
    client: PatientClient

    @property
    def ends(self) -> Endpoints:
        return self.stack.endpoints

    def say(self, text: str) -> None:
        print(f"  {self.name}: {text}", flush=True)


@asynccontextmanager
async def running_place(
    name: str, folder: Path, workers: tuple[str, ...] = ("worker",)
) -> AsyncIterator[Place]:
    """Start a stack with these workers and its tower."""
    async with tower() as high:
        settings = Settings(data=folder / name)
        plan = StackPlan(
            settings,
            synced=False,
            ui=False,
            prepare=partial(_prepare, settings),
            programs={
                worker: _program("tests.kill.support.worker", worker, str(high.port)) for worker in workers
            },
        )
        async with EmbeddedStack(plan) as stack:
            client = await patient_client(stack.endpoints)
            try:
                yield Place(name, stack, high, client)
            finally:
                await client.close()


async def _prepare(settings: Settings, databases: Databases) -> None:
    await prepare_local(databases)
    await make_first_key(settings, databases)


def _program(*module_and_arguments: str) -> Program:
    return Program(lambda _: [sys.executable, "-m", *module_and_arguments])


async def open_round(place: Place, example: Example) -> Desk:
    """Register the people and seal the rules; the intake begins."""
    admin = Actor(person=example.rules.staff.admins[0], role=Role.ADMIN)
    await until_answered(
        lambda: register_people(place.client, example.people, actor=admin, command_id="people")
    )
    desk = Desk(place.client, example, ROUND, CHOICES, lambda _: None)
    opened = OpenRound(rules=example.rules.model_dump(mode="json"), rules_hash=rules_hash(example.rules))
    await desk.act(desk.round_stream, opened, example.rules.staff.officers[0], Role.OFFICER)
    return desk


async def _only_look(state: RoundState) -> None:
    pass


async def live_through(
    desk: Desk, handlers: Mapping[str, Handler] = HANDLERS, watch: Watch = _only_look
) -> tuple[Result, ...]:
    """Run an open round to its issued list; return every application at the end, with panel and reason."""
    async with extending(desk, NEAR) as acted:

        async def wait(over: Callable[[RoundState], bool]) -> RoundState:
            acted.set()
            return await Attendance(desk, handlers, watch).until(over)

        for applicant in desk.example.applicants:
            await desk.number(applicant.code, applicant.agent)
        await intake._all(intake._submit_in_time(desk, item) for item in desk.example.applicants)
        await intake.recommendations(desk, wait)
    await wait(lambda state: state.stage is RoundStage.ISSUED and not state.batch)
    return (await summary_of(desk)).applications

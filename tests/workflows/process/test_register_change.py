"""A change of the register reaches the running applications that it binds somebody in, on the real stack."""

from datetime import timedelta

from ledger.people.register import Identity, NewPerson
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.recommendation.commands import Recommend
from starter.client.registering import register_people
from tests import factories as f
from tests.workflows.support.histories import compare_all
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from workflows.lasting import start_courier

ONE, UNIT = application(1), unit_list("unit-1")


def move(person: str, employer: str) -> NewPerson:
    identity = Identity(name=f"Canary {person}", mail=f"{person}@canary.example")
    return NewPerson(person=person, roles={Role.OFFICER: ()}, employer=employer, identity=identity)


async def test_who_checks_and_moves_to_the_host_is_before_a_supervisor_at_once(place: Installation) -> None:
    admin = f.actor("admin-1")
    async with place.worker():
        await start_courier(place.temporal, place.ends.task_queue)
        await place.open_round()
        await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
        recommend = Recommend(application="0001", revision=1)
        await place.client.act(UNIT, recommend, actor=f.actor("recommender-2"))
        await place.move(place.deadline("recommendation") + timedelta(hours=1), ROUND, ONE)
        sent_back = c.SendBack(faults=("evidence-unclear",), text=f.ref())
        await place.client.act(ONE, sent_back, actor=f.OFFICER)
        stands = await place.version(ONE)
        # A colleague who has no hand in it moves as well: what that carries brings no entry.
        await register_people(place.client, [move("officer-2", f.HOST)], actor=admin, command_id="m-1")
        await register_people(place.client, [move("officer-1", f.HOST)], actor=admin, command_id="m-2")
        await place.until_version(ONE, stands + 1)
        assert (await place.types(ONE))[-1] == "conflict.found"
        (report,) = (await place.state(ONE)).open_reports
        ruled = f.rule(report, upheld=True)
        await place.client.act(ONE, ruled, actor=f.SUPERVISOR)
        assert (await place.state(ONE)).open_reports == {}
        await compare_all(place)

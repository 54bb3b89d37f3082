"""The application that an act is about, where the act is awaited of the visitor."""

from dataclasses import dataclass

from portal.faults import Fault
from portal.visit import Visit
from reading.models import ApplicationView
from selection.process.task import OpenTask
from selection.streams import application_stream
from selection.wording.round_words import RoundWords


@dataclass(frozen=True)
class AwaitedTask:
    """What is awaited, with the application as far as it shows, and the words of its round."""

    round: str
    number: str
    task: OpenTask
    view: ApplicationView
    words: RoundWords

    @property
    def stream(self) -> str:
        """The stream on which it is done."""
        return application_stream(self.round, self.number)


async def find_awaited(visit: Visit, kind: str) -> AwaitedTask:
    """Return what is awaited of the visitor on the application that the address names. Raises Fault, Hidden."""
    round_id, number = visit.request.path_params["round"], visit.request.path_params["number"]
    view = await visit.reads.applications.get(visit.subject, application_stream(round_id, number))
    own = (task for task in view.tasks if task.kind == kind and task.person == visit.subject.person)
    task = next(own, None)
    if task is None:
        raise Fault("nothing-awaited", 404)
    return AwaitedTask(
        round=round_id,
        number=number,
        task=task,
        view=view,
        words=await visit.reads.rounds.get_words(visit.subject, round_id),
    )

"""From an application without faults to the page on which it is signed."""

from starlette.responses import Response

from portal.acts.preparing import DraftAt, Draftsman
from portal.applying.checking import CheckedAnswers
from portal.applying.filling import Filling
from portal.applying.numbers import require_numbers
from portal.forms.telling import tell_application
from portal.visit import Visit
from reading.models import ShownApplication
from selection.application.commands import Mend, Submit
from selection.kernel.actor import Role
from starter.client.client import new_command_id
from starter.people.handing_in import store_answers


async def prepare(visit: Visit, filling: Filling, checked: CheckedAnswers) -> Response:
    """Store the answers and show the act; a first version gets its number by the id of the act."""
    assert isinstance(checked.answers, dict)
    form, command_id = filling.form, new_command_id()
    stream = filling.stream
    if filling.row is None:
        await require_numbers(visit, filling.round, [command_id])
        client = await visit.portal.backend.client()
        stream = await client.new_application(filling.round, visit.subject.person, command_id)
    draftsman = Draftsman(visit, stream, Role.APPLICANT)
    submission = await store_answers(form.form, checked.answers, draftsman.store_text)
    return await draftsman.show(
        Mend(submission=submission) if filling.mends else Submit(submission=submission),
        tuple(tell_application(form, checked.answers, filling.draft.files)),
        about=ShownApplication(
            round=filling.round,
            number=stream.rpartition("/")[2],
            name_en=submission.name_en,
            name_zh=submission.name_zh,
        ),
        back=filling.address,
        draft=DraftAt(filling.place, filling.version),
        command_id=command_id,
    )

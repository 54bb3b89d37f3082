"""Units that answers name, looked up in the register: whichever form it is, and whoever asks."""

from collections.abc import Sequence

from reading.access.subject import Subject
from reading.service import ReadService
from selection.decision.register_views import UnitFact
from selection.forms.faults import AnswerFault
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.register.units_in_forms import asks_the_register, find_unregistered, units_in


async def find_units(
    reads: ReadService, subject: Subject, form: Form, several: Sequence[Json]
) -> dict[str, UnitFact]:
    """Return the units of the register that these answers to a form name."""
    codes = {unit.code for answers in several for unit in units_in(form, answers)}
    return await reads.units.find(subject, sorted(codes)) if codes else {}


async def find_not_registered(
    reads: ReadService, subject: Subject, form: Form, answers: Json
) -> tuple[AnswerFault, ...]:
    """Return the units that must be of the register and are not."""
    if not asks_the_register(form):
        return ()
    return find_unregistered(form, answers, await find_units(reads, subject, form, [answers]))

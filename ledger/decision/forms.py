"""Whether a form that is handed in fits the sealed one, as the record stands at a decision."""

from collections.abc import Mapping
from datetime import datetime

from ledger.decision.reads import Noted
from ledger.decision.rounds import read_round
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from ledger.people.units import Units
from selection.decision.facts import ContentFact
from selection.forms.built_in import find_form
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault, Unreadable
from selection.forms.filled import PERSONAL_LIMIT, Stored, find_unfit, read_answers
from selection.forms.form import Form, FormName
from selection.forms.handed_in import Filled, Fitting, fitting_of
from selection.forms.json_text import LIMIT
from selection.kernel.model import Ref
from selection.register.units_in_forms import asks_the_register, find_unregistered, units_in


class FormFacts:
    """Reads the answers and checks them; keeps the forms of a round, which never change once they are sealed."""

    def __init__(self, reading: Reading, contents: Contents, units: Units) -> None:
        self._reading = reading
        self._contents = contents
        self._units = units
        self._checkers: dict[tuple[str, datetime | None, FormName], AnswerChecker | None] = {}

    async def fit(self, filled: Filled, citable: Mapping[str, ContentFact], noted: Noted) -> Fitting | None:
        """Return whether the answers fit; None where the rules ask for none, or where who acts may not cite them."""
        checker = await self._find_checker(filled.name, noted)
        if checker is None or not all(_may_cite(ref, citable) for ref in (*filled.contents, *filled.files)):
            return None
        named = _named_files(filled)
        cards = await self._contents.cards([ref.id for ref in (*filled.contents, *named)])
        large = [
            AnswerFault(place, "too-large", {"limit": str(limit)})
            for place, ref, limit in _limits(filled)
            if cards[ref.id].size > limit
        ]
        if large:
            # Nothing so large is even read.
            return fitting_of(large)
        bodies = await self._contents.bodies([ref.id for ref in filled.contents])
        stored = {card.id: Stored(card.media_type, card.size) for card in cards.values()}
        found = find_unfit(checker, filled, bodies, stored)
        return fitting_of((*found, *await self._find_unregistered(checker.form, filled, bodies)))

    async def _find_unregistered(
        self, form: Form, filled: Filled, bodies: Mapping[str, bytes]
    ) -> tuple[AnswerFault, ...]:
        if filled.version != form.version or not asks_the_register(form):
            return ()
        try:
            answers = read_answers(form, filled, bodies)
        except Unreadable:
            # That is a fault of its own.
            return ()
        return find_unregistered(
            form, answers, await self._units.find(unit.code for unit in units_in(form, answers))
        )

    async def _find_checker(self, name: FormName, noted: Noted) -> AnswerChecker | None:
        key = (*noted.kept_under, name)
        if key not in self._checkers:
            state = await read_round(self._reading, noted.log)
            if state is None or state.sealed is None:
                noted.of_round()
                return None
            form = find_form(state.sealed.forms, name)
            self._checkers[key] = AnswerChecker(form, state.sealed) if form else None
        return self._checkers[key]


def _may_cite(ref: Ref, citable: Mapping[str, ContentFact]) -> bool:
    found = citable.get(ref.id)
    return found is not None and found.sha256 == ref.sha256


def _limits(filled: Filled) -> list[tuple[str, Ref, int]]:
    shared = [ref for ref in (filled.shared, filled.told, filled.public) if ref is not None]
    return [
        *(("(form)", ref, LIMIT) for ref in shared),
        *((item.answer, item.content, PERSONAL_LIMIT) for item in filled.personal),
    ]


def _named_files(filled: Filled) -> list[Ref]:
    """Return the files of a version: the evidence, and those that the entry names one by one."""
    named = [filled.entry[place] for place in ("pledge", "seals", "agreement") if place in filled.entry]
    return [*filled.files, *(Ref(id=item["id"], sha256=item["sha256"]) for item in named)]

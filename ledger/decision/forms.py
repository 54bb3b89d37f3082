"""Whether a form that is handed in fits the one in force, as the record stands at a decision."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ledger.decision.reads import ReadNotes
from ledger.decision.rounds import read_round
from ledger.log.reading import Reading
from ledger.people.contents import ContentCard, Contents
from ledger.people.units import Units
from selection.application import events as a
from selection.decision.facts import ContentFact, FactsRequest
from selection.forms.changing.amendment import RoundForms
from selection.forms.changing.mending import (
    find_changed,
    leave_accepted_out,
    list_files_to_compare,
    read_present,
)
from selection.forms.changing.moving import find_moved_faults
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault, Unreadable
from selection.forms.form import Form, FormName
from selection.forms.handed_in import Fitting, Questions, SentForm, make_fitting, name_questions
from selection.forms.json_text import LIMIT
from selection.forms.reading import PERSONAL_LIMIT, StoredFileFacts, find_unfit, read_answers
from selection.kernel.model import Ref
from selection.recommendation import events as n
from selection.register.units_in_forms import asks_the_register, find_unregistered, units_in
from selection.rules.model import RoundRules
from selection.streams import recommender_stream

FIXING: Mapping[FormName, tuple[str, ...]] = {
    "application": (),
    "opinion": (n.ApplicationRecommended.TYPE,),
    "review": (a.ApplicationScored.TYPE,),
    "survey": (a.SurveyReported.TYPE,),
    "appraisal": (a.AppraisalRecorded.TYPE,),
    "objection": (a.ObjectionRaised.TYPE,),
}
"""What fixes a form: the first act under it that nobody can do again, of a review its panel's score."""


class FormFacts:
    """Reads the answers and checks them; keeps the forms of a round, each under its version."""

    def __init__(self, reading: Reading, contents: Contents, units: Units) -> None:
        self._reading = reading
        self._contents = contents
        self._units = units
        self._forms: dict[tuple[str, datetime | None], tuple[int, RoundForms, RoundRules]] = {}
        self._checkers: dict[tuple[str, datetime | None, FormName, str], AnswerChecker] = {}

    async def fit(
        self, asked: FactsRequest, citable: Mapping[str, ContentFact], noted: ReadNotes
    ) -> Fitting | None:
        """Return whether the answers fit; None where the rules ask for none, or where who acts may not cite them.

        What is moved is the record's own, and no act cites it: what was erased of it since is not looked at.
        """
        filled, found = asked.filled, await self._read_forms(noted)
        assert filled is not None
        form = None if found is None else _find_version(filled, found[0])
        if found is None or form is None:
            return None
        forms, rules = found
        moved = filled.held_to == "moved"
        if not moved and form.version != filled.version:
            return Fitting(other=form.version)
        if not moved and not all(_may_cite(ref, citable) for ref in (*filled.contents, *filled.files)):
            return None
        checker = self._get_checker(filled.name, form, rules, noted)
        named = _list_files(filled)
        cards = await self._read_cards((*filled.contents, *named), noted)
        large = [
            AnswerFault(place, "too-large", {"limit": str(limit)})
            for place, ref, limit in _limits(filled)
            if ref.id in cards and cards[ref.id].size > limit
        ]
        if large:
            # Nothing so large is even read.
            return make_fitting(large)
        bodies = await self._contents.bodies([ref.id for ref in filled.contents])
        stored = {card.id: StoredFileFacts(card.media_type, card.size) for card in cards.values()}
        if moved:
            return make_fitting(find_moved_faults(checker, forms, filled, bodies, stored))
        unfit = find_unfit(checker, filled, bodies, stored)
        if unfit and asked.before is not None:
            unfit = await self._leave_accepted_out(checker, asked.before, filled, bodies, unfit)
        faults = (*unfit, *await self._find_unregistered(form, filled, bodies))
        changed = None if faults else await self._find_changed(form, asked.before, filled, bodies)
        return make_fitting(faults).with_(changed=changed)

    async def _find_changed(
        self, form: Form, before: SentForm | None, mended: SentForm, bodies: Mapping[str, bytes]
    ) -> Questions | None:
        """Return the questions that a mended version answers otherwise than the one before it, of those that stay.

        The version before is the record's own, and no act cites it; what was erased of it is not compared.
        """
        if before is None or not form.kept:
            return None
        own = await self._contents.bodies([ref.id for ref in before.contents])
        old, new = read_present(form, before, own), read_present(form, mended, bodies)
        if old is None or new is None:
            return None
        digests = await self._contents.digests(sorted(list_files_to_compare(form, old, new)))
        return name_questions(find_changed(form, old, new, digests))

    async def _leave_accepted_out(
        self,
        checker: AnswerChecker,
        before: SentForm,
        mended: SentForm,
        bodies: Mapping[str, bytes],
        unfit: tuple[AnswerFault, ...],
    ) -> tuple[AnswerFault, ...]:
        """Return the faults without those of answers that the version before was taken with."""
        form = checker.form
        own = await self._contents.bodies([ref.id for ref in before.contents])
        old, new = read_present(form, before, own), read_present(form, mended, bodies)
        if old is None or new is None:
            return unfit
        return leave_accepted_out(form, unfit, old.answers, new.answers, checker.check(old.answers))

    async def _read_cards(self, refs: Iterable[Ref], noted: ReadNotes) -> dict[str, ContentCard]:
        """Return what is known of these contents; of those that the act cites it was read with the place."""
        wanted = {ref.id for ref in refs}
        others = wanted - noted.cards.keys()
        found = await self._contents.cards(sorted(others)) if others else {}
        return found | {name: noted.cards[name] for name in wanted - others}

    async def _find_unregistered(
        self, form: Form, filled: SentForm, bodies: Mapping[str, bytes]
    ) -> tuple[AnswerFault, ...]:
        if not asks_the_register(form):
            return ()
        try:
            answers = read_answers(form, filled, bodies)
        except Unreadable:
            # That is a fault of its own.
            return ()
        return find_unregistered(
            form, answers, await self._units.find(unit.code for unit in units_in(form, answers))
        )

    async def count_uses(self, name: FormName, noted: ReadNotes) -> int:
        """Return how many entries fix a form; what may add one until the decision is recorded is noted with it."""
        found = await self._read_forms(noted)
        if name == "opinion" and found is not None:
            # A first opinion moves no application by itself; a list that is not there yet has none.
            versions = await self._reading.list_versions(noted.log)
            for unit in found[1].recommenders:
                stream = recommender_stream(noted.log, unit.code)
                noted.of_stream(stream, versions.get(stream, 0))
        else:
            noted.of_stages(await self._reading.counts(noted.log))
        return await self._reading.count_types(noted.log, FIXING[name])

    async def _read_forms(self, noted: ReadNotes) -> tuple[RoundForms, RoundRules] | None:
        """Return the forms of a round at the version at which its place was read, which is compared at the end."""
        noted.of_round()
        known = self._forms.get(noted.cache_key)
        if known is None or known[0] != noted.round_version:
            state = await read_round(self._reading, noted.log)
            if state is None or state.sealed is None:
                return None
            known = (noted.round_version, state.forms, state.sealed)
            self._forms[noted.cache_key] = known
        return known[1:]

    def _get_checker(self, name: FormName, form: Form, rules: RoundRules, noted: ReadNotes) -> AnswerChecker:
        key = (*noted.cache_key, name, form.version)
        if key not in self._checkers:
            self._checkers[key] = AnswerChecker(form, rules)
        return self._checkers[key]


def _find_version(filled: SentForm, forms: RoundForms) -> Form | None:
    """Return the version that the answers are held to."""
    if filled.held_to != "named":
        return forms.find(filled.name)
    return forms.find_nearest(filled.name, filled.version)


def _may_cite(ref: Ref, citable: Mapping[str, ContentFact]) -> bool:
    found = citable.get(ref.id)
    return found is not None and found.sha256 == ref.sha256


def _limits(filled: SentForm) -> list[tuple[str, Ref, int]]:
    shared = [ref for ref in (filled.shared, filled.told, filled.public) if ref is not None]
    return [
        *(("(form)", ref, LIMIT) for ref in shared),
        *((item.answer, item.content, PERSONAL_LIMIT) for item in filled.personal),
    ]


def _list_files(filled: SentForm) -> list[Ref]:
    """Return the files of a version: the evidence, and those that the entry names one by one."""
    named = [filled.entry[place] for place in ("pledge", "seals", "agreement") if place in filled.entry]
    return [*filled.files, *(Ref(id=item["id"], sha256=item["sha256"]) for item in named)]

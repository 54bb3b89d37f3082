"""The papers that leave: decision letters and certificates.

A letter shows of the record what the visibility table shows the applicant, and the panel's comments, which the process
gives to applicants without names. Staff print it, so each field that it takes is named here and held to the table by
a test.
"""

from typing import NamedTuple

from papers.intake import Section
from papers.kinds import PaperKind
from papers.letters import Certificate, DecisionLetter, Reason
from papers.values import Words
from reading.models import ShownEntry
from reading.papers import ends_in
from selection.application import events as a
from selection.application.ends import list_ends
from selection.kernel.stages import Outcome, Stage
from selection.round import events as r
from selection.streams import application_stream
from selection.wording.code_names import OUTCOMES
from starter.papers.answers import lay_out_answers
from starter.papers.judging import list_valid
from starter.papers.lists import ISSUED
from starter.papers.material import Material, find_last, name_code, require_last
from starter.papers.not_yet import PaperNotYet


class Source(NamedTuple):
    """Where a reason of a letter stands: the event, its field with the text, its field with the grounds."""

    event: str
    text: str
    grounds: str = ""


CHECK = Words(en="Legality check", zh="合法性审查意见")
PANEL = Words(en="Panel", zh="评审专家组意见")
SHORTLIST = Words(en="Shortlist", zh="入围名单意见")
PROPOSAL = Words(en="Proposal", zh="拟建意见")
FRAUD = Words(en="Fraud", zh="弄虚作假认定理由")
CANCELLED = Words(en="Cancelling of the round", zh="轮次取消理由")

REASONS: dict[Outcome, tuple[tuple[Words, Source], ...]] = {
    Outcome.INELIGIBLE: ((CHECK, Source(a.CheckFailed.TYPE, "text", "grounds")),),
    Outcome.NOT_REVIEWED: ((PANEL, Source(a.ApplicationNotReviewed.TYPE, "reason")),),
    Outcome.NOT_SHORTLISTED: ((SHORTLIST, Source(a.LeftOffShortlist.TYPE, "reason")),),
    Outcome.NOT_SELECTED: ((PROPOSAL, Source(a.PlacedInReserve.TYPE, "reason")),),
    Outcome.LISTED: ((PROPOSAL, Source(a.PlacedInProposal.TYPE, "reason")),),
    Outcome.RULED_OUT: ((FRAUD, Source(a.ApplicationRuledOut.TYPE, "text")),),
    Outcome.CANCELLED: ((CANCELLED, Source(a.ApplicationCancelled.TYPE, "reason")),),
}
"""The reasons that an applicant is given, by outcome."""
RESTS_ON: dict[Outcome, tuple[str, ...]] = {
    Outcome.NOT_RECOMMENDED: (a.ApplicationLapsed.TYPE,),
    Outcome.WITHDRAWN: (a.ApplicationWithdrawn.TYPE, a.ApplicationLapsed.TYPE),
    Outcome.INELIGIBLE: (a.CheckFailed.TYPE,),
    Outcome.NOT_REVIEWED: (a.ApplicationNotReviewed.TYPE,),
    Outcome.NOT_SHORTLISTED: (r.ShortlistFixed.TYPE, a.LeftOffShortlist.TYPE),
    Outcome.NOT_SELECTED: (ISSUED, a.ApplicationNotSelected.TYPE),
    Outcome.LISTED: (ISSUED,),
    Outcome.REMOVED: (a.ItemRemoved.TYPE,),
    Outcome.GIVEN_UP: (a.ApplicationGivenUp.TYPE,),
    Outcome.RULED_OUT: (a.ApplicationRuledOut.TYPE,),
    Outcome.CANCELLED: (a.ApplicationCancelled.TYPE,),
}
"""The entry that a letter rests on: a person's decision where the application's own entries say it too."""


async def make_letter(material: Material, number: str) -> DecisionLetter:
    """Return the decision letter of an application that has ended, to staff. Raises Hidden, or PaperNotYet."""
    await material.require_staff()
    row = await material.get_row(number)
    if row.stage != Stage.ENDED.value or row.outcome not in set(RESTS_ON):
        raise PaperNotYet
    outcome = Outcome(row.outcome)
    entries = await material.list_application(number)
    return DecisionLetter(
        **material.head(PaperKind.LETTER, _find_decision(entries, outcome), number),
        centre=await material.get_centre(number),
        outcome=outcome.value,
        outcome_name=name_code(OUTCOMES, outcome.value),
        place=row.place,
        ended=_find_end(entries, material.round, number),
        reasons=await _give_reasons(material, number, outcome),
        comments=await _give_comments(material, number),
    )


def _find_decision(entries: tuple[ShownEntry, ...], outcome: Outcome) -> ShownEntry:
    found = [find_last(entries, kind) for kind in RESTS_ON[outcome]]
    return next((entry for entry in found if entry is not None), None) or require_last(())


async def _give_reasons(material: Material, number: str, outcome: Outcome) -> tuple[Reason, ...]:
    entries, stream = await material.list_application(number), application_stream(material.round, number)
    named = material.names.words.list_grounds()
    reasons = []
    for title, source in REASONS.get(outcome, ()):
        entry = find_last(entries, source.event)
        data = entry.view["data"] if entry else {}
        grounds = tuple(name_code(named, code) for code in data.get(source.grounds, ()))
        text = await material.read(data.get(source.text), stream)
        if grounds or text:
            reasons.append(Reason(title=title, text=text, grounds=grounds))
    return tuple(reasons)


async def _give_comments(material: Material, number: str) -> tuple[tuple[Section, ...], ...]:
    """Return the panel's comments without names: of each review that counts what it says to the applicant.

    A panel that never finished has said nothing.
    """
    if (await material.get_row(number)).score is None:
        return ()
    stream = application_stream(material.round, number)
    valid = list_valid(await material.list_application(number))
    forms = [
        {"version": form["version"], "told": form["told"]}
        for form in (entry.view["data"]["form"] for entry in valid)
        if form["told"]
    ]
    filled = await material.read_forms("review", forms, stream)
    return tuple(tuple(lay_out_answers(form)) for form in filled)


async def make_certificate(material: Material, number: str) -> Certificate:
    """Return the certificate of a centre on the list, to staff. Raises Hidden, or PaperNotYet."""
    await material.require_staff()
    row = await material.get_row(number)
    if row.place is None:
        raise PaperNotYet
    entries = await material.list_application(number)
    issued = [
        entry for entry in entries if entry.view["type"] == ISSUED and number in entry.view["data"]["places"]
    ]
    return Certificate(
        **material.head(PaperKind.CERTIFICATE, require_last(issued, ISSUED), number),
        centre=await material.get_centre(number),
        place=row.place,
        ended=_find_end(entries, material.round, number),
    )


def _find_end(entries: tuple[ShownEntry, ...], round_id: str, number: str) -> int:
    ends = list_ends(ends_in(entries, application_stream(round_id, number)))
    return ends[-1].version if ends else 0

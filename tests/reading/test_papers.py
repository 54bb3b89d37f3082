"""Papers of a round on the record: each shows what its reader may see, and what leaves holds nobody's name."""

from collections.abc import Awaitable, Callable

import pytest

from ledger.errors import LedgerError
from ledger.record import Ledger
from papers.code import read_code, write_code
from papers.intake import Dossier
from papers.judging import ObjectionPaper
from papers.kinds import PaperKind
from papers.letters import DecisionLetter
from papers.lists import ProposalPaper
from papers.render import render
from papers.values import Paper, Words
from reading.errors import Hidden, ReadFailed
from reading.service import ReadService
from selection.refusals.refused import Refused
from starter.cli.failures import CommandFailed
from starter.papers.applications import make_dossier, make_receipt
from starter.papers.judging import collect_opinions, make_appraisal, make_review, make_survey
from starter.papers.letters import make_certificate, make_letter
from starter.papers.lists import make_approval, make_list, make_notice, make_proposal
from starter.papers.material import Material
from starter.papers.objections import make_objection
from tests.papers.pdf import list_pictures, read_text
from tests.reading.functions import CANARY, IDS, as_person, list_allowed
from tests.reading.streams import AUTHORS, LETTER_HASH, MAIN, NOTICE_HASH, STRANGER, everybody
from tests.reading.test_as_every_role import units_of
from tests.selection import story
from tests.selection.story import ROUND, RULES

NUMBER = MAIN.stream.rsplit("/", 1)[-1]
STAFF = (*RULES.staff.officers, *RULES.staff.supervisors, *RULES.staff.auditors)
Make = Callable[[Material], Awaitable[Paper]]
MAKES: dict[PaperKind, Make] = {
    PaperKind.RECEIPT: lambda material: make_receipt(material, NUMBER, f"{MAIN.stream}/c-0"),
    PaperKind.APPLICATION: lambda material: make_dossier(material, NUMBER),
    PaperKind.REVIEW: lambda material: make_review(material, NUMBER, "expert-2"),
    PaperKind.OPINIONS: lambda material: collect_opinions(material, NUMBER),
    PaperKind.SURVEY: lambda material: make_survey(material, NUMBER),
    PaperKind.APPRAISAL: lambda material: make_appraisal(material, NUMBER),
    PaperKind.PROPOSAL: make_proposal,
    PaperKind.NOTICE: make_notice,
    PaperKind.OBJECTION: lambda material: make_objection(material, NUMBER, "objection-1"),
    PaperKind.APPROVAL: make_approval,
    PaperKind.LETTER: lambda material: make_letter(material, NUMBER),
    PaperKind.LIST: make_list,
    PaperKind.CERTIFICATE: lambda material: make_certificate(material, NUMBER),
}
LEAVING = (PaperKind.OPINIONS, PaperKind.NOTICE, PaperKind.LETTER, PaperKind.LIST, PaperKind.CERTIFICATE)


async def make(ledger: Ledger, kind: PaperKind, person: str) -> Paper | None:
    who = await as_person(ledger, person)
    try:
        return await MAKES[kind](await Material.open(ReadService(ledger), who, ROUND))
    except (Hidden, ReadFailed, Refused, LedgerError, CommandFailed):
        return None


def test_each_kind_is_made_here() -> None:
    assert MAKES.keys() == set(PaperKind)


async def test_paper_shows_nobody_more_than_the_table_does(ledger: Ledger) -> None:
    made: dict[PaperKind, set[str]] = {kind: set() for kind in PaperKind}
    of_each_role = {person.partition("-")[0]: person for person in reversed(everybody())}
    for person in {*of_each_role.values(), "expert-2", "expert-10"}:
        people, contents = list_allowed(person, units_of(person))
        for kind in PaperKind:
            paper = await make(ledger, kind, person)
            if paper is None:
                continue
            made[kind].add(person.partition("-")[0])
            text = paper.model_dump_json()
            assert set(IDS.findall(text)) <= people, (person, kind)
            stored = {ref for ref in set(CANARY.findall(text)) - contents if AUTHORS[ref] != person}
            assert not stored, (person, kind)
    staff = {"officer", "supervisor", "auditor"}
    for kind in (PaperKind.PROPOSAL, PaperKind.APPROVAL, *LEAVING):
        assert made[kind] == staff, kind
    assert made[PaperKind.RECEIPT] == staff | {"agent"}
    assert made[PaperKind.REVIEW] == staff | {"expert"}
    assert {"agent", "officer"} <= made[PaperKind.APPLICATION]
    assert "agent" not in made[PaperKind.SURVEY] | made[PaperKind.APPRAISAL]
    assert made[PaperKind.OBJECTION] == staff | {"objector", "examiner"}


async def test_what_leaves_names_no_person(ledger: Ledger) -> None:
    for kind in LEAVING:
        paper = await make(ledger, kind, "officer-1")
        assert paper is not None
        assert not IDS.findall(paper.model_dump_json()), kind


async def test_notice_and_list_carry_what_is_public_and_no_other_answer(ledger: Ledger) -> None:
    for kind in (PaperKind.NOTICE, PaperKind.LIST):
        paper = await make(ledger, kind, "officer-1")
        assert paper is not None
        assert set(CANARY.findall(paper.model_dump_json())) == {"public-3"}
        assert "canaryofpublic-3" in read_text(render(paper, "both")), kind


async def test_letter_gives_reasons_and_comments(ledger: Ledger) -> None:
    letter = await make(ledger, PaperKind.LETTER, "officer-1")
    assert isinstance(letter, DecisionLetter)
    assert letter.outcome == "listed"
    assert letter.place == 1
    assert letter.reasons
    assert len(letter.comments) >= 3
    text = read_text(render(letter, "both"))
    assert "canaryofreview-expert" in text


async def test_a_corrected_review_is_printed_as_it_counts(ledger: Ledger) -> None:
    """Expert-3 corrected once: the sheet has the new text, the opinions have it instead of the former one."""
    material = await Material.open(ReadService(ledger), await as_person(ledger, "expert-3"), ROUND)
    sheet = await make_review(material, NUMBER, "expert-3")
    assert (sheet.corrections, sheet.cited.seq) == (1, await _seq_of(material, "review.corrected.v1"))
    opinions = await make(ledger, PaperKind.OPINIONS, "officer-1")
    assert opinions is not None
    for text in (sheet.model_dump_json(), opinions.model_dump_json()):
        assert "canary of corrected-expert-3" in text
        assert "canary of review-expert-3" not in text
    assert "本人更正次数" in "".join(read_text(render(sheet, "both")).split())


async def _seq_of(material: Material, kind: str) -> int:
    [entry] = [entry for entry in await material.list_application(NUMBER) if entry.view["type"] == kind]
    return entry.seq


async def test_each_application_that_ended_has_its_letter(ledger: Ledger) -> None:
    who = await as_person(ledger, "officer-1")
    told, by_engine = set(), set()
    material = await Material.open(ReadService(ledger), who, ROUND)
    for row in await material.list_rows():
        if row.outcome not in (None, "", "never-submitted"):
            letter = await make_letter(material, row.number)
            assert letter.outcome == row.outcome
            told.add(letter.outcome)
            # Application 0011 was cancelled while its panel reviewed: what one reviewer wrote is no panel's comment.
            assert bool(letter.comments) == (row.score is not None), row.number
            named = {words.en for reason in letter.reasons for words in reason.grounds}
            assert (story.OWN_GROUND in named) == (letter.outcome == "ineligible")
            # The ids of what the engine did can be guessed, so its hash would let hidden fields be tried out.
            entries = await material.list_application(row.number)
            [cited] = [entry for entry in entries if entry.seq == letter.cited.seq]
            assert bool(letter.cited.leaf_hash) == (cited.view["actor"]["role"] != "system")
            by_engine.add(not letter.cited.leaf_hash)
    assert {"listed", "ineligible", "not-shortlisted"} <= told
    assert by_engine == {True, False}


async def test_proposal_tells_what_it_covers(ledger: Ledger) -> None:
    proposal = await make(ledger, PaperKind.PROPOSAL, "officer-1")
    assert isinstance(proposal, ProposalPaper)
    assert sum(share.count for share in proposal.coverage.fields) == len(proposal.items)


async def test_dossier_has_the_opinion_of_the_unit_for_the_unit_and_staff(ledger: Ledger) -> None:
    opinion = "canary of opinion-text"
    for person, reads in (
        ("officer-1", True),
        ("recommender-1", True),
        ("agent-1", False),
        ("expert-2", False),
    ):
        dossier = await make(ledger, PaperKind.APPLICATION, person)
        assert isinstance(dossier, Dossier), person
        assert (opinion in dossier.model_dump_json(), bool(dossier.recommender.zh)) == (reads, reads), person


async def test_objection_is_printed_with_its_ruling(ledger: Ledger) -> None:
    papers = {name: await make(ledger, PaperKind.OBJECTION, name) for name in ("objector-1", "examiner-1")}
    for name, paper in papers.items():
        assert isinstance(paper, ObjectionPaper), name
        assert paper.outcome == Words(en="partly upheld", zh="部分成立")
        assert paper.centre.name.en == "Centre for Stage Engineering"
        # Who raised it is not told who examines it.
        assert paper.examiners == (("examiner-1", "examiner-2") if name == "examiner-1" else ())
        text = read_text(render(paper, "zh"))
        assert "canaryofobjection-text" in text
        assert "canaryofsettlement-text" in text
        assert "部分成立" in text
    who = await as_person(ledger, "officer-1")
    material = await Material.open(ReadService(ledger), who, ROUND)
    with pytest.raises(CommandFailed, match="paper-not-yet"):
        await make_objection(material, NUMBER, "objection-9")


async def test_receipt_is_of_the_readers_own_act(ledger: Ledger) -> None:
    mine = await make(ledger, PaperKind.RECEIPT, "agent-1")
    assert mine is not None
    [found] = [
        r
        for r in await ReadService(ledger).receipts.list_own(
            await as_person(ledger, "agent-1"), f"{MAIN.stream}/c-0"
        )
        if r.seq == mine.cited.seq
    ]
    assert mine.cited.leaf_hash == found.leaf_hash
    who = await as_person(ledger, "agent-1")
    entries = await ReadService(ledger).applications.list_timeline(who, MAIN.stream)
    assert {bool(entry.leaf_hash) for entry in entries} == {True, False}
    assert all(entry.view["actor"].get("person") == "agent-1" for entry in entries if entry.leaf_hash)


async def test_code_of_a_paper_leads_to_its_entry(ledger: Ledger) -> None:
    paper = await make(ledger, PaperKind.LIST, "officer-1")
    assert paper is not None
    place = read_code(write_code(paper.cited))
    assert place is not None
    reads, stranger = ReadService(ledger).receipts, await as_person(ledger, STRANGER)
    found = await reads.check_place(stranger, *place)
    assert found.holds
    assert found.entry.view["type"] == "round.list-issued.v1"
    assert not found.entry.leaf_hash
    stream, seq, leaf = place
    assert not (await reads.check_place(stranger, stream, seq, leaf[:-1] + "x")).holds
    for elsewhere in ((stream, seq + 1), (stream, 10_000), (MAIN.stream, seq), ("round/none", seq)):
        with pytest.raises(Hidden):
            await reads.check_place(stranger, *elsewhere, leaf)


async def test_nobody_learns_by_trying_hashes_what_the_engine_did(ledger: Ledger) -> None:
    reads, stranger = ReadService(ledger).receipts, await as_person(ledger, STRANGER)
    stream = f"round/{ROUND}"
    shown = await ReadService(ledger).rounds.list_entries(stranger, ROUND)
    seq = next(entry.seq for entry in shown if entry.view["actor"]["role"] == "system")
    entries = await ledger.reading.stream_entries(stream)
    leaf = next(entry.leaf_hash.hex() for entry in entries if entry.seq == seq)
    assert (await reads.check_place(stranger, stream, seq, "")).entry.seq == seq
    for guess in (leaf, "00" * 32):
        with pytest.raises(Hidden):
            await reads.check_place(stranger, stream, seq, guess)
    officer = await as_person(ledger, "officer-1")
    assert (await reads.check_place(officer, stream, seq, leaf)).holds


async def test_the_code_that_is_printed_is_the_one_that_leads_there(ledger: Ledger) -> None:
    reads, who = ReadService(ledger).receipts, await as_person(ledger, "officer-1")
    for kind in PaperKind:
        paper = await make(ledger, kind, "officer-1")
        assert paper is not None, kind
        printed = render(paper, "en")
        [code] = list_pictures(printed)
        place = read_code(code)
        assert place is not None, kind
        assert f"{place[0]},{place[1]}" in read_text(printed), kind
        assert place[2] in read_text(printed), kind
        assert (await reads.check_place(who, *place)).holds == bool(place[2]), kind


async def test_a_letter_that_left_is_known_to_its_applicant_and_staff_and_what_is_published_to_all(
    ledger: Ledger,
) -> None:
    reads = ReadService(ledger).papers
    for person in everybody():
        who = await as_person(ledger, person)
        notice = await reads.find(who, ROUND, NOTICE_HASH)
        assert (notice.paper.kind, notice.paper.application) == ("notice", "")
        with pytest.raises(Hidden):
            await reads.find(who, ROUND, "c" * 64)
        if person in ("agent-1", *STAFF):
            assert (await reads.find(who, ROUND, LETTER_HASH)).paper.application == NUMBER
            continue
        with pytest.raises(Hidden):
            await reads.find(who, ROUND, LETTER_HASH)


async def test_same_record_gives_the_same_paper_to_all_staff(ledger: Ledger) -> None:
    for kind in LEAVING:
        first, second = await make(ledger, kind, "officer-1"), await make(ledger, kind, "auditor-1")
        assert first == second


@pytest.mark.parametrize("person", ["officer-1"])
async def test_every_paper_of_the_record_can_be_printed(ledger: Ledger, person: str) -> None:
    for kind in PaperKind:
        paper = await make(ledger, kind, person)
        assert paper is not None, kind
        assert render(paper, "both").startswith(b"%PDF-1.7")

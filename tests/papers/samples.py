"""One of each paper: as usual, with the least that there may be, and with the longest real content."""

from datetime import UTC, date, datetime
from decimal import Decimal

from papers.intake import Dossier, HandedIn, LongAnswer, Section, SubmissionReceipt
from papers.judging import (
    AppraisalPaper,
    CollectedOpinions,
    DissentingOpinion,
    Finding,
    Mark,
    ObjectionPaper,
    Opinion,
    ReviewSheet,
    SurveyPaper,
)
from papers.kinds import PaperKind
from papers.letterhead import Letterhead, Phrase
from papers.letters import Certificate, DecisionLetter, Reason
from papers.lists import (
    Approval,
    ApprovalSheet,
    Coverage,
    Deviation,
    Hit,
    IssuedListPaper,
    Level,
    NoticePaper,
    PlacedCentre,
    ProposalPaper,
    ProposedCentre,
    Share,
)
from papers.values import Block, Centre, EntryReference, Fact, Paper, Words

AT = datetime(2025, 3, 20, 4, 5, 6, 789, tzinfo=UTC)
LEAF = "0123456789abcdef" * 4
CITED = EntryReference(stream="application/second-batch/0007", seq=412, leaf_hash=LEAF, at=AT)
ISSUER = Letterhead(
    issuer=Phrase(en="Ministry of Examples (synthetic)", zh="示例部(合成)"),
    department=Phrase(en="Department of Science and Education", zh="科技教育司"),
    address=Phrase(en="1 Example Street, Beijing", zh="北京市示例街1号"),
    contact=Phrase(en="office@example.org", zh="office@example.org"),
)
TITLE = Words(
    en="Technology innovation centres of the Ministry of Culture and Tourism, second batch (synthetic round)",
    zh="文化和旅游部技术创新中心第二批遴选(示例轮次)",
)
CENTRE = Centre(
    number="0007",
    name=Words(
        en="Synthetic centre for machine vision for crowd safety at festivals",
        zh="合成中心：节庆活动人群安全机器视觉",
    ),
    host=Words(en="Synthetic unit 01A (company, Beijing)", zh="合成单位01A（北京，公司）"),
    co_builders=(
        Words(en="Synthetic unit 01B (university, Beijing)", zh="合成单位01B（北京，大学）"),
        Words(en="Synthetic unit 01C (institute, Anhui)", zh="合成单位01C（安徽，研究院）"),
    ),
    field=Words(en="artificial intelligence", zh="人工智能"),
    region=Words(en="Beijing", zh="北京市"),
    priority=Words(en="frontier of technology", zh="技术前沿"),
)
LEAST = Centre(number="1", name=Words.alike("1"), host=Words.alike("1"))
SHORT = (Block(kind="paragraph", text="同意。Agreed."),)
LONG = (
    Block(kind="paragraph", text="基础条件 Basis"),
    *(
        Block(
            kind="paragraph",
            text=f"第{n}条　"
            + "面向节庆活动人群安全机器视觉的共性关键技术，提供研发、中试、检测与成果转化服务。" * 9,
        )
        for n in range(1, 9)
    ),
    Block(
        kind="paragraph",
        text="A council and a technical board; shared equipment and data; rights by contribution. " * 6,
    ),
    Block(kind="remark", text="合成数据，仅供演示：单位、人员、数字均为虚构。"),
)
CRITERIA = (
    Words(en="functional positioning", zh="功能定位"),
    Words(en="joint-innovation mechanism", zh="协同创新机制"),
    Words(en="technical innovation ability", zh="技术创新能力"),
    Words(en="supporting conditions", zh="支撑保障条件"),
)
MARKS = tuple(Mark(criterion=named, score=Decimal("20.5"), scale=Decimal(25)) for named in CRITERIA)
CONTENTS = tuple(
    HandedIn(name=Words(en=en, zh=zh), sha256=LEAF)
    for en, zh in (
        ("form", "申报书"),
        ("pledge", "承诺书"),
        ("seals", "盖章页"),
        ("joint agreement", "共建协议"),
    )
)


def _common(kind: PaperKind, *, long: bool = True) -> dict[str, object]:
    head = ISSUER if long else Letterhead()
    number = head.get_number(kind, round="second-batch", application="0007", year="2025") if long else ""
    title = TITLE if long else Words.alike("R")
    return {
        "letterhead": head,
        "round": "second-batch",
        "round_title": title,
        "number": number,
        "cited": CITED,
    }


def _centres(count: int) -> tuple[PlacedCentre, ...]:
    """The first one makes something public."""
    published = {1: _answer_form(SHORT)}
    return tuple(
        PlacedCentre(place=place, centre=CENTRE, public=published.get(place, ()))
        for place in range(1, count + 1)
    )


def _of_applications() -> list[Paper]:
    return [
        SubmissionReceipt(
            **_common(PaperKind.RECEIPT),
            centre=CENTRE,
            version=2,
            received=AT,
            contents=CONTENTS,
            command_id="3f0c8e1a-5d0b-4a43-9d0e-7b8f5a6c1d2e",
        ),
        Dossier(
            **_common(PaperKind.APPLICATION),
            centre=CENTRE,
            version=2,
            contents=CONTENTS,
            recommender=Words(en="Beijing", zh="北京市文化和旅游局"),
            opinion=_answer_form(SHORT),
            facts=(Fact(label=Words(en="Staff", zh="专职人员"), value=Words.alike("34")),),
            sections=(Section(title=Words(en="Form", zh="申报书正文"), blocks=LONG),),
        ),
    ]


def _answer_form(blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """A review form of two parts, as it was filled in."""
    said = LongAnswer(
        label=Words(en="Comment for the applicant", zh="给申报单位的意见"), en=blocks, zh=blocks
    )
    brief = Fact(label=Words(en="Confidence", zh="把握程度"), value=Words(en="high", zh="高"))
    return (
        Section(title=Words(en="Functional positioning", zh="功能定位"), answers=(said,)),
        Section(title=Words(en="Overall", zh="总体"), facts=(brief,)),
    )


def _of_experts() -> list[Paper]:
    opinion = Opinion(marks=MARKS, total=Decimal("82.0"), sections=_answer_form(LONG[:3]))
    return [
        ReviewSheet(
            **_common(PaperKind.REVIEW),
            centre=CENTRE,
            reviewer="expert-09",
            seat=3,
            corrections=2,
            opinion=opinion,
        ),
        CollectedOpinions(
            **_common(PaperKind.OPINIONS),
            centre=CENTRE,
            score=Decimal("82.35"),
            valid=5,
            opinions=(opinion,) * 5,
        ),
        SurveyPaper(
            **_common(PaperKind.SURVEY),
            centre=CENTRE,
            day=date(2025, 3, 1),
            photos=(LEAF, LEAF),
            team=("surveyor-1", "surveyor-2", "surveyor-3"),
            verdict=Words(en="confirmed", zh="属实"),
            findings=tuple(Finding(criterion=named, text=LONG[1:3]) for named in CRITERIA),
        ),
        AppraisalPaper(
            **_common(PaperKind.APPRAISAL),
            centre=CENTRE,
            present=tuple(f"expert-{n:02}" for n in range(1, 8)),
            aside=("expert-08",),
            score=Decimal("84.5"),
            votes_for=5,
            votes_against=1,
            abstained=1,
            text=LONG[1:4],
            dissents=(DissentingOpinion(member="expert-05", text=SHORT),),
        ),
    ]


def _of_examiners() -> Paper:
    return ObjectionPaper(
        **_common(PaperKind.OBJECTION),
        centre=CENTRE,
        objection="objection-1",
        objector="objector-1",
        raised=AT,
        text=LONG[1:3],
        sections=_answer_form(SHORT),
        evidence=(LEAF, LEAF),
        examiners=("examiner-1", "examiner-2"),
        settled=AT,
        outcome=Words(en="partly upheld", zh="部分成立"),
        reasons=LONG[1:2],
    )


def _of_rounds() -> list[Paper]:
    given = (Approval(person="minister-1", at=AT, reason=SHORT), Approval(person="minister-2", at=AT))
    return [
        ProposalPaper(
            **_common(PaperKind.PROPOSAL),
            version=2,
            places=12,
            items=tuple(
                ProposedCentre(
                    rank=n, centre=CENTRE, score=Decimal("82.35"), agreed=Decimal("84.5"), reason=SHORT
                )
                for n in range(1, 13)
            ),
            deviations=(
                Deviation(centre=CENTRE, chosen=True, reason=SHORT),
                Deviation(centre=CENTRE, chosen=False, reason=LONG[1:2]),
            ),
            coverage=Coverage(
                fields=(Share(name=CENTRE.field, count=2, limit=3),),
                regions=(Share(name=CENTRE.region, count=12),),
                priorities=(Share(name=CENTRE.priority, count=12),),
            ),
        ),
        NoticePaper(
            **_common(PaperKind.NOTICE), items=_centres(12), until=datetime(2025, 6, 1, 16, tzinfo=UTC)
        ),
        ApprovalSheet(
            **_common(PaperKind.APPROVAL),
            version=2,
            items=_centres(12),
            checked=True,
            check_text=SHORT,
            hits=(Hit(centre=CENTRE, cleared=True), Hit(centre=CENTRE)),
            levels=(
                Level(name=Words(en="department", zh="司局"), needed=1, passed=True, given=given[:1]),
                Level(name=Words(en="ministry", zh="部领导"), needed=2, passed=True, given=given),
            ),
        ),
    ]


def _of_applicants() -> list[Paper]:
    return [
        DecisionLetter(
            **_common(PaperKind.LETTER),
            centre=CENTRE,
            outcome="listed",
            place=3,
            outcome_name=Words(en="on the issued list", zh="列入建设名单"),
            reasons=(Reason(title=Words(en="Proposal", zh="拟建理由"), text=SHORT),),
            comments=(_answer_form(LONG[1:3]),) * 3,
        ),
        IssuedListPaper(**_common(PaperKind.LIST), items=_centres(12)),
        Certificate(**_common(PaperKind.CERTIFICATE), centre=CENTRE, place=3),
    ]


def _least_of_applications() -> list[Paper]:
    return [
        SubmissionReceipt(
            **_common(PaperKind.RECEIPT, long=False), centre=LEAST, version=1, received=AT, command_id="1"
        ),
        Dossier(**_common(PaperKind.APPLICATION, long=False), centre=LEAST, version=1),
    ]


def _least_of_experts() -> list[Paper]:
    return [
        ReviewSheet(
            **_common(PaperKind.REVIEW, long=False), centre=LEAST, reviewer="e", seat=1, opinion=Opinion()
        ),
        CollectedOpinions(**_common(PaperKind.OPINIONS, long=False), centre=LEAST, opinions=()),
        SurveyPaper(
            **_common(PaperKind.SURVEY, long=False),
            centre=LEAST,
            day=date(2025, 1, 1),
            team=(),
            findings=(),
            verdict=Words.alike("x"),
        ),
        AppraisalPaper(
            **_common(PaperKind.APPRAISAL, long=False),
            centre=LEAST,
            present=(),
            score=Decimal(0),
            votes_for=0,
            votes_against=0,
            abstained=0,
            text=(),
        ),
    ]


def _least_of_examiners() -> Paper:
    return ObjectionPaper(
        **_common(PaperKind.OBJECTION, long=False),
        centre=LEAST,
        objection="1",
        objector="o",
        raised=AT,
        text=(),
    )


def _least_of_rounds() -> list[Paper]:
    return [
        ProposalPaper(**_common(PaperKind.PROPOSAL, long=False), version=1, places=1, items=()),
        NoticePaper(**_common(PaperKind.NOTICE, long=False), items=(), until=AT),
        ApprovalSheet(
            **_common(PaperKind.APPROVAL, long=False), version=1, items=(), checked=False, levels=()
        ),
    ]


def _least_of_applicants() -> list[Paper]:
    return [
        DecisionLetter(
            **_common(PaperKind.LETTER, long=False),
            centre=LEAST,
            outcome="not-selected",
            outcome_name=Words.alike("x"),
        ),
        IssuedListPaper(**_common(PaperKind.LIST, long=False), items=()),
        Certificate(**_common(PaperKind.CERTIFICATE, long=False), centre=LEAST, place=1),
    ]


def usual() -> dict[PaperKind, Paper]:
    """Return one of each kind, with much in it."""
    papers = (*_of_applications(), *_of_experts(), _of_examiners(), *_of_rounds(), *_of_applicants())
    return {paper.KIND: paper for paper in papers}


def shortest() -> dict[PaperKind, Paper]:
    """Return one of each kind with the least that there may be."""
    least = (
        *_least_of_applications(),
        *_least_of_experts(),
        _least_of_examiners(),
        *_least_of_rounds(),
        *_least_of_applicants(),
    )
    return {paper.KIND: paper for paper in least}

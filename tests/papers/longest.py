"""One of each paper with the longest content that the second batch's forms and the rules' limits permit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from papers.intake import HandedIn, LongAnswer, Section
from papers.judging import DissentingOpinion, Finding, Mark, Opinion
from papers.kinds import Language, PaperKind
from papers.letters import Reason
from papers.lists import Approval, Coverage, Deviation, Hit, Level, PlacedCentre, ProposedCentre, Share
from papers.values import Block, Centre, Paper, Words
from reading.models import FilledForm, RoundForm
from selection.forms.built_in import form_of
from selection.forms.fields import (
    Asked,
    ChoiceField,
    CreditCodeField,
    DateField,
    FileField,
    NumberField,
    PeopleField,
    PersonField,
    TableField,
    TextField,
    UnitField,
)
from selection.forms.form import FormName
from starter.demo.example import load_example
from starter.papers.answers import lay_out_answers
from starter.papers.blocks import read_blocks
from tests.papers.samples import AT, LEAF, usual

RULES = load_example().rules
ROWS = 12
"""Rows of a table that are filled: more of them are more of the same pages."""
SENTENCE = (
    "面向节庆活动人群安全的机器视觉关键技术（含算法、装备与标准），建设“产学研用”协同平台；提供研发、中试、"
    "检测与成果转化服务：覆盖华北、华东等地区，年服务企业不少于120家。"
)
ENGLISH = "Technology innovation centre for immersive digital performance equipment and its standards "


def _write(words: int, *, lines: bool = True) -> str:
    text = (SENTENCE * (words // len(SENTENCE) + 1))[:words]
    return "\n\n".join(text[at : at + 400] for at in range(0, words, 400)) if lines else text[:200]


def _unit(number: int) -> dict[str, str]:
    return {
        "code": f"9111000000{number:08d}",
        "name_zh": (f"合成{number}号文化装备与数字文旅技术创新股份有限公司" * 10)[
            : 200 if number == 0 else 40
        ],
        "name_en": (f"Synthetic institute number {number} of cultural equipment " * 10)[
            : 200 if number == 0 else 90
        ],
    }


def _answer(field: Asked) -> Any:
    match field:
        case TextField():
            return _write(field.words or 60, lines=field.lines)
        case NumberField():
            return "999999.99"
        case ChoiceField():
            options = field.options if field.of is None else getattr(RULES, field.of)
            return [option.code for option in options] if field.many else options[-1].code
        case DateField():
            return "2025-12-31"
        case FileField():
            return {"id": "file", "sha256": LEAF}
        case UnitField():
            return [_unit(number) for number in range(1, field.most + 1)] if field.many else _unit(0)
        case PersonField():
            return {"name": "买买提·阿卜杜热合曼", "mail": "a-long-address.of.somebody@institute.example.org"}
        case PeopleField():
            return [f"expert-{number:02}" for number in range(field.most)]
        case TableField():
            row = {column.code: _answer(column) for column in field.columns}
            return [row] * min(field.rows, ROWS)
        case CreditCodeField():
            return "91110000MA00000000"
    raise AssertionError(field)


def _fill(name: FormName) -> tuple[Section, ...]:
    form = form_of(RULES.forms, name)
    asked = RoundForm(form=form, fields=RULES.fields, regions=RULES.regions, priorities=RULES.priorities)
    answers = {field.code: _answer(field) for field in form.fields()}
    return tuple(lay_out_answers(FilledForm(round_form=asked, revision=1, answers=answers)))


def _name(code: dict[str, str]) -> Words:
    return Words(en=code["name_en"], zh=code["name_zh"])


CENTRE = Centre(
    number="0007",
    name=Words(en=(ENGLISH * 3)[:200], zh=(SENTENCE * 3)[:200]),
    host=_name(_unit(0)),
    co_builders=tuple(_name(_unit(number)) for number in range(1, 21)),
    field=Words(en=RULES.fields[-1].en, zh=RULES.fields[-1].zh),
    region=Words(en="Xinjiang Uygur Autonomous Region", zh="新疆维吾尔自治区"),
    priority=Words(en=RULES.priorities[-1].en, zh=RULES.priorities[-1].zh),
)
TEXT = read_blocks(_write(1000))
GROUNDS = tuple(Words(en=ground.en, zh=ground.zh) for ground in RULES.check.grounds)
CRITERIA = tuple(Words(en=item.en, zh=item.zh) for item in RULES.criteria)
MARKS = tuple(Mark(criterion=named, score=Decimal("20.5"), scale=Decimal(25)) for named in CRITERIA)


def _share(named: Any) -> tuple[Share, ...]:
    return tuple(Share(name=Words(en=item.en, zh=item.zh), count=12, limit=12) for item in named)


def _of_applications(opinion: Opinion) -> Iterator[tuple[PaperKind, dict[str, Any]]]:
    photos = (LEAF,) * 50
    evidence = HandedIn(name=Words(en="evidence", zh="佐证材料"), sha256=LEAF)
    yield PaperKind.RECEIPT, {"contents": (evidence,) * 100}
    yield PaperKind.APPLICATION, {"sections": _fill("application"), "opinion": _fill("opinion")}
    yield PaperKind.REVIEW, {"opinion": opinion, "void": True}
    yield PaperKind.OPINIONS, {"opinions": (opinion,) * 2}
    findings = tuple(Finding(criterion=named, text=TEXT) for named in CRITERIA)
    yield PaperKind.SURVEY, {"findings": findings, "photos": photos, "sections": _fill("survey")}
    dissents = tuple(DissentingOpinion(member=f"expert-{number}", text=TEXT) for number in range(3))
    yield PaperKind.APPRAISAL, {"text": TEXT, "dissents": dissents, "sections": _fill("appraisal")}
    said = {"text": TEXT, "reasons": TEXT, "evidence": photos, "sections": _fill("objection")}
    yield PaperKind.OBJECTION, said
    checked = Reason(title=Words(en="Legality check", zh="合法性审查意见"), text=TEXT, grounds=GROUNDS)
    comments = (opinion.sections,) * 2
    yield PaperKind.LETTER, {"outcome": "ineligible", "reasons": (checked,), "comments": comments}
    yield PaperKind.CERTIFICATE, {}


def _of_rounds() -> Iterator[tuple[PaperKind, dict[str, Any]]]:
    items = tuple(PlacedCentre(place=place, centre=CENTRE) for place in range(1, 6))
    proposed = tuple(
        ProposedCentre(rank=item.place, centre=CENTRE, agreed=Decimal("84.5"), reason=TEXT) for item in items
    )
    covered = Coverage(
        fields=_share(RULES.fields), regions=_share(RULES.regions), priorities=_share(RULES.priorities)
    )
    deviation = Deviation(centre=CENTRE, chosen=True, reason=TEXT)
    yield PaperKind.PROPOSAL, {"items": proposed, "deviations": (deviation,) * 2, "coverage": covered}
    yield PaperKind.NOTICE, {"items": items}
    given = (Approval(person="minister-1", at=AT, reason=TEXT),)
    levels = tuple(
        Level(name=Words(en=level.en, zh=level.zh), needed=level.needed, passed=True, given=given)
        for level in RULES.approval
    )
    hits = (Hit(centre=CENTRE, cleared=True), Hit(centre=CENTRE))
    yield PaperKind.APPROVAL, {"items": items, "check_text": TEXT, "hits": hits, "levels": levels}
    yield PaperKind.LIST, {"items": items}


def longest() -> dict[PaperKind, Paper]:
    """Return one of each kind with the longest content that there may be."""
    opinion = Opinion(marks=MARKS, total=Decimal("82.0"), sections=_fill("review"))
    made: dict[PaperKind, Paper] = {}
    for kind, content in (*_of_applications(opinion), *_of_rounds()):
        paper = usual()[kind]
        own = {"centre": CENTRE} if "centre" in type(paper).model_fields else {}
        made[kind] = paper.model_copy(update={**own, **content})
    return made


def list_blocks(value: Any, language: Language) -> Iterator[str]:
    """Yield the pieces of text that people wrote, as a paper shows them in a language."""
    match value:
        case Block():
            yield value.text
        case LongAnswer():
            yield from list_blocks(getattr(value, language), language)
        case tuple():
            for inner in value:
                yield from list_blocks(inner, language)
        case BaseModel():
            for name in type(value).model_fields:
                yield from list_blocks(getattr(value, name), language)

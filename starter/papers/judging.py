"""The papers of experts and survey teams."""

from decimal import Decimal
from typing import Any

from papers.judging import (
    AppraisalPaper,
    CollectedOpinions,
    DissentingOpinion,
    Finding,
    Mark,
    Opinion,
    ReviewSheet,
    SurveyPaper,
)
from papers.kinds import PaperKind
from reading.errors import Hidden
from reading.models import FilledForm, ShownEntry
from selection.application import events as a
from selection.streams import application_stream
from selection.wording.code_names import VERDICTS
from starter.papers.answers import lay_out_answers
from starter.papers.material import Material, find_last, name_code, name_in, require_last

REVIEWED = (a.ReviewSubmitted.TYPE, a.ReviewCorrected.TYPE)
VOIDED = a.ReviewVoided.TYPE


async def make_review(material: Material, number: str, reviewer: str) -> ReviewSheet:
    """Return one reviewer's sheet as corrected last, to that reviewer and to staff. Raises Hidden, or PaperNotYet."""
    entries = await material.list_application(number)
    own = [entry for entry in entries if entry.view["data"].get("expert") == reviewer]
    entry = require_last(own, *REVIEWED)
    data = entry.view["data"]
    if "scores" not in data:
        raise Hidden
    return ReviewSheet(
        **material.head(PaperKind.REVIEW, entry, number),
        centre=await material.get_centre(number),
        reviewer=reviewer,
        seat=data["seat"],
        void=find_last(own, VOIDED) is not None,
        corrections=data.get("number", 0),
        opinion=_show_opinion(
            material, data, (await material.read_forms("review", [data["form"]], entry.view["stream"]))[0]
        ),
    )


async def collect_opinions(material: Material, number: str) -> CollectedOpinions:
    """Return a panel's valid reviews without names, to staff. Raises Hidden, or PaperNotYet before the score."""
    await material.require_staff()
    entries = await material.list_application(number)
    scored = require_last(entries, a.ApplicationScored.TYPE)
    valid = list_valid(entries)
    stream = application_stream(material.round, number)
    filled = await material.read_forms("review", [item.view["data"]["form"] for item in valid], stream)
    return CollectedOpinions(
        **material.head(PaperKind.OPINIONS, scored, number),
        centre=await material.get_centre(number),
        score=Decimal(scored.view["data"]["shown"]),
        valid=scored.view["data"]["valid"],
        opinions=tuple(
            _show_opinion(material, item.view["data"], form) for item, form in zip(valid, filled, strict=True)
        ),
    )


def list_valid(entries: tuple[ShownEntry, ...]) -> list[ShownEntry]:
    """Return the reviews that count, ordered by the salted hashes of their answers, which tell nothing of anybody."""
    void = {entry.view["data"]["expert"] for entry in entries if entry.view["type"] == VOIDED}
    last = {entry.view["data"]["expert"]: entry for entry in entries if entry.view["type"] in REVIEWED}
    counting = [entry for expert, entry in last.items() if expert not in void]
    return sorted(counting, key=lambda entry: str(entry.view["data"]["form"]["answers"]["sha256"]))


def _show_opinion(material: Material, data: dict[str, Any], filled: FilledForm) -> Opinion:
    scales = {item.code: item.top for item in material.names.criteria}
    marks = tuple(
        Mark(
            criterion=name_in(material.names.criteria, code),
            score=Decimal(data["scores"][code]),
            scale=scale,
        )
        for code, scale in scales.items()
        if code in data["scores"]
    )
    return Opinion(marks=marks, total=Decimal(data["total"]), sections=tuple(lay_out_answers(filled)))


async def make_survey(material: Material, number: str) -> SurveyPaper:
    """Return the report of a site survey, to whom its findings show. Raises Hidden, or PaperNotYet."""
    entries = await material.list_application(number)
    entry = require_last(entries, a.SurveyReported.TYPE)
    data = entry.view["data"]
    if "findings" not in data:
        raise Hidden
    stream = application_stream(material.round, number)
    appointed = find_last(entries, a.SurveyTeamAppointed.TYPE)
    team = appointed.view["data"] if appointed else {}
    lead = team.get("lead", "")
    return SurveyPaper(
        **material.head(PaperKind.SURVEY, entry, number),
        centre=await material.get_centre(number),
        day=data["day"],
        team=tuple(sorted(team.get("members", ()), key=lambda person: (person != lead, person))),
        findings=tuple(
            [
                Finding(
                    criterion=name_in(material.names.criteria, code), text=await material.read(ref, stream)
                )
                for code, ref in data["findings"].items()
            ]
        ),
        verdict=name_code(VERDICTS, data["verdict"]),
        photos=tuple(photo["sha256"] for photo in data["photos"]),
        sections=await material.lay_out_form("survey", data["form"], stream),
    )


async def make_appraisal(material: Material, number: str) -> AppraisalPaper:
    """Return the record of the panel's meeting, to the chair and to staff. Raises Hidden, or PaperNotYet."""
    entry = require_last(await material.list_application(number), a.AppraisalRecorded.TYPE)
    data = entry.view["data"]
    if "present" not in data:
        raise Hidden
    stream = application_stream(material.round, number)
    dissents = [
        DissentingOpinion(member=item["expert"], text=await material.read(item["text"], stream))
        for item in data["dissents"]
    ]
    return AppraisalPaper(
        **material.head(PaperKind.APPRAISAL, entry, number),
        centre=await material.get_centre(number),
        present=data["present"],
        aside=data["aside"],
        score=Decimal(data["score"]),
        votes_for=data["votes_for"],
        votes_against=data["votes_against"],
        abstained=data["abstained"],
        text=await material.read(data["text"], stream),
        dissents=tuple(dissents),
        sections=await material.lay_out_form("appraisal", data["form"], stream),
    )

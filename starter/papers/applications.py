"""The papers of an application: the receipt of a version, and the application as a dossier."""

from typing import Any

from papers.intake import Dossier, HandedIn, Section, SubmissionReceipt
from papers.kinds import PaperKind
from papers.values import EntryReference, Words
from reading.errors import Hidden
from reading.models import ShownEntry
from selection.recommendation.events import (
    ApplicationRecommended,
    RecommendationFreed,
    RecommendationWithdrawn,
)
from selection.streams import application_stream
from starter.papers.answers import lay_out_answers
from starter.papers.material import SUBMITTED, Material, find_last, name_in, require_last
from starter.papers.not_yet import PaperNotYet

WITHDRAWALS = (RecommendationWithdrawn.TYPE, RecommendationFreed.TYPE)

CONTENTS: dict[str, tuple[str, str]] = {
    "form": ("form", "申报书"),
    "public": ("public answers", "公开内容"),
    "pledge": ("pledge", "承诺书"),
    "seals": ("page with seals", "盖章页"),
    "agreement": ("joint agreement", "共建协议"),
    "evidence": ("evidence", "佐证材料"),
}


async def make_receipt(material: Material, number: str, command_id: str) -> SubmissionReceipt:
    """Return the receipt of a version that the subject handed in, by the id of the act.

    Raises Hidden, or PaperNotYet if the act handed nothing in.
    """
    answered = await material.reads.receipts.get(material.who, command_id)
    receipt = answered.receipt
    entries = await material.list_application(number)
    entry = next((item for item in entries if item.seq == receipt.seq), None)
    if entry is None or entry.view["type"] not in SUBMITTED:
        raise PaperNotYet
    head = material.head(PaperKind.RECEIPT, entry, number)
    cited = EntryReference(stream=receipt.stream, seq=receipt.seq, leaf_hash=receipt.leaf_hash, at=receipt.at)
    return SubmissionReceipt(
        **{**head, "cited": cited},
        centre=await material.get_centre(number),
        version=entry.view["data"]["revision"],
        received=receipt.at,
        command_id=command_id,
        contents=_list_contents(entry),
    )


async def make_dossier(material: Material, number: str) -> Dossier:
    """Return the version of an application that counts now. Raises Hidden where its form does not show."""
    entry = require_last(await material.list_application(number), *SUBMITTED)
    handed_in: dict[str, Any] = entry.view["data"].get("submission", {})
    if "form" not in handed_in:
        raise Hidden
    stream = application_stream(material.round, number)
    filled = await material.reads.forms.get_answers(material.who, stream)
    sections = [
        Section(title=Words(en=named[0].capitalize(), zh=named[1]), blocks=await material.read(ref, stream))
        for name, named in CONTENTS.items()
        if name not in ("form", "public", "evidence") and (ref := handed_in.get(name))
    ]
    return Dossier(
        **material.head(PaperKind.APPLICATION, entry, number),
        centre=await material.get_centre(number),
        version=entry.view["data"]["revision"],
        sections=(*lay_out_answers(filled), *(section for section in sections if section.blocks)),
        contents=_list_contents(entry),
        **await _show_recommendation(material, number),
    )


async def _show_recommendation(material: Material, number: str) -> dict[str, Any]:
    """Return which unit recommends the application and its opinion, to the unit itself and to staff.

    Who mends a version keeps the recommendation; who edits it is taken off the list.
    """
    entries = await material.list_application(number)
    own = [entry for entry in entries if entry.view["data"].get("application") == number]
    given = find_last(own, ApplicationRecommended.TYPE)
    gone = find_last(
        (entry for entry in own if given and entry.view["stream"] == given.view["stream"]), *WITHDRAWALS
    )
    if given is None or (gone is not None and gone.seq > given.seq):
        return {}
    data = given.view["data"]
    return {
        "recommender": name_in(material.names.recommenders, data["unit"]),
        "opinion": await material.lay_out_form("opinion", data.get("form"), given.view["stream"]),
    }


def _list_contents(entry: ShownEntry) -> tuple[HandedIn, ...]:
    handed_in = entry.view["data"].get("submission", {})
    return tuple(
        HandedIn(name=Words(en=english, zh=chinese), sha256=ref["sha256"])
        for name, (english, chinese) in CONTENTS.items()
        for ref in _list_refs(handed_in.get(name))
    )


def _list_refs(value: Any) -> list[dict[str, str]]:
    if isinstance(value, list):
        return value
    return [value] if value else []

"""The paper of an objection: what was raised, and how it was settled."""

from typing import Any

from papers.judging import ObjectionPaper
from papers.kinds import PaperKind
from reading.errors import Hidden
from selection.application import events as a
from selection.streams import application_stream
from selection.wording.code_names import OUTCOMES
from starter.papers.material import Material, find_last, name_code, require_last

APPOINTED = a.ExaminersAppointed.TYPE
SETTLED = a.ObjectionSettled.TYPE


async def make_objection(material: Material, number: str, objection: str) -> ObjectionPaper:
    """Return an objection with its ruling, to who raised it, who examines it, and to staff.

    Raises Hidden where its text does not show, or paper-not-yet for one that there is not.
    """
    entries = await material.list_application(number)
    own = [entry for entry in entries if entry.view["data"].get("objection") == objection]
    raised = require_last(own, a.ObjectionRaised.TYPE)
    data = raised.view["data"]
    if "text" not in data:
        raise Hidden
    stream = application_stream(material.round, number)
    appointed, settled = find_last(own, APPOINTED), find_last(own, SETTLED)
    ruling: dict[str, Any] = {}
    if settled is not None:
        ruling = {
            "settled": settled.view["at"],
            "outcome": name_code(OUTCOMES, settled.view["data"]["outcome"]),
            "reasons": await material.read(settled.view["data"]["text"], stream),
        }
    return ObjectionPaper(
        **material.head(PaperKind.OBJECTION, settled or raised, number),
        centre=await material.get_centre(number),
        objection=objection,
        objector=data["objector"],
        raised=raised.view["at"],
        text=await material.read(data["text"], stream),
        sections=await material.lay_out_form("objection", data.get("form"), stream),
        evidence=tuple(ref["sha256"] for ref in data["evidence"]),
        examiners=tuple(appointed.view["data"].get("examiners", ())) if appointed else (),
        **ruling,
    )

"""What would refuse an act as things stand, before its person signs it."""

from collections.abc import Sequence

from portal.acts.telling import tell_refusal
from portal.people import call_refused
from portal.sheets.labels import label_of
from portal.sheets.setting import Setting
from portal.sheets.sheet import Sheet, Wrong
from portal.wording.doing.every import WORDS
from selection.decision.command import Command
from selection.kernel.actor import Role
from selection.kernel.counting import fill
from selection.refusals.refused import Refused

FIELDS = {
    "unknown-person": ("person", "members", "examiners", "people"),
    "another-admin": ("person",),
    "signer-self": ("person",),
    "signer-has-key": ("people",),
    "key-unknown": ("key",),
    "open-duty": ("force",),
    "replaced-unexplained": ("reason",),
    "chair-unexplained": ("reason",),
    "person-erased": ("people",),
    "staff-by-two": ("people",),
    "agent-by-two": ("people",),
    "administrators-too-few": ("people",),
    "tie-unclear": ("unit",),
    "tie-by-administrator": ("holds",),
    "tie-declared-already": ("holds",),
    "no-such-tie": ("holds",),
}
"""By refusal, where what is wrong was typed: the first of these that an act has."""


async def foresee(sheet: Sheet, setting: Setting, command: Command) -> Sequence[Wrong]:
    """Return why the act would be refused now, told by its field where the sheet knows it; nothing is recorded.

    The record says so to officers about applications, and of a round or the register to whoever may do the act; of
    others' acts it is found out when they are sent.
    """
    reads, who = setting.visit.reads.rehearsals, setting.visit.subject
    if setting.spot.kind == "register":
        found = await reads.find_register_refusal(who, command, setting.role, setting.new_id)
        return () if found is None else await _tell(sheet, setting, found)
    if setting.spot.kind == "round":
        try:
            await reads.rehearse(who, setting.spot.round, command, setting.role, setting.new_id)
        except Refused as would_be:
            return await _tell(sheet, setting, would_be)
        return ()
    if setting.role is not Role.OFFICER or not setting.stream.startswith("application/"):
        return ()
    trial = (setting.stream, command, setting.new_id)
    (refused,) = await reads.find_refusals(who, setting.spot.round, [trial], setting.role)
    return () if refused is None else await _tell(sheet, setting, refused)


async def _tell(sheet: Sheet, setting: Setting, refused: Refused) -> Sequence[Wrong]:
    explained = sheet.explain(refused) if sheet.explain else ()
    if explained:
        return explained
    (params,) = await call_refused(setting.visit, setting.stream, [refused.params])
    en, zh = (tell_refusal(language, refused.code, params, setting.spot.zone) for language in ("en", "zh"))
    field = _find_field(sheet, refused)
    if field:
        label = label_of(sheet, field)
        return (Wrong(field, f"{label.en}: {en}", f"{label.zh}：{zh}"),)
    sentence = WORDS["would-be-refused"]
    return (Wrong("", fill(sentence[0], {"reason": en}), fill(sentence[1], {"reason": zh})),)


def _find_field(sheet: Sheet, refused: Refused) -> str:
    """Return the field in which the visitor mends what an act is refused for, empty where that is not known."""
    return next((name for name in FIELDS.get(refused.code, ()) if name in sheet.command.model_fields), "")

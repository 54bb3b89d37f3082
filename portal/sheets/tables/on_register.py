"""The acts on the register of people, keys and units."""

from portal.sheets.choices.installation import (
    foretell_erasure,
    list_active_units,
    list_letters,
    list_own_keys,
    prefill_tie,
)
from portal.sheets.choices.registering import import_people, import_units
from portal.sheets.sheet import Ask, Sheet
from selection.kernel.unit_codes import canonical_code
from selection.register.commands import (
    DeclareTie,
    ErasePerson,
    RegisterAgents,
    RegisterPeople,
    RegisterStaff,
    SettleLetters,
)
from selection.register.key_commands import InviteSigner, NamePortals, RevokeKey, RevokeLostKey
from selection.register.unit_commands import RegisterUnits

SHEETS: tuple[Sheet, ...] = (
    Sheet(RegisterPeople, {"people": Ask(imports=import_people)}, because="maybe"),
    Sheet(RegisterStaff, {"people": Ask(imports=import_people)}, because="maybe"),
    Sheet(RegisterAgents, {"people": Ask(imports=import_people)}, because="always"),
    Sheet(RegisterUnits, {"units": Ask(imports=import_units)}, because="maybe"),
    Sheet(
        DeclareTie,
        {
            "unit": Ask(kind="line", options=list_active_units, build=canonical_code),
            "other": Ask(kind="line"),
            "holds": Ask(required=True),
        },
        prefill=prefill_tie,
        anyone=True,
    ),
    Sheet(InviteSigner),
    Sheet(NamePortals),
    Sheet(RevokeKey, {"key": Ask(options=list_own_keys)}),
    Sheet(RevokeLostKey),
    Sheet(SettleLetters, {"letters": Ask(options=list_letters)}),
    Sheet(ErasePerson, foretells=foretell_erasure, because="always"),
)

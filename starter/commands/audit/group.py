"""`selection audit`: a round's proof, made and checked."""

from typing import ClassVar

from starter.cli.command_table import PartsGroup, group


class AuditGroup(PartsGroup):
    """Verifying loads neither the record nor its database, which exporting and archiving need."""

    PARTS: ClassVar = {
        "verify": "starter.commands.audit.verify",
        "replay": "starter.commands.audit.replay",
        "what-if": "starter.commands.audit.what_if",
        "receipt": "starter.commands.audit.receipt",
        "export": "starter.commands.audit.export",
        "archive": "starter.commands.audit.archive",
    }


app = group("Archive and export a round; verify, replay and simulate it offline from its bundle.", AuditGroup)

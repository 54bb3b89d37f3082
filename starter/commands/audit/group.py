"""`selection audit`: a round's proof, made and checked."""

from starter.cli.command_table import group
from starter.commands.audit import (
    archive as audit_archive,
    export as audit_export,
    receipt as audit_receipt,
    replay as audit_replay,
    verify as audit_verify,
    what_if as audit_what_if,
)

app = group("Archive and export a round; verify, replay and simulate it offline from its bundle.")

for part in (audit_verify, audit_replay, audit_what_if, audit_receipt, audit_export, audit_archive):
    app.add_typer(part.app)

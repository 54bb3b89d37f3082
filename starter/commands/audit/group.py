"""`selection audit`: a round's proof, made and checked."""

from starter.cli.command_table import group
from starter.commands.audit import archive as audit_archive
from starter.commands.audit import export as audit_export
from starter.commands.audit import receipt as audit_receipt
from starter.commands.audit import replay as audit_replay
from starter.commands.audit import verify as audit_verify
from starter.commands.audit import what_if as audit_what_if

app = group("Prove or refute a round, offline.")

for part in (audit_verify, audit_replay, audit_what_if, audit_receipt, audit_export, audit_archive):
    app.add_typer(part.app)

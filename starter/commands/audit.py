"""`selection audit`: a round's proof, made and checked."""

from starter.commands import (
    audit_archive,
    audit_export,
    audit_receipt,
    audit_replay,
    audit_verify,
    audit_what_if,
)
from starter.groups import group

app = group("Prove or refute a round, offline.")

for part in (audit_verify, audit_replay, audit_what_if, audit_receipt, audit_export, audit_archive):
    app.add_typer(part.app)

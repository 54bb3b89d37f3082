"""`selection audit`: a round's proof, made and checked."""

from starter.commands import audit_verify
from starter.groups import group

app = group("Prove or refute a round, offline.")

for part in (audit_verify,):
    app.add_typer(part.app)

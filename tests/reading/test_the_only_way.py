"""Commands read through the read service: of the ledger they have what they write, and nothing to read by."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.backend import Reach

pytestmark = pytest.mark.repo

ROOT = Path(__file__).parents[2]
WRITTEN = {
    ("checkpoints", "cosign"),
    ("people", "store_identities"),
}
"""What commands and pages call of the ledger."""
BACKEND = "portal/backend.py"
TURNS = "starter/cli/session.py"
OF_THE_OPERATOR = {"starter/commands/operator/reconcile.py", "starter/commands/operator/resume.py"}
"""They compare the record with Temporal and show streams, versions and codes, to whoever runs the servers."""


OF_KEYS = {("keys", "get_founding"), ("keys", "read_founding"), ("keys", "of"), ("keys", "list")}
"""What the installation is called, the pages on which its passkeys count, and public keys: who signs asks for them."""
OF_SIGNERS = {"starter/commands/own/second.py", "starter/cli/keys_at_hand.py"}
"""Public keys, and an act that its first signer handed over as a file: its signature is what gives the right."""


def uses_of_the_ledger(source: str) -> Iterator[tuple[str, str]]:
    """What of the ledger a module uses: a part and a name, or two empty words where it hands the ledger on."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (
            (isinstance(node, ast.Attribute) and node.attr in ("ledger", "_ledger"))
            or (isinstance(node, ast.Name) and node.id == "ledger")
        ):
            continue
        part = parents[node]
        name = parents.get(part)
        if isinstance(part, ast.Attribute) and isinstance(name, ast.Attribute):
            yield part.attr, name.attr
        elif not (isinstance(part, ast.Attribute) and part.attr == "close"):
            yield "", ""


def test_no_command_reads_the_ledger_past_the_service() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), use)
        for folder in ("starter/commands", "starter/cli", "starter/archive")
        for path in (ROOT / folder).rglob("*.py")
        for use in uses_of_the_ledger(path.read_text(encoding="utf-8"))
        if use not in WRITTEN
    }
    left = {
        (place, use)
        for place, use in found
        if place not in OF_THE_OPERATOR | OF_SIGNERS and use not in OF_KEYS
    }
    # A turn opens the ledger for the service; who is refused is named by what is registered of them.
    assert left == {
        (TURNS, ("", "")),
        (TURNS, ("people", "facts")),
        ("starter/commands/own/key_enrol.py", ("people", "facts")),
        ("starter/commands/operator/up.py", ("", "")),
        ("starter/archive/bundling.py", ("", "")),
    }
    assert {place for place, _ in found} >= OF_THE_OPERATOR


def test_no_page_reads_the_ledger_past_the_service() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), use)
        for path in (ROOT / "portal").rglob("*.py")
        for use in uses_of_the_ledger(path.read_text(encoding="utf-8"))
        if use not in WRITTEN
    }
    # It opens the ledger for the service, for who is signed in, and for the client that sends acts.
    assert found == {(BACKEND, ("", ""))}
    assert "ledger" not in Reach.__dataclass_fields__


def subjects_made_in(source: str) -> int:
    """How often a module makes a subject itself, by whatever of the model's makers."""
    return sum(
        isinstance(node, ast.Call)
        and "Subject" in (getattr(node.func, "id", ""), getattr(getattr(node.func, "value", None), "id", ""))
        for node in ast.walk(ast.parse(source))
    )


def test_nobody_but_the_entrance_makes_a_subject() -> None:
    packages = (
        "activities",
        "ledger",
        "portal",
        "reading",
        "runtime",
        "selection",
        "starter",
        "worker",
        "workflows",
    )
    found = {
        path.relative_to(ROOT).as_posix(): count
        for folder in packages
        for path in (ROOT / folder).rglob("*.py")
        if (count := subjects_made_in(path.read_text(encoding="utf-8")))
    }
    assert found == {"reading/access/authentication.py": 5}
    for made in ("Subject(fact=x)", "Subject.model_construct(fact=x)", "Subject.model_validate(x)"):
        assert subjects_made_in(made) == 1


def test_reading_past_it_would_be_found() -> None:
    assert list(uses_of_the_ledger("await session.ledger.reading.snapshot(x)")) == [("reading", "snapshot")]
    assert list(uses_of_the_ledger("show(session.ledger)")) == [("", "")]
    assert list(uses_of_the_ledger("reader = session.ledger.contents")) == [("", "")]

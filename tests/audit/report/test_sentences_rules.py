"""Every claim and finding about a round's outcome has a sentence in both languages, and no sentence is idle."""

import ast
from pathlib import Path
from string import Formatter

import audit
from audit.rules.catalogue import SUBJECTS
from tests.audit.support.tampering import claims_of

AUDIT = Path(audit.__file__).parent
MODULES = [
    *(AUDIT / "rules").rglob("*.py"),
    *(AUDIT / "outcome").glob("*.py"),
    AUDIT / "bundle" / "register.py",
]
CLAIMS = {code: pair for part in SUBJECTS for code, pair in getattr(part, "CLAIMS", {}).items()}
FINDINGS = {code: pair for part in SUBJECTS for code, pair in getattr(part, "FINDINGS", {}).items()}
RAISED_BY = {"require": 1, "differs": 0, "Difference": 1, "NotInBundle": 0, "not_provable": 2, "Fault": 0}
"""What takes a finding's code, and as which argument."""


def list_findings() -> dict[str, set[str]]:
    """The findings that the modules name, with the files that do."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(
                getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
            )
            if not isinstance(node, ast.Call) or name not in RAISED_BY:
                continue
            code = node.args[RAISED_BY[name]] if len(node.args) > RAISED_BY[name] else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.setdefault(code.value, set()).add(path.relative_to(AUDIT.parent).as_posix())
    return found


def test_every_finding_has_a_sentence_and_no_sentence_is_idle() -> None:
    named = list_findings()
    missing = {code: sorted(files) for code, files in named.items() if code not in FINDINGS}
    assert missing == {}, (
        "FINDINGS of the file has no sentence for these, or SUBJECTS in audit/rules/catalogue.py lacks the file"
    )
    assert sorted(FINDINGS.keys() - named.keys()) == []


def test_every_claim_has_a_sentence_and_no_sentence_is_idle(tmp_path: Path) -> None:
    claimed = set(claims_of(tmp_path))
    assert sorted(claimed - CLAIMS.keys()) == [], (
        "CLAIMS of the rule's file has no sentence for these, or SUBJECTS in audit/rules/catalogue.py lacks the file"
    )
    assert sorted(CLAIMS.keys() - claimed) == [], (
        "no rule makes these claims: rules() in audit/rules/catalogue.py"
    )


def test_both_languages_say_the_same() -> None:
    for english, chinese in (*CLAIMS.values(), *FINDINGS.values()):
        fields = [
            sorted({field for _, field, _, _ in Formatter().parse(text) if field})
            for text in (english, chinese)
        ]
        assert fields[0] == fields[1]

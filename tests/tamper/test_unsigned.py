"""What nothing signs: whatever a bundle says there, every claim stays as it was."""

from collections.abc import Callable
from typing import Any

import pytest

from audit.bundle.layout import MANIFEST
from audit.log.verification import Outside
from selection.kernel.canonical import canonical_bytes
from tests.tamper.hands import KEY
from tests.tamper.judging import Judge
from tests.tamper.kinds import UNSIGNED
from tests.tamper.parts import Parts, json_of

pytestmark = pytest.mark.bulk
OTHER: dict[str, Any] = {"engine": "99.9", "redacted": True, "media_type": "text/html"}


def change_word(parts: Parts, name: str, word: str) -> Parts:
    """Another word in a file of JSON, and a manifest that fits."""
    return parts.with_file(name, canonical_bytes({**json_of(parts.files[name]), word: OTHER[word]})).fit()


def test_no_claim_rests_on_a_word_that_nothing_signs(rounds: list[Parts], judge: Judge) -> None:
    whole = rounds[0]
    genuine = judge.report(whole, Outside(key=KEY))
    for word in (*UNSIGNED["manifest"], *UNSIGNED["content"]):
        name = MANIFEST if word in UNSIGNED["manifest"] else whole.contents[0]
        parts = change_word(whole, name, word)
        assert parts.files != whole.files
        assert judge.report(parts, Outside(key=KEY)).claims == genuine.claims


@pytest.mark.parametrize("change", ["an earlier checkpoint", "a content"])
def test_what_is_left_out_leaves_a_smaller_proof_and_no_alarm(
    rounds: list[Parts], judge: Judge, change: str
) -> None:
    whole = rounds[0]
    without: dict[str, Callable[[], Parts]] = {
        "an earlier checkpoint": lambda: whole.with_checkpoints(whole.checkpoints()[1:]),
        "a content": lambda: Parts(
            whole.round, {name: body for name, body in whole.files.items() if name != whole.contents[0]}
        ),
    }
    report = judge.report(without[change]().fit(), Outside(key=KEY))
    assert report.first_difference is None
    assert (report.missing is not None) or change != "a content"

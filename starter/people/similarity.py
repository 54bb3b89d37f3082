"""Which known directions a text comes near to: a list to look at, no verdict (docs/process-sources.md, stage 4)."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from selection.kernel.named import Named
from starter.cli.options import Language

LINES = 400
"""Lines of a form that are compared, each cut at 200 characters."""


def closest(text: str, directions: Iterable[Named], lang: Language) -> list[dict[str, Any]]:
    """Return each direction with the line of the text that is most like it, the likest first.

    The ratio (0 to 1) is the share of the direction's characters that are found in the line, in their order.
    """
    lines = [line.strip()[:200] for line in text.splitlines() if line.strip()][:LINES]
    rows = []
    for item in directions:
        ratio, line = max(
            ((max(_measure_overlap(item.en, line), _measure_overlap(item.zh, line)), line) for line in lines),
            default=(0.0, ""),
        )
        rows.append(
            {"ratio": f"{ratio:.2f}", "code": item.code, "direction": getattr(item, lang), "text": line[:40]}
        )
    return sorted(rows, key=lambda row: (-float(row["ratio"]), row["code"]))


def _measure_overlap(direction: str, line: str) -> float:
    wanted = direction.lower()
    matcher = SequenceMatcher(None, wanted, line.lower(), autojunk=False)
    # Pieces of one character are chance; in Chinese two make a word, in a spelled language three do.
    least = 2 if any(ord(letter) > 0x2E80 for letter in wanted) else 3
    found = sum(block.size for block in matcher.get_matching_blocks() if block.size >= least)
    return found / len(wanted)

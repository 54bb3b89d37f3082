"""A review as an expert types it, without a fault."""

from tests.selection import story

CRITERIA = [item.code for item in story.RULES.criteria]
SCORES = {f"s.{code}": "20" for code in CRITERIA}
COMMENTS = {f"a.{code}_comment": f"Comment on {code}" for code in CRITERIA}
SOUND = {
    **SCORES,
    **COMMENTS,
    "a.opinion": "Well founded.",
    "a.recommendation": "support",
    "a.confidence": "high",
    "version": "0",
    "do": "check",
}

"""What a round came to, read off its entries on the way, to be shown beside the verdict."""

import json
from typing import Any

from audit.bundle import Bundle
from audit.claims import Difference
from audit.report import ListedPlace
from selection.leaf import Leaf


class RoundResult:
    """Title, rehearsal and issued list. Shown, never claimed: other parts prove that the list follows."""

    def __init__(self) -> None:
        self.rehearsal = False
        self._places: dict[str, Any] = {}
        self._placed: dict[str, tuple[str, str]] = {}

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Note what an entry says of the result."""
        match leaf.type:
            case "round.opened.v1":
                self.rehearsal = leaf.data.get("rehearsal") is True
            case "application.submitted.v1":
                self._note_submission(leaf)
            case "round.list-issued.v1" if isinstance(leaf.data.get("places"), dict):
                self._places = leaf.data["places"]

    def places(self) -> tuple[ListedPlace, ...]:
        """Return the issued list by place; empty while none was issued."""
        found = []
        for number, place in self._places.items():
            field, region = self._placed.get(number, ("", ""))
            if isinstance(place, int):
                found.append(ListedPlace(place=place, application=number, field=field, region=region))
        return tuple(sorted(found, key=lambda item: (item.place, item.application)))

    def _note_submission(self, leaf: Leaf) -> None:
        submission = leaf.data.get("submission")
        if isinstance(submission, dict):
            where = (str(submission.get("field", "")), str(submission.get("region", "")))
            self._placed[leaf.stream.rpartition("/")[2]] = where


def title_of(bundle: Bundle) -> dict[str, str]:
    """Return the round's title in English and Chinese, as the rules have it; empty when they can't be read."""
    try:
        title = json.loads(bundle.rules())["title"]
        return {"en": str(title["en"]), "zh": str(title["zh"])}
    except (Difference, ValueError, KeyError, TypeError, RecursionError):
        return {}

"""What each claim read of a bundle's contents: one that needed what is missing is not provable."""

from collections.abc import Container
from typing import Protocol

from audit.bundle.layout import KeptContent, content_of
from audit.claims import Claim, Verdict, not_provable


class ContentSource(Protocol):
    """Where contents are read from, such as a bundle."""

    def content(self, content_id: str) -> KeptContent | None:
        """Return a content, None when it is not held."""


class ClaimContents:
    """A source of contents for one claim; `absent` are those that it was asked for and did not hold, in order."""

    def __init__(self, source: ContentSource) -> None:
        self._source = source
        self.absent: dict[str, None] = {}

    def content(self, content_id: str) -> KeptContent | None:
        """Return a content; None, and note it, when it is not held."""
        kept = self._source.content(content_id)
        if kept is None:
            self.absent[content_id] = None
        return kept


class ContentReads:
    """The sources of the claims that read contents, by claim."""

    def __init__(self, source: ContentSource) -> None:
        self._source = source
        self._sources: dict[str, ClaimContents] = {}

    def of(self, code: str) -> ClaimContents:
        """Return the source of a claim, always the same."""
        return self._sources.setdefault(code, ClaimContents(self._source))

    def weigh(self, claim: Claim, missing: Container[str]) -> Claim:
        """Return a claim; a proven one that asked for a content which is missing is not provable.

        `missing` are the contents of which no entry says that they were erased or lost.
        """
        source = self._sources.get(claim.code)
        if source is None or claim.verdict is not Verdict.PROVEN:
            return claim
        first = next((name for name in source.absent if name in missing), None)
        if first is None:
            return claim
        return not_provable(claim.code, claim.subject, "content-not-held", content_of(first), content=first)

"""What a round came to, read off its entries on the way, to be shown beside the verdict."""

from typing import Any

from pydantic import BaseModel, Field, ValidationError

from audit.bundle.reader import Bundle
from audit.claims import Difference
from audit.report.public_answers import ContentStore, SealedForms, list_public
from audit.report.report import ListedPlace, Words
from selection.kernel.leaf import Leaf


class SealedText(BaseModel):
    """What a report shows of the rules; empty when they can't be read, which other claims tell of."""

    title_words: Words | None = Field(default=None, alias="title")
    named_fields: tuple[Words, ...] = Field(default=(), alias="fields")
    named_regions: tuple[Words, ...] = Field(default=(), alias="regions")
    forms: SealedForms = Field(default_factory=SealedForms)

    @classmethod
    def of(cls, bundle: Bundle) -> "SealedText":
        """Read the rules of a bundle."""
        try:
            return cls.model_validate_json(bundle.rules())
        except (Difference, ValidationError):
            return cls()

    @property
    def title(self) -> dict[str, str]:
        """The round's title by language."""
        return self.title_words.names if self.title_words else {}

    @property
    def fields(self) -> dict[str, dict[str, str]]:
        """The fields' names by code and language."""
        return {item.code: item.names for item in self.named_fields}

    @property
    def regions(self) -> dict[str, dict[str, str]]:
        """The regions' names by code and language."""
        return {item.code: item.names for item in self.named_regions}


class RoundResult:
    """Title, rehearsal and issued list. Shown, never claimed: other parts prove that the list follows."""

    def __init__(self) -> None:
        self.rehearsal = False
        self._places: dict[str, Any] = {}
        self._handed_in: dict[str, dict[str, Any]] = {}
        self._published: dict[str, str] = {}

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Note what an entry says of the result."""
        match leaf.type:
            case "round.opened.v1":
                self.rehearsal = leaf.data.get("rehearsal") is True
            case "application.submitted.v1" | "application.mended.v1":
                self._note_submission(leaf)
            case "notice.opened.v1" | "application.listed.v1":
                self._note_published(leaf)
            case "round.list-issued.v1" if isinstance(leaf.data.get("places"), dict):
                # Items that objections held back are listed by a list of their own, after the first.
                self._places |= leaf.data["places"]

    def places(self, rules: SealedText, store: ContentStore) -> tuple[ListedPlace, ...]:
        """Return the issued list by place, with the published answers that are held; empty while none was issued."""
        found = []
        for number, place in self._places.items():
            if isinstance(place, int):
                listed = _list_place(place, number, self._handed_in.get(number, {}), rules)
                content = self._published.get(number)
                public = list_public(store, content, rules.forms.public) if content else ()
                found.append(listed.model_copy(update={"public": public}))
        return tuple(sorted(found, key=lambda item: (item.place, item.application)))

    def _note_published(self, leaf: Leaf) -> None:
        ref = leaf.data.get("public")
        if isinstance(ref, dict) and isinstance(ref.get("id"), str):
            self._published[leaf.stream.rpartition("/")[2]] = ref["id"]

    def _note_submission(self, leaf: Leaf) -> None:
        submission = leaf.data.get("submission")
        if isinstance(submission, dict):
            self._handed_in[leaf.stream.rpartition("/")[2]] = submission


def _list_place(place: int, number: str, submission: dict[str, Any], rules: SealedText) -> ListedPlace:
    field, region = str(submission.get("field", "")), str(submission.get("region", ""))
    host = submission.get("host")
    unit = host if isinstance(host, dict) else {}
    return ListedPlace(
        place=place,
        application=number,
        centre_name=_read_names(submission),
        host=str(unit.get("code", "")),
        host_name=_read_names(unit),
        field=field,
        region=region,
        field_name=rules.fields.get(field, {}),
        region_name=rules.regions.get(region, {}),
    )


def _read_names(named: dict[str, Any]) -> dict[str, str]:
    """Return the names that an entry gives, by language; none of those that it leaves out."""
    found = {lang: named.get(f"name_{lang}") for lang in ("en", "zh")}
    return {lang: name for lang, name in found.items() if name and isinstance(name, str)}

"""What a verification says in the end."""

from pydantic import Field

from audit.claims import Claim, Verdict
from selection.model import Frozen


class Listed(Frozen):
    """Something that the bundle holds or lacks and that no claim is made about; `code` names its sentence."""

    code: str
    subject: str
    counted: int = 0


class ListedPlace(Frozen):
    """One place of the issued list, as the record has it; field and region with the names that the rules give."""

    place: int
    application: str
    field: str = ""
    region: str = ""
    field_name: dict[str, str] = Field(default_factory=dict)
    region_name: dict[str, str] = Field(default_factory=dict)


class Report(Frozen):
    """The verdict and all it rests on. `key` is the verifier key that was given, empty if none was."""

    verdict: Verdict
    round: str
    title: dict[str, str]
    rehearsal: bool
    redacted: bool
    engine: str
    file: str
    sha256: str
    key: str
    fingerprint: str
    claims: tuple[Claim, ...]
    listed: tuple[Listed, ...]
    places: tuple[ListedPlace, ...]
    counts: dict[str, int]

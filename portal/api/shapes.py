"""What requests and answers are made of, beside the models of acts and reads."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from pydantic import ConfigDict, Field

from reading.access.subject import Means
from reading.receipts import AnsweredAct
from selection.decision.envelope import Envelope
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen
from selection.kernel.named import PersonId
from selection.kernel.proof import Base64, KeyId, Proof
from selection.kernel.references import TextRef
from selection.signing.reading import Question

T = TypeVar("T")


class ProblemDetails(Frozen):
    """Why a request came to nothing (RFC 9457): `code` is stable, `detail` a sentence in the language asked for."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    params: dict[str, str] = Field(default_factory=dict)


class QuestionAsked(Frozen):
    """Who wants to begin a session, and with which of their keys."""

    person: PersonId
    key: KeyId


class QuestionToSign(Frozen):
    """The question, the statement that answers it, and its SHA-256, which the key signs."""

    question: Question
    statement: str
    to_sign: Base64


class LinkUsed(Frozen):
    """On a local installation: a sign-in link's last part, which counts once, and whose session it begins."""

    link: Annotated[str, Field(min_length=1, max_length=100)]
    person: PersonId


class SessionFacts(Frozen):
    """Whose session it is, by what means they are known, and until when at most."""

    person: PersonId
    means: Means
    roles: tuple[Role, ...]
    until: Instant


class SessionBegun(SessionFacts):
    """A new session: the token is shown once."""

    token: str


class SecondAsked(Frozen):
    """Who signs an act too where two must; `proof` once they did."""

    person: PersonId
    proof: Proof | None = None


class ActAsked(Frozen):
    """An act of the session's person: in which role, what, and why where a reason is asked for.

    `proof` and `second` hold what keys signed of it. `looked_at` is the version of the stream that the person had
    before them, where that is known.
    """

    role: Role
    command: Any
    reason: TextRef | None = None
    looked_at: Counted = 0
    proof: Proof | None = None
    second: SecondAsked | None = None


class ToSign(Frozen):
    """What a person's key is to sign: the statement's SHA-256, for a signature to be put into `proof`."""

    person: PersonId
    statement: str
    to_sign: Base64
    proof: Proof


class SignatureWanted(ProblemDetails):
    """An act that must be signed: as it is signed, and what is signed by each whose signature is wanted."""

    act: Envelope
    to_sign: tuple[ToSign, ...]


class ActPending(Frozen):
    """An act that was taken and is not decided yet; its receipt will be at the address in Location."""

    code: str
    detail: str
    stream: str
    command_id: str


class ActAnswered(AnsweredAct):
    """The entry that answers an act; `sentence` says why it was refused, where it was."""

    sentence: str = ""


class ContentKept(Frozen):
    """A content as acts refer to it, with its kind, type and size."""

    id: str
    sha256: str
    kind: str
    media_type: str
    size: int


class Page(Frozen, Generic[T]):
    """A page of a list; `total` counts all that was found."""

    items: tuple[T, ...]
    page: int
    pages: int
    total: int


class PageQuery(Frozen):
    """Which page of a list is asked for, and how long pages are."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=200)] = 50


def cut_page(items: Sequence[Any], asked: PageQuery) -> Page[Any]:
    """Return a page of a list; one beyond its end is empty."""
    shown = tuple(items[(asked.page - 1) * asked.size : asked.page * asked.size])
    pages = -(-len(items) // asked.size) or 1
    return Page[Any](items=shown, page=asked.page, pages=pages, total=len(items))

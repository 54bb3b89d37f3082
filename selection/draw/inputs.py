"""What a draw is made of: its inputs, what binds the drawer to them, and the key that both give with the randomness."""

import hashlib
import hmac
from typing import Annotated, Self

from pydantic import Field, model_validator

from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.model import Frozen

COST_BITS = 40
"""Larger costs overflow the solver, which multiplies them by the number of nodes."""

_INFO = b"center-selection draw v1"


class DrawApplication(Frozen):
    """An application that needs experts.

    `hosts` are the credit codes of the host and all co-builders: their people are recused. `avoid` is the
    applicant's own list, `conflicts` the declared or found ones, `exclude` all who ever held a seat here.
    `sitting` hold one now: they are excluded too and count against their institution. `seats_wanted` is fewer
    than the panel in a supplementary draw.
    """

    stream: str
    revision: int
    hosts: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sitting: tuple[str, ...] = ()
    seats_wanted: Annotated[int, Field(ge=1)]


class DrawExpert(Frozen):
    """An expert of the pool: employer's credit code ("" for none) and places already held or reserved."""

    person: str
    employer: str
    load_used: Annotated[int, Field(ge=0)] = 0


class DrawInputs(Frozen):
    """All that a draw depends on besides the key. `alternates` are drawn for each application on top."""

    applications: tuple[DrawApplication, ...]
    experts: tuple[DrawExpert, ...]
    alternates: Annotated[int, Field(ge=0)]
    max_per_institution: Annotated[int, Field(ge=1)]
    max_load: Annotated[int, Field(ge=1)]
    solver: str

    @model_validator(mode="after")
    def _refuse_duplicates(self) -> Self:
        for names in ([item.stream for item in self.applications], [item.person for item in self.experts]):
            if len(set(names)) != len(names):
                raise ValueError("an application or an expert stands twice in the inputs of a draw")
        return self

    def in_order(self) -> "DrawInputs":
        """Return the same inputs in the one order that is drawn from and hashed."""
        lists = ("hosts", "avoid", "conflicts", "exclude", "sitting")
        applications = (
            item.model_copy(update={name: tuple(sorted(set(getattr(item, name)))) for name in lists})
            for item in self.applications
        )
        return self.model_copy(
            update={
                "applications": tuple(sorted(applications, key=lambda item: item.stream)),
                "experts": tuple(sorted(self.experts, key=lambda item: item.person)),
            }
        )


class Commitment(Frozen):
    """What is sealed before the randomness is known: SHA-256 of the secret and of the inputs, in hex."""

    secret: str
    inputs: str


def commitment(secret: bytes, inputs: DrawInputs) -> Commitment:
    """Return what binds the drawer to secret and inputs. Raises ValueError for a secret under 16 bytes."""
    if len(secret) < 16:
        raise ValueError("a secret of fewer than 16 bytes can be guessed from its hash")
    return Commitment(
        secret=hashlib.sha256(secret).hexdigest(), inputs=sha256_hex(canonical_bytes(inputs.in_order()))
    )


def draw_key(secret: bytes, randomness: str) -> bytes:
    """Return the 32-byte key of a draw: HKDF-SHA256 (RFC 5869), the randomness as salt."""
    return _expand(hmac.digest(randomness.encode(), secret, "sha256"), _INFO)


def pair_cost(key: bytes, application: str, expert: str) -> int:
    """Return what this expert costs for this application: the first 40 bits of HKDF-Expand(key, pair)."""
    # A draw of thousands of applications asks this some hundred thousand times: `_expand`, written out.
    text = f"pair\0{application}\0{expert}\x01"
    return int.from_bytes(hmac.digest(key, text.encode(), "sha256")[: COST_BITS // 8])


def lot(key: bytes, application: str) -> str:
    """Return the application's lot, 32 hex digits, for ties that no mean parts; the lower wins."""
    return _expand(key, f"lot\0{application}".encode())[:16].hex()


def institution_of(expert: DrawExpert) -> str:
    """Return whose limit the expert counts against; one without an employer stands alone."""
    return expert.employer or f"\0{expert.person}"


def _expand(key: bytes, info: bytes) -> bytes:
    # HKDF-Expand's first block; the extract step is done once, in draw_key (RFC 5869, section 2.3).
    return hmac.digest(key, info + b"\x01", "sha256")

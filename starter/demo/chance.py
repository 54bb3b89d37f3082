"""Choices that look random and are not: numbers that follow from a seed and the names of what they decide."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def number(bound: int, *names: object) -> int:
    """Return a whole number from 0 to below `bound`; equal names give the equal number on every machine."""
    text = "\0".join(str(name) for name in names)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % bound


def happens(percent: int, *names: object) -> bool:
    """Tell whether something happens that does so in `percent` of 100 cases."""
    return number(100, *names) < percent


def pick(choices: Sequence[T], *names: object) -> T:
    """Return one of the choices."""
    return choices[number(len(choices), *names)]


def shuffle(choices: Sequence[T], *names: object) -> list[T]:
    """Return the choices in an order of their own for these names."""
    return sorted(choices, key=lambda choice: number(2**60, *names, choice))


def draw_secret(seed: int, draw: str) -> bytes:
    """Return the secret of a draw. It follows from the seed, as the numbers of the rehearsal's lottery do."""
    return bytes(number(256, seed, draw, "secret", place) for place in range(32))

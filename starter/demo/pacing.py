"""How long a rehearsed day lasts on this machine: windows are real time, and other programs take their share."""

import asyncio
from decimal import Decimal

import psutil

MEASURED_FOR = 0.5
"""Seconds."""
QUIET = Decimal("0.3")
"""The share of all cores that others may use without a window becoming too short."""


async def busy_share() -> Decimal:
    """Return the share of all cores in use now, while our own stack has nothing to do."""
    percent = await asyncio.to_thread(psutil.cpu_percent, MEASURED_FOR)
    return (Decimal(str(percent)) / 100).quantize(Decimal("0.01"))


def fit_pace(seconds_per_day: Decimal, busy: Decimal) -> Decimal:
    """Return the seconds per day: those of a quiet machine, up to twice as many on one that is all in use."""
    over = max(min(busy, Decimal(1)) - QUIET, Decimal(0)) / (1 - QUIET)
    return (seconds_per_day * (1 + over)).quantize(Decimal("0.001"))

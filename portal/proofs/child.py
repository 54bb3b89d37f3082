"""`python -m portal.proofs.child BUNDLE ANSWER`, bounded by runtime.confinement: one job on a bundle, from its input.

It has no connection and no login. It tells its progress line by line, and ends with the process that started it:
standard input stays open for as long as that one lives.
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from audit.bundle.reader import Bundle, BundleUnreadable
from portal.proofs.jobs import JOB, Answer, Job, Replay, ReplayStream, SeeAs, Simulate, Verify

TELL_EVERY = 0.2
"""Seconds between two lines at least."""


class Progress:
    """Tells how far the work is, not too often."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, part: str, done: int, total: int) -> None:
        """Tell a part's name, how much of it is done, and how much there is."""
        now = time.monotonic()
        if now - self._last >= TELL_EVERY or done == 0:
            self._last = now
            print(json.dumps([part, done, total]), flush=True)  # noqa: T201 # the portal reads it


def work(bundle: Path, job: Job, tell: Progress) -> Answer:
    """Do a job. Each loads what it needs itself: Temporal alone takes half a second, and most do without it."""
    match job:
        case Verify():
            from portal.proofs.verifying import verify_bundle

            return verify_bundle(bundle, job, tell)
        case Simulate():
            from portal.proofs.simulating import simulate

            return simulate(bundle, job, tell)
        case Replay() | ReplayStream() | SeeAs():
            from portal.proofs.replaying import replay

            with Bundle(bundle) as opened:
                return replay(opened, job)


def end_with_starter() -> None:
    """End this process, with what it started, once nobody is left that could write to it."""
    os.read(sys.stdin.fileno(), 1)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def main() -> int:
    """Do the job and write its answer, whole or not at all; return 0."""
    bundle, written = Path(sys.argv[1]), Path(sys.argv[2])
    job = JOB.validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=end_with_starter, daemon=True).start()
    try:
        answer = work(bundle, job, Progress())
    except BundleUnreadable as fault:
        answer = Answer(fault="unreadable", params={"code": fault.code})
    begun = written.with_suffix(".part")
    begun.write_bytes(answer.model_dump_json().encode())
    begun.rename(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The verifier's report, made in a process of its own."""

from datetime import UTC, datetime
from pathlib import Path

from audit.log.verification import Outside
from audit.report.html import list_sections
from audit.verify import Effort, Progress, verify
from portal.proofs.jobs import Answer, Verify
from selection.transparency.note import Verifier


def verify_bundle(bundle: Path, job: Verify, tell: Progress) -> Answer:
    """Return the report's verdict, and its parts as HTML in which every text is escaped."""
    outside = Outside(key=Verifier.parse(job.key) if job.key else None)
    report = verify(bundle, outside, Effort(progress=tell))
    parts = [part for part in list_sections(report, datetime.now(UTC)) if part]
    return Answer(found={"verdict": report.verdict.value, "parts": parts})

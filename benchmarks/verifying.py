"""`python -m benchmarks.verifying BUNDLE KEY PROCESSES`: one verification in a process of its own, told as JSON.

Of its own, so that nothing but the verification counts: its start and imports, its CPU, its memory at the most.
"""

import json
import os
import resource
import sys
from collections import Counter
from pathlib import Path

from audit.claims import Verdict
from audit.log.verification import Outside
from audit.verify import Effort, verify
from selection.transparency.note import Verifier


def main(bundle: Path, key: str, processes: int) -> dict[str, object]:
    """Verify the bundle; without histories when `processes` is 0."""
    effort = Effort(histories=processes > 0, processes=max(processes, 1))
    report = verify(bundle, Outside(Verifier.parse(key)), effort)
    times = os.times()
    looked_at = [claim for claim in report.claims if claim.finding != "not-looked-at"]
    return {
        "cpu": times.user + times.system + times.children_user + times.children_system,
        "peak_kib": measure_peak(),
        "entries": sum(n for name, n in report.counts.items() if name.startswith("entries ")),
        "acts": sum(claim.counted for claim in report.claims if claim.code == "acts-signed"),
        "histories": report.counts["histories"],
        "verdicts": Counter(claim.verdict.value for claim in looked_at),
        "unproven": [
            f"{claim.code}: {claim.finding} {claim.point}"
            for claim in looked_at
            if claim.verdict is not Verdict.PROVEN
        ],
    }


def measure_peak() -> int:
    """Return the most memory of this process that was resident at once, in KiB.

    Linux carries `ru_maxrss` over from the process that started this one, so it is asked for this program's own.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0])
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found // 1024 if sys.platform == "darwin" else found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))

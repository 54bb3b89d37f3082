"""Where the tests keep their files: in memory where there is plenty, as they make hundreds of databases.

On a disk that is slow with new files, a database of 300 files takes ten times as long to copy.
"""

import os
from pathlib import Path

TEMPROOT = "PYTEST_DEBUG_TEMPROOT"
"""Where pytest makes its folders; whoever has set it is obeyed."""
PLENTY = 12 << 30
"""Bytes: several times what one whole run holds at once."""


def keep_in_memory() -> None:
    """Have pytest make its folders in memory, where programs may be run from them and there is plenty of it."""
    memory = Path("/dev/shm")
    if TEMPROOT not in os.environ and memory.is_dir() and _is_plenty(memory):
        os.environ[TEMPROOT] = str(memory)


def _is_plenty(memory: Path) -> bool:
    found = os.statvfs(memory)
    free = min(found.f_bavail * found.f_frsize, _available())
    return not found.f_flag & os.ST_NOEXEC and os.access(memory, os.W_OK | os.X_OK) and free >= PLENTY


def _available() -> int:
    """Bytes of memory that programs may take before the machine swaps; none where Linux does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))

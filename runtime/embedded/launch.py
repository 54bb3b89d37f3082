"""Become another program that ends with its parent, if asked for as another user.

Run as a script, `python -I -S launch.py PARENT SIGNAL UID GID READS PROGRAM ARGUMENT...`, since the steps
must happen between fork and exec, where a process with threads (the Temporal SDK has many) may not run Python
code. The process id stays the same through all of it. Only the standard library is imported here.
"""

import ctypes
import os
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 4
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
SHORTEST = 7
"""Arguments of a call whose program has none, its own name included."""
CAP_DAC_READ_SEARCH = 2


def main(arguments: list[str]) -> None:
    """Drop privileges, tie the process to its parent, and exec; returns only by raising OSError."""
    parent, death_signal, uid, gid = (int(text) for text in arguments[:4])
    reads_anywhere = arguments[4] == "reads-anywhere"
    program = arguments[5:]
    if uid >= 0:
        drop_privileges(uid, gid, reads_anywhere=reads_anywhere)
    # After the change of user: the kernel forgets the death signal when credentials change.
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit("the process that asked for this one is gone")
    os.execv(program[0], program)  # noqa: S606 - the caller passes a list, no shell sees it


def drop_privileges(uid: int, gid: int, *, reads_anywhere: bool) -> None:
    """Take user and group, keeping at most the right to pass folders that are closed to that user.

    PostgreSQL refuses to run as root. Where root keeps program or data under a closed folder such as its
    home, the unprivileged user could not reach them, and opening the folders to everybody would be worse.
    """
    keeps = reads_anywhere and sys.platform == "linux"
    capability = _find_capability() if keeps else None
    libc = ctypes.CDLL(None, use_errno=True) if keeps else None
    if libc is not None and capability is not None:
        # Keeps the capabilities over setuid, and in access(2), with which PostgreSQL looks at its own files.
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if libc is not None and capability is not None:
        bit = 1 << capability
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        # Effective, permitted, inheritable, for the capabilities 0 to 31 and then for 32 to 63.
        if libc.capset(header, (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)) != 0:
            raise OSError(ctypes.get_errno(), "the capabilities of root cannot be given up")
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)


def _find_capability() -> int | None:
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    permitted = next(
        (int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapPrm")), 0
    )
    return next((c for c in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if permitted >> c & 1), None)


if __name__ == "__main__":
    if len(sys.argv) < SHORTEST:
        sys.exit("usage: python -I -S launch.py PARENT SIGNAL UID GID READS PROGRAM ARGUMENT...")
    main(sys.argv[1:])

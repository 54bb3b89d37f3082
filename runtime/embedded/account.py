"""The account that PostgreSQL runs as where root starts it: one of its own, since PostgreSQL refuses to be root.

An account that others share, such as `nobody`, would hand the database to every program that runs by it.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from runtime.embedded.process import RunAs
from runtime.environments import MACHINE, pick
from runtime.errors import StackError

ACCOUNT = "selection-postgres"
MAKER = "useradd"
MAKE = (
    *("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"),
    *("--shell", "/usr/sbin/nologin"),
)
WHERE_MAKERS_ARE = ("/usr/sbin", "/sbin")
"""Often not in the path of who became root by `su`."""
SHARED = "nobody"
MADE_WITHIN = 60
"""Seconds. Another that is being made meanwhile is waited for by the program itself."""


def find_account(folder: Path, *passed: Path) -> RunAs | None:
    """Return whom the server on a folder runs as; None where this process is an ordinary user, who runs it itself.

    As root that is the folder's owner, or an account that is made for it where the folder is root's or was made by a
    former version, for the shared account: then the folder is given to it. `passed` are other folders that it has to
    reach. Raises StackError account-missing.
    """
    if os.geteuid() != 0:
        return None
    owner = folder.stat()
    shared = _find_shared()
    if owner.st_uid in (0, shared):
        account = _require_account()
        _give(folder, shared, account)
        owner = folder.stat()
    is_open = all(_is_passable(path) for path in (folder.parent, *passed))
    return RunAs(owner.st_uid, owner.st_gid, reads_anywhere=not is_open)


def was_shared(folder: Path) -> bool:
    """Tell whether a folder belongs to the account that others share, as those of former versions did."""
    return os.geteuid() == 0 and folder.stat().st_uid == _find_shared()


def _require_account() -> pwd.struct_passwd:
    account = _find_account()
    why = ""
    if account is None:
        why = _make_account()
        account = _find_account()
    if account is None or account.pw_uid == 0:
        line = " ".join((MAKER, *MAKE, ACCOUNT))
        raise StackError(
            "account-missing",
            f"PostgreSQL refuses to run as root, and its account {ACCOUNT} is missing and could not be made"
            f"{f' ({why})' if why else ''}. Run this as an ordinary user, or make the account first: {line}",
        )
    return account


def _find_account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None


def _find_shared() -> int | None:
    try:
        return pwd.getpwnam(SHARED).pw_uid
    except KeyError:
        return None


def _make_account() -> str:
    """Have the system make the account, and return what it said against it."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *WHERE_MAKERS_ARE))
    program = shutil.which(MAKER, path=path)
    if program is None:
        return f"there is no program {MAKER}"
    try:
        done = subprocess.run(
            [program, *MAKE, ACCOUNT],
            capture_output=True,
            check=False,
            env=pick(MACHINE),
            timeout=MADE_WITHIN,
        )
    except (OSError, subprocess.TimeoutExpired) as failed:
        return f"{MAKER}: {type(failed).__name__}"
    return " ".join(done.stderr.decode(errors="replace").split())[:200]


def _give(folder: Path, former: int | None, account: pwd.struct_passwd) -> None:
    """Give an account the folder, and what of it belongs to the former one.

    Whoever could write there may have put links to what is somebody else's: no link is followed, and nothing of
    anybody else is given away. The folder comes last, so that a start after this one was broken off does it again.
    """
    os.chown(folder, 0, 0)
    for _, folders, files, at in os.fwalk(folder):
        for name in (*folders, *files):
            try:
                opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
            except OSError:
                # A link, or what is there no more.
                continue
            try:
                found = os.fstat(opened)
                alone = stat.S_ISDIR(found.st_mode) or found.st_nlink == 1
                if found.st_uid == former and alone:
                    os.fchown(opened, account.pw_uid, account.pw_gid)
            finally:
                os.close(opened)
    os.chown(folder, account.pw_uid, account.pw_gid)


def _is_passable(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.resolve().parents))

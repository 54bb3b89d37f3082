"""What a process that we start is given of our own environment: what it has a use for, by name, and nothing else.

Whoever starts a stack may have secrets of other programs in the environment, and no part has a use for another's:
what a database, a mail sink or a reader of files is not given, nobody finds in it.
"""

import os
from collections.abc import Iterable, Mapping

MACHINE = (
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
    # Where a machine keeps libraries of Python's own elsewhere, no program starts without.
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
)
"""Where programs and their libraries are, where files may be put for a while, how texts and times are written."""

PYTHON = (
    *MACHINE,
    *("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUTF8", "PYTHONUNBUFFERED"),
)
"""What a Python program of ours needs that connects to nothing."""

TEMPORAL_SERVER = (*MACHINE, "HOME", "GOGC", "GOMAXPROCS", "GOMEMLIMIT")

DATABASE = (
    *("HOME", "PGPASSFILE", "PGSERVICEFILE", "PGSSL*", "PGCHANNELBINDING", "PGREQUIREAUTH"),
    *("PGGSSENCMODE", "PGCONNECT_TIMEOUT", "PGTARGETSESSIONATTRS"),
)
"""What PostgreSQL's client reads besides a URL. `PGPASSWORD` is not among it: each login has a password of its own."""

CONNECTED = (
    *PYTHON,
    *DATABASE,
    *("TEMPORAL_*", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("SELECTION_ALLOW_PLAINTEXT", "SELECTION_PAYLOAD_KEYS", "SELECTION_PLAIN_PAYLOADS_UNTIL"),
    *("SELECTION_LOG_JSON", "SELECTION_LOG_LEVEL"),
)
"""What whoever speaks to the record and to Temporal needs."""

WORKER = (
    *CONNECTED,
    *("SELECTION_DEPLOYMENT", "SELECTION_BUILD_ID", "SELECTION_TSA_URL"),
    # Time stamps are asked for through them.
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    # Letters lead to the portal, and name whom to ask.
    *("SELECTION_PORTAL_URL", "SELECTION_CONTACT"),
)

PORTAL = (
    *CONNECTED,
    *("SELECTION_PORTAL_*", "SELECTION_OIDC_*", "SELECTION_ACTS_A_MINUTE", "SELECTION_REFUSALS_A_DAY"),
    *("SELECTION_LETTERHEAD", "SELECTION_PAPER_FONTS"),
)

COMMANDS = (
    *("SELECTION_DATA", "SELECTION_STATE", "SELECTION_KEY", "SELECTION_KEY_PASSPHRASE_FILE"),
    "SELECTION_ADDRESS_DAYS",  # It goes into the first entry of the log, and nobody reads it afterwards.
    # Whatever starts a program names these itself: each gets the logins, the mail server and the key that are its own.
    *("SELECTION_DATABASE_URL", "SELECTION_*_DATABASE_URL", "SELECTION_SMTP_*", "SELECTION_TASK_QUEUE"),
    "SELECTION_SIGNING_KEY",
)
"""What is read by whoever types a command, and handed to no process as it stands."""


def pick(names: Iterable[str], environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables of these names that are set; a `*` at the end of a name stands for any ending."""
    given = os.environ if environment is None else environment
    wanted = tuple(names)
    return {name: value for name, value in given.items() if is_named(name, wanted)}


def is_named(variable: str, names: Iterable[str]) -> bool:
    """Tell whether a variable is one of these names, in which a `*` stands for anything."""
    for name in names:
        begins, star, ends = name.partition("*")
        if variable == name or (star and variable.startswith(begins) and variable.endswith(ends)):
            return True
    return False

"""The passphrase of a key: from a file that is named in the environment, else asked for at the terminal."""

import getpass
import sys
from pathlib import Path

from starter.keys.faults import KeyFault
from starter.keys.private_files import read_private

LEAST = 12
"""[D] Characters of a passphrase: whoever has the file may try as many as they like."""


def ask_passphrase(file: Path | None, lang: str) -> str:
    """Return the passphrase of a key. Raises KeyFault `passphrase-missing` without a file and a terminal."""
    if file is not None:
        return _read(file)
    return _prompt("密钥口令：" if lang == "zh" else "Passphrase of your key: ")


def choose_passphrase(file: Path | None, lang: str) -> str:
    """Return the passphrase of a new key, typed twice. Raises KeyFault `passphrase-short`, `-differ`."""
    if file is not None:
        chosen = _read(file)
    else:
        chosen = _prompt("新密钥的口令：" if lang == "zh" else "Passphrase for the new key: ")
    if len(chosen) < LEAST:
        raise KeyFault("passphrase-short", least=str(LEAST))
    if file is None and _prompt("再次输入口令：" if lang == "zh" else "The same again: ") != chosen:
        raise KeyFault("passphrase-differ")
    return chosen


def _read(file: Path) -> str:
    return read_private(file).rstrip("\r\n")


def _prompt(text: str) -> str:
    if not sys.stdin.isatty():
        raise KeyFault("passphrase-missing")
    try:
        return getpass.getpass(text)
    except EOFError:
        raise KeyFault("passphrase-missing") from None

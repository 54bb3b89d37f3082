"""What can go wrong in the stack that this program starts.

StackError                 one part, one code, one sentence that names the cure
└── StackBroken            a part failed although nothing was wrong beforehand; carries the end of its log
"""

from datetime import timedelta
from pathlib import Path

LOG_LINES_SHOWN = 12
PARTS = {
    **dict.fromkeys(("The mail sink", "mail"), "邮件接收程序"),
    **dict.fromkeys(("portal", "the portal"), "门户"),
    "worker": "工作进程",
}
"""What parts are called in Chinese, where that is not their name."""
PORT_LOST = "address already in use"
"""What PostgreSQL, Temporal and the mail sink write, in any case of letters, when their port is another's."""


class StackError(Exception):
    """Why the stack does not start or stop, for the person at the terminal.

    `code` is stable and one of: account-missing, folder-not-writable, folder-in-use, disk-full, port-taken,
    portal-elsewhere, part-missing, part-failed, version-differs, server-unreachable, login-missing, plaintext-refused,
    settings-wrong. `sentence` says what to do, and so does `chinese`, where it names more than the code tells.
    `lost_its_port`: somebody else took a part's port between its choice and its use.
    """

    lost_its_port = False

    def __init__(self, code: str, sentence: str, chinese: str = "") -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.chinese = chinese


class StackBroken(StackError):
    """A part ended or did not become ready; the sentence ends with the last lines of its log."""

    def __init__(self, part: str, what: tuple[str, str], log: Path) -> None:
        lines = "\n".join(f"  | {line}" for line in last_lines(log))
        shown, en, zh = lines or "  | (empty)", *what
        called = PARTS.get(part, f"{part} ")
        chinese = f"{called}{zh}。日志 {log} 的末尾：\n{lines or '  | （空）'}"
        super().__init__("part-failed", f"{part} {en}. The end of {log}:\n{shown}", chinese)
        self.part = part
        self.lost_its_port = PORT_LOST in shown.lower()


def tell_late(within: timedelta) -> tuple[str, str]:
    """Return in words that a part was not ready in time."""
    return f"was not ready within {within}", f"未在 {within.total_seconds():g} 秒内就绪"


def last_lines(log: Path, count: int = LOG_LINES_SHOWN) -> list[str]:
    """Give the last `count` lines of a log, each cut at 300 characters; none if the file cannot be read."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line[:300] for line in text.splitlines()[-count:]]

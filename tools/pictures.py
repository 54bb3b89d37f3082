"""Makes the pictures of the README from what the commands really print: `python -m tools.pictures`.

It runs the demo and verifies its bundle, which takes a minute, and needs a headless Chromium with a Chinese font;
on Debian `apt-get install chromium-headless-shell fonts-wqy-microhei`.
"""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

IMAGES = Path("docs/images")
COLUMNS = 138
PLACES = 4
"""How many places of the list are shown."""
PAGE = (860, 962)
"""How much of the verification report is shown: its top, down to what is proven first."""
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BUNDLE, KEY = "demo-out/second-batch.zip", "demo-out/installation.vkey"
THEME = TerminalTheme(
    (250, 250, 248),
    (32, 33, 36),
    [
        (32, 33, 36),
        (176, 42, 48),
        (20, 110, 50),
        (146, 96, 0),
        (30, 86, 160),
        (120, 60, 140),
        (0, 110, 120),
        (95, 99, 104),
    ],
)
"""Dark on light, as the report is."""


def main() -> None:
    """Write both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        said = run_in_terminal(["selection", "demo"], Path(folder))
        (IMAGES / "demo.svg").write_text(terminal(cut_ending(said), "make demo"), encoding="utf-8")
        verify = ["selection", "audit", "verify", BUNDLE, "--key", KEY, "--html", "report.html"]
        run_in_terminal(verify, Path(folder))
        photograph(Path(folder) / "report.html", IMAGES / "verification.png")


def run_in_terminal(command: list[str], folder: Path) -> str:
    """Return what a command prints to a terminal. Raises CalledProcessError if it fails."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 60, COLUMNS, 0, 0))
    # The program is found by its name, as it would be in the reader's shell, and speaks English.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LC_ALL": "en_US.UTF-8", "TERM": "xterm-256color"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        said = b""
        while part := _read(ours):
            said += part
    os.close(ours)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command, said)
    return said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # Linux's way to say that nobody writes to it any more.
        return b""


def cut_ending(said: str) -> Text:
    """Return the end of the demo from the approval on, with the first places of the list."""
    lines = Text.from_ansi(said.replace("\r\n", "\n")).split("\n")
    first = max(at for at, line in enumerate(lines) if line.plain.startswith("Integrity check"))
    rows = [at for at, line in enumerate(lines) if re.match(r" +\d+ +\d{4} ", line.plain)]
    end = next(at for at in range(rows[-1], len(lines)) if not lines[at].plain.strip())
    return Text("\n").join([*lines[first : rows[PLACES]], Text("  ⋮"), *lines[end:]])


def terminal(text: Text, title: str) -> str:
    """Return a terminal's picture as SVG."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), highlight=False)
    console.print(text)
    svg = console.export_svg(title=title, theme=THEME, unique_id="terminal")
    # Nothing is loaded from elsewhere: the reader's own fixed-width font does. And a light window needs an edge.
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas")
    return svg.replace('stroke="rgba(255,255,255,0.35)"', 'stroke="#c8c8c4"')


def photograph(page: Path, picture: Path) -> None:
    """Write a picture of a page's top. Raises FileNotFoundError where no browser is."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise FileNotFoundError(f"None of {', '.join(BROWSERS)} is installed")
    width, height = PAGE
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    options += [f"--window-size={width},{height}", f"--screenshot={picture.absolute()}"]
    subprocess.run([browser, *options, page.absolute().as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main()

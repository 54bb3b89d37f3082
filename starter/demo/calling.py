"""How the running command is called again: what the demo proposes can be copied as it stands."""

import os
import shlex
import shutil
import sys
from pathlib import Path

NAME = "selection"


def command_line(*words: object) -> str:
    """Return a line for the shell that runs this program again with the words, from the present folder."""
    return f"{shlex.join(program())} {shlex.join(map(str, words))}"


def program() -> tuple[str, ...]:
    """Return the words that start this program: its name where the shell finds it, else the shorter path to it."""
    script = Path(sys.argv[0])
    if script.name != NAME:
        return sys.executable, "-m", "starter.cli.main"
    found = shutil.which(NAME)
    if found and Path(found).samefile(script):
        return (NAME,)
    relative = os.path.relpath(script)
    # A name without a folder would be looked for on the path.
    return (min(f"./{NAME}" if relative == NAME else relative, str(script.absolute()), key=len),)

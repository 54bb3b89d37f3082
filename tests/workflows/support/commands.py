"""Commands of the command line in this process, on a test's installation."""

import asyncio
import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from runtime.logins import Login
from starter.cli.main import run
from tests.workflows.support.installation import Installation


class Commands:
    """Runs commands with --json and returns exit code, document and the last words."""

    def __init__(self, place: Installation, patch: pytest.MonkeyPatch, folder: Path) -> None:
        for name, value in {**place.ends.environment(*Login), "SELECTION_DATA": str(folder)}.items():
            patch.setenv(name, value)

    async def __call__(self, *words: str) -> tuple[int, Any, str]:
        return await asyncio.to_thread(self._run, *words)

    def _run(self, *words: str) -> tuple[int, Any, str]:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["--json", *words])
        return code, json.loads(out.getvalue()) if out.getvalue() else None, err.getvalue()

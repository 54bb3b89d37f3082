"""The papers that go out when a list is issued: notice, list, a letter to each applicant, a certificate per centre."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from papers.fonts import Fonts
from papers.kinds import Languages
from papers.render import render
from papers.values import Paper
from runtime.private_files import make_private_folder, write_private
from selection.kernel.stages import Outcome, Stage
from starter.papers.letters import make_certificate, make_letter
from starter.papers.lists import NOTICE, make_list, make_notice
from starter.papers.material import Material, find_last
from starter.papers.recording import PrintedPaper


async def make_outgoing(material: Material) -> AsyncIterator[tuple[str, Paper]]:
    """Yield these papers with the name of each one's file, without ending. Raises Hidden, or PaperNotYet."""
    rows = await material.list_rows()
    yield "list", await make_list(material)
    if find_last(await material.list_round(), NOTICE):  # A scheme may do without.
        yield "notice", await make_notice(material)
    for row in rows:
        if row.stage == Stage.ENDED.value and row.outcome != Outcome.NEVER_SUBMITTED.value:
            yield f"letter-{row.number}", await make_letter(material, row.number)
            if row.outcome == Outcome.LISTED.value:
                yield f"certificate-{row.number}", await make_certificate(material, row.number)


async def write_outgoing(
    material: Material, folder: Path, language: Languages, fonts: Fonts
) -> tuple[list[Path], list[PrintedPaper]]:
    """Write these papers into a folder, for its owner alone. Return the files and what is in them. Raises OSError."""
    await asyncio.to_thread(make_private_folder, folder)
    files: list[Path] = []
    printed: list[PrintedPaper] = []
    setting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    setting.set_result(None)

    def write(path: Path, paper: Paper) -> None:
        body = render(paper, language, fonts)
        write_private(path, body)
        printed.append(PrintedPaper.of(paper, language, body))

    try:
        # One paper is set while the next one is read.
        async for name, paper in make_outgoing(material):
            files.append(folder / f"{name}.pdf")
            await setting
            setting = asyncio.ensure_future(asyncio.to_thread(write, files[-1], paper))
    finally:
        await setting
    return files, printed

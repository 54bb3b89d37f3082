"""What every command of `selection paper` does: open the material, set the paper, write it, record its hash."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from selection.register.state import INSTALLATION
from starter.cli.files_out import write_bytes
from starter.cli.session import Session, application, run_acting, run_reading, show_receipt

if TYPE_CHECKING:
    # What sets papers takes a quarter of a second to load, which help does without.
    from papers.kinds import Languages
    from papers.values import Paper
    from starter.papers.material import Material
    from starter.papers.recording import PrintedPaper

Make = Callable[["Material"], Awaitable["Paper"]]


def number_in(text: str) -> str:
    """Return the number of an application that is named with its round."""
    return application(text).rsplit("/", 1)[-1]


def _round_of(text: str) -> str:
    return application(text).split("/")[1] if "/" in text else text


async def open_material(session: Session, round_id: str) -> "Material":
    """Return a round's material as the session's person sees it. Raises Hidden."""
    from starter.papers.material import Material
    from starter.papers.settings import read_letterhead

    who, head = await session.subject(), read_letterhead(session.settings)
    return await Material.open(session.reads, who, round_id, head)


def print_paper(
    ctx: typer.Context, target: str, make: Make, output: Path | None, both: bool, record: bool = False
) -> None:
    """Print one paper of an application or a round into a file; put its hash into the record where it leaves."""

    async def work(session: Session) -> None:
        from papers.render import render
        from starter.papers.recording import PrintedPaper
        from starter.papers.settings import find_fonts

        fonts = find_fonts(session.settings)
        material = await open_material(session, _round_of(target))
        paper = await make(material)
        path = output or Path(f"{_file_name(paper)}.pdf")
        language = choose_language(session, material, both=both)
        body = render(paper, language, fonts)
        write_bytes(path, body)
        tell_missing(session, paper)
        session.out.fields("paper", {"file": str(path), "stream": paper.cited.stream, "seq": paper.cited.seq})
        if record:
            await record_printed(session, paper.round, [PrintedPaper.of(paper, language, body)])

    (run_acting if record else run_reading)(ctx, work)


async def record_printed(session: Session, round_id: str, printed: "list[PrintedPaper]") -> None:
    """Put the hashes of what was printed into the record. Raises what an act raises."""
    from starter.papers.recording import store_sent

    command, actor = await store_sent(session.client, round_id, printed, officer=session.person)
    name = session.options.command_id
    receipt = await session.client.act(INSTALLATION, command, actor=actor, command_id=name)
    show_receipt(session.out, receipt)


def choose_language(session: Session, material: "Material", *, both: bool) -> "Languages":
    """Return the round's languages, or the one asked for by --lang where the round speaks it."""
    every = both or not session.options.lang_named
    return material.names.words.choose_for_paper(session.options.lang, every=every)


def _file_name(paper: "Paper") -> str:
    centre = getattr(paper, "centre", None)
    return f"{paper.KIND.value}-{centre.number if centre else paper.round}"


def tell_missing(session: Session, paper: "Paper") -> None:
    """Say which characters of a paper no font has."""
    from papers.render import find_missing
    from starter.papers.settings import find_fonts

    codes = " ".join(find_missing(paper, find_fonts(session.settings)))
    if codes:
        session.out.say(
            f"No font has these characters, so the paper shows their codes: {codes}. Put a font that has them into "
            "the folder that SELECTION_PAPER_FONTS names.",
            f"字体缺少以下字符，文件中以编码标示：{codes}。"
            "请将含有这些字符的字体放入 SELECTION_PAPER_FONTS 所指文件夹。",
        )
        session.out.document["missing"] = codes

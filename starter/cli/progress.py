"""Progress of long work, shown to a person at a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TaskID

from starter.cli.options import Options


@contextmanager
def progress_bars(options: Options) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows how much of a part is done, a bar for each; it is silent for programs."""
    console = Console(stderr=True)
    if options.json or not console.is_terminal:
        yield lambda part, done, total: None
        return
    with Progress(console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(part: str, done: int, total: int) -> None:
            if part not in tasks:
                tasks[part] = bars.add_task(part, total=total)
            bars.update(tasks[part], completed=done, total=total)

        yield tell

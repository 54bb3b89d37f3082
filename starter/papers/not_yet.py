"""A paper that cannot be made yet."""

from starter.cli.failures import CommandFailed


class PaperNotYet(CommandFailed):
    """What the paper shows has not happened yet; `paper-not-yet` by its code."""

    def __init__(self) -> None:
        super().__init__("paper-not-yet")

"""What a decision asks and is told of what an application comes near to: held directions, and other forms."""

from selection.kernel.model import Frozen, Ref
from selection.kernel.named import Named


class LikenessAsked(Frozen):
    """The application, its names and the texts that hold its answers, and what they are compared with.

    Compared are the directions that are held, and the forms of other bids in which one of these units takes part or
    that the same person handed in.
    """

    number: str
    names: tuple[str, ...] = ()
    contents: tuple[Ref, ...]
    units: tuple[str, ...]
    agent: str
    held: tuple[Named, ...] = ()


class Likeness(Frozen):
    """The answer: the codes of the directions that it comes near to, the numbers of the bids with the same form."""

    directions: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()

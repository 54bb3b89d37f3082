"""Pictures of figures, drawn on the server: SVG whose widths are shares of the page and whose heights are ems.

So text in them is as large as the page's and grows with it, on a phone as on a screen. Colours are the style sheet's.
Each names itself for those who do not see it; a table beside it says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

ROW = 3.1
LINE = 1.2
AXIS = 3.1
THIN = 0.9


@dataclass(frozen=True)
class Bar:
    """A bar of a funnel: what it counts, and how many."""

    label: str
    count: int


@dataclass(frozen=True)
class Load:
    """What waits: what it is called, its counts in words, how many wait, and how many of these are overdue."""

    label: str
    counts: str
    open: int
    overdue: int


@dataclass(frozen=True)
class Point:
    """A point on a time line: what stands below it, and whether it has passed."""

    label: str
    passed: bool


def draw_funnel(bars: Sequence[Bar], title: str, description: str) -> Markup:
    """Return bars below each other, each in the middle and as wide as its share of the first."""
    most = max((bar.count for bar in bars), default=0) or 1
    root = _open("funnel", len(bars) * ROW, title, description)
    for row, bar in enumerate(bars):
        width = 100 * bar.count / most
        _text(root, 50, row * ROW + 1, bar.label)
        place = {"y": f"{row * ROW + 1.35:g}em", "height": "1.2em"}
        SubElement(root, "rect", {"class": "rest", "x": "0%", "width": "100%", **place})
        SubElement(
            root, "rect", {"class": "bar", "x": f"{50 - width / 2:g}%", "width": f"{width:g}%", **place}
        )
    return _close(root)


def draw_loads(loads: Sequence[Load], title: str, description: str) -> Markup:
    """Return a bar for each kind of what waits, as wide as its share of the most; what is overdue is its beginning."""
    most = max((load.open for load in loads), default=0) or 1
    root = _open("loads", len(loads) * (ROW + LINE), title, description)
    for row, load in enumerate(loads):
        # A text of a picture does not wrap, and a phone is as wide as one of the two.
        top = row * (ROW + LINE)
        _text(root, 0, top + 1, load.label, anchor="start")
        _text(root, 0, top + 1 + LINE, load.counts, anchor="start")
        place = {"x": "0%", "y": f"{top + 1.35 + LINE:g}em", "height": "1.2em"}
        for look, count in (("bar", load.open), ("bar over", load.overdue)):
            SubElement(root, "rect", {"class": look, "width": f"{100 * count / most:g}%", **place})
    return _close(root)


def draw_time_line(points: Sequence[Point], now: float, here: str, title: str, description: str) -> Markup:
    """Return points at equal distances, those that passed filled, and where between them today is.

    `now` is 0 before the first, 1 at it, 1.5 half way to the second.
    """
    root = _open("time-line", AXIS + 1.6, title, description)
    last = len(points) or 1
    at = min(99.0, max(1.0, 100 * (now - 0.5) / last)) if now >= 1 else 1.0
    line = {"class": "axis", "y1": f"{AXIS:g}em", "y2": f"{AXIS:g}em"}
    SubElement(root, "line", {"x1": "0%", "x2": "100%", **line})
    SubElement(root, "line", {"x1": "0%", "x2": f"{at:g}%", **line, "class": "axis gone"})
    for place, point in enumerate(points):
        x = 100 * (place + 0.5) / last
        shape = {
            "class": "gone" if point.passed else "coming",
            "cx": f"{x:g}%",
            "cy": f"{AXIS:g}em",
            "r": "0.5em",
        }
        SubElement(root, "circle", shape)
        _text(root, x, AXIS + 1.6, point.label)
    SubElement(
        root, "line", {"class": "now", "x1": f"{at:g}%", "x2": f"{at:g}%", "y1": "1.3em", "y2": f"{AXIS:g}em"}
    )
    _text(root, at, 1, here, anchor="start" if at < 20 else "end" if at > 80 else "middle", bold=True)
    return _close(root)


def draw_share(count: int, of: int) -> Markup:
    """Return a thin bar filled as far as a share goes; the figures stand beside it, so that it says nothing itself."""
    root = Element(
        "svg", {"class": "picture share", "width": "100%", "height": f"{THIN:g}em", "aria-hidden": "true"}
    )
    place = {"x": "0%", "y": "0.2em", "height": "0.5em"}
    width = min(100.0, 100 * count / of) if of else 0
    SubElement(root, "rect", {"class": "rest", "width": "100%", **place})
    SubElement(root, "rect", {"class": "bar over" if count > of else "bar", "width": f"{width:g}%", **place})
    return _close(root)


def _open(name: str, height: float, title: str, description: str) -> Element:
    named = {"role": "img", "aria-labelledby": f"{name}-title {name}-told"}
    root = Element("svg", {"class": f"picture {name}", "width": "100%", "height": f"{height:g}em", **named})
    SubElement(root, "title", {"id": f"{name}-title"}).text = title
    SubElement(root, "desc", {"id": f"{name}-told"}).text = description
    return root


def _text(
    root: Element, x: float, y: float, said: str, *, anchor: str = "middle", bold: bool = False
) -> None:
    look = {"class": "strong"} if bold else {}
    SubElement(root, "text", {"x": f"{x:g}%", "y": f"{y:g}em", "text-anchor": anchor, **look}).text = said


def _close(root: Element) -> Markup:
    # Every text went through the tree, which escapes it.
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704

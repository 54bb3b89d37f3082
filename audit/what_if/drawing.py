"""SVG as a tree of elements, so that every text is escaped; fonts are the reader's, so that Chinese is drawn."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from selection.kernel.hidden_characters import mark_hidden

FONTS = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", Arial, sans-serif'
INK, SOFT, LINE, GAIN, LOSS = "#1c1c1c", "#5b5b5b", "#d5d5d5", "#14642f", "#a3151a"
WIDTH = 760
EDGE = 10
SMALL = 11
MARK = "模拟 SIMULATION"
Number = int | float


class Drawing:
    """A drawing of a height; coordinates are in pixels from the upper left corner."""

    def __init__(self, height: Number, title: str) -> None:
        self.height = height
        self.root = Element(
            "svg",
            {"viewBox": f"-{EDGE} 0 {WIDTH + 2 * EDGE} {height:g}", "role": "img", "font-family": FONTS},
        )
        SubElement(self.root, "title").text = mark_hidden(title)
        self._watermark()

    def line(
        self, points: Sequence[tuple[Number, Number]], colour: str, width: Number = 1, dashes: str = ""
    ) -> None:
        """Draw a line through points."""
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        pen = {"fill": "none", "stroke": colour, "stroke-width": f"{width:g}", "stroke-linecap": "round"}
        SubElement(
            self.root, "polyline", {"points": path, **pen, **({"stroke-dasharray": dashes} if dashes else {})}
        )

    def dot(self, x: Number, y: Number, colour: str, radius: Number = 3) -> None:
        """Draw a dot."""
        SubElement(self.root, "circle", {"cx": f"{x:g}", "cy": f"{y:g}", "r": f"{radius:g}", "fill": colour})

    def text(
        self,
        x: Number,
        y: Number,
        said: str,
        *,
        colour: str = INK,
        size: int = SMALL,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Write a text whose middle is at the height `y`."""
        style = {
            "fill": colour,
            "font-size": str(size),
            "text-anchor": anchor,
            "dominant-baseline": "central",
        }
        weight = {"font-weight": "bold"} if bold else {}
        SubElement(self.root, "text", {"x": f"{x:g}", "y": f"{y:g}", **style, **weight}).text = mark_hidden(
            said
        )

    def inline(self) -> str:
        """Return the drawing to stand in a page."""
        return tostring(self.root, encoding="unicode")

    def _watermark(self) -> None:
        middle = f"{WIDTH / 2:g} {self.height / 2:g}"
        place = {"x": f"{WIDTH / 2:g}", "y": f"{self.height / 2:g}", "transform": f"rotate(-24 {middle})"}
        look = {"fill": LOSS, "fill-opacity": "0.07", "font-size": "76", "font-weight": "bold"}
        SubElement(self.root, "text", {**place, **look, "text-anchor": "middle"}).text = MARK


def stack_drawings(drawings: list[Drawing]) -> str:
    """Return drawings below each other as a file of their own, on white."""
    height = sum(item.height for item in drawings)
    width = WIDTH + 2 * EDGE
    view = {"viewBox": f"0 0 {width} {height:g}", "width": str(width), "height": f"{height:g}"}
    whole = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **view})
    SubElement(whole, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    top: Number = 0
    for item in drawings:
        item.root.set("y", f"{top:g}")
        item.root.set("width", str(width))
        item.root.set("height", f"{item.height:g}")
        whole.append(item.root)
        top += item.height
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(whole, encoding="unicode")}\n'

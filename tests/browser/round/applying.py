"""An application filled in through its pages: section by section, with its files, up to where it is signed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.forms.attaching import find_file_field
from portal.forms.refilling import refill
from selection.forms.form import Form
from selection.forms.raw_answers import read_raw
from tests.browser.round.pages import CHECK, SAVE
from tests.browser.support.hands import Hands, Unfit


@dataclass
class Applying:
    """Fills the form of a round in; `folder` is where files lie that are sent."""

    hands: Hands
    form: Form
    folder: Path

    async def fill_in(self, base: str, raw: dict[str, Any]) -> None:
        """Type all that was typed into a file, and send what it holds of files."""
        answers = read_raw(self.form, raw, lambda _, written: {"id": _text_of(written)})
        assert isinstance(answers, dict)
        typed = refill(self.form, answers)
        files = {name: values[0] for name, values in typed.items() if find_file_field(self.form, name)}
        for part in self.form.sections:
            codes = {field.code for field in part.fields}
            mine = {name: values for name, values in typed.items() if name.split(".")[1] in codes}
            if not mine:
                continue
            await self.hands.open(f"{base}/{part.code}")
            await self._type({name: values for name, values in mine.items() if name not in files})
            for name in sorted(mine.keys() & files.keys()):
                await self.send(f"{base}/{part.code}/{name}", files[name])

    async def send(self, path: str, text: str) -> None:
        """Send a text file."""
        file = self.folder / f"{path.rpartition('/')[2]}.txt"
        file.write_text(text, encoding="utf-8")
        await self.hands.upload(path, file)

    async def check(self, base: str) -> None:
        """Have all of it checked, which leads to where it is signed."""
        await self.hands.open(base)
        await self.hands.press(CHECK)

    def find_place(self, entry: str) -> str:
        """Return section and field of what the engine knows by a name, as addresses have it."""
        code = self.form.by_entry[entry].code
        part = next(part for part in self.form.sections if code in {field.code for field in part.fields})
        return f"{part.code}/a.{code}"

    async def _type(self, typed: dict[str, tuple[str, ...]]) -> None:
        """Type into the section that is open; a table that has too few rows gets more, with what was typed so far."""
        missing = await self.hands.fill(typed)
        while missing:
            table = ".".join(missing[0].split(".")[:2])
            await self.hands.press(f"button[value='rows:{table}']")
            left = await self.hands.fill(typed)
            if left == missing:
                raise Unfit(f"{self.hands.page.url} has no field {left}")
            missing = left
        await self.hands.press(SAVE)


def _text_of(written: Any) -> str:
    return str(written["text"] if isinstance(written, dict) else written)

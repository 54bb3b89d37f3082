"""A refusal: a stable code, and what its sentence is filled with.

The sentences stand in the rooms, as REFUSALS of their sentences.py, and in any_stage.py; selection/wording/refusals.py
puts them together. They are filled with codes, counts and instants only, never with anything that identifies a person.
"""


class Refused(Exception):
    """An act that the rules do not allow. Nothing was changed but the count of refusals."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return " ".join((self.code, *(f"{name}={value}" for name, value in self.params.items())))

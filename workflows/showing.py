"""What an operator sees of a workflow in Temporal's own UI and CLI: current details and search attributes."""

from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeUpdate

from runtime import search_attributes


class Shown:
    """Keeps details and search attributes in step with the state; ids and codes only."""

    state: Any

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}

    def details(self) -> str:
        """Return what an operator reads in the UI."""
        return f"version {self.state.version}, refusals {self.state.refusals}"

    def attributes(self) -> dict[str, str]:
        """Return the values to search by; those that changed are upserted."""
        return {}

    def show(self) -> None:
        """Show the present state; an upsert costs an event, so only what changed goes out."""
        workflow.set_current_details(self.details())
        wanted = {name: value for name, value in self.attributes().items() if value}
        changed = {name: value for name, value in wanted.items() if self._shown.get(name) != value}
        if changed:
            self._shown.update(changed)
            workflow.upsert_search_attributes([_upsert(name, value) for name, value in changed.items()])


def _upsert(name: str, value: str) -> SearchAttributeUpdate[str]:
    key = next(key for key in search_attributes.ALL if key.name == name)
    return key.value_set(value)

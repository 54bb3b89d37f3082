"""What an operator sees of a workflow in Temporal's own UI and CLI: current details and search attributes."""

from temporalio import workflow
from temporalio.common import SearchAttributeUpdate

from activities.messages import Counted
from runtime.temporal import search_attributes
from selection.projections.standing import Standing


class Display:
    """Keeps details and search attributes in step with the standing; ids and codes only."""

    standing: Standing
    counted: Counted

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}

    def list_notes(self) -> list[str]:
        """Return what else operators are told, in lines."""
        return []

    def show(self) -> None:
        """Show the present standing; an upsert costs an event and the server's time, so only changes go out."""
        lines = [f"version {self.standing.version}", self.standing.details]
        lines += self.list_notes()
        if self.counted.dropped or self.counted.garbage:
            lines.append(f"dropped {self.counted.dropped}, garbage {self.counted.garbage}")
        workflow.set_current_details("\n\n".join(filter(None, lines)))
        wanted = {name: value for name, value in self.standing.attributes.items() if value}
        changed = {name: value for name, value in wanted.items() if self._shown.get(name) != value}
        if changed:
            self._shown.update(changed)
            workflow.upsert_search_attributes([_upsert(name, value) for name, value in changed.items()])


def _upsert(name: str, value: str) -> SearchAttributeUpdate[str]:
    key = next(key for key in search_attributes.ALL if key.name == name)
    return key.value_set(value)

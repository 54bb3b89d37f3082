"""What acts are called that are done in pages, by the kind of the command: from the labels of their rooms."""

from selection.rooms import LABELS

WORDS: dict[str, tuple[str, str]] = {kind: names for kind, names in LABELS.items() if "." not in kind}

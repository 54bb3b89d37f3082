"""Writes docs/api/openapi.json from the operations: `python -m tools.api_doc > docs/api/openapi.json`."""

import json
import sys

from portal.api.routes import describe_all


def document() -> str:
    """Return the description of the API as JSON text, ending with a newline."""
    return json.dumps(describe_all(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())

"""`python -m worker`: one stateless worker process; start as many as the load needs."""

import asyncio
import sys

from runtime.importing import without_collecting

with without_collecting():
    from ledger.errors import LedgerError
    from runtime.errors import StackError
    from runtime.logging import configure_logging
    from runtime.settings import Settings
    from worker.run import run_worker


def main() -> int:
    """Run until SIGTERM or Ctrl-C; return 0, or 1 with one sentence if something it needs is missing."""
    try:
        settings = Settings.from_environment()
        configure_logging(json=settings.log_json, level=settings.log_level)
        asyncio.run(run_worker(settings))
    except (StackError, LedgerError) as exc:
        print(f"{exc.code}: {exc}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m portal [PORT]`: the pages, served to this machine until SIGTERM or Ctrl-C."""

import sys

from runtime.importing import without_collecting

with without_collecting():
    from ledger.errors import LedgerError
    from portal.serving import serve
    from runtime.errors import StackError
    from runtime.logging import configure_logging
    from runtime.settings import Settings


def main() -> int:
    """Serve; return 0, or 1 with one sentence if the settings or the port are wrong."""
    try:
        settings = Settings.from_environment()
        configure_logging(json=settings.log_json, level=settings.log_level)
        if sys.argv[1:]:
            settings = settings.model_copy(update={"portal_port": int(sys.argv[1])})
        serve(settings)
    except (StackError, LedgerError) as exc:
        print(f"{exc.code}: {exc}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

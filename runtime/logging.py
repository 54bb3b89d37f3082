import logging
import sys
import threading
from collections.abc import Sequence
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from runtime.error_places import describe_error

QUIET = ("asyncio", "mail.log", "psycopg.pool", "temporalio.worker")
"""Loggers of libraries that are heard from WARNING on only."""


def configure_logging(*, json: bool, level: str = "INFO") -> None:
    """Send structlog and the standard library's logs to standard error, as JSON lines or for a console.

    Context bound with structlog.contextvars and the ids that Temporal's workflow and activity loggers carry
    are part of every line. Personal data never goes into a log: callers log ids, of an error kind and places are
    told, and of what libraries say the first line, since they put errors and code into those that follow.
    """
    shared: Sequence[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(["temporal_workflow", "temporal_activity"]),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_make_formatter(shared, json=json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    _log_what_nobody_caught()


def _log_what_nobody_caught() -> None:
    # A line that cannot be written would be shown with the code that wrote it.
    logging.raiseExceptions = False
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda found: _log_uncaught(found.exc_type, found.exc_value, found.exc_traceback)


def _make_formatter(shared: Sequence[Processor], *, json: bool) -> logging.Formatter:
    """Return what makes lines of the events of structlog and of the standard library's loggers."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _keep_first_line],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _describe_error,
            _choose_renderer(json=json),
        ],
    )


def _choose_renderer(*, json: bool) -> Processor:
    if json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _keep_first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    line = str(event["event"]).partition("\n")[0]
    # What steers a terminal shows as its code, as it does wherever people read.
    event["event"] = "".join(one if one.isprintable() else f"[U+{ord(one):04X}]" for one in line)
    return event


def _describe_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put kind and places of an error where its text and code would stand, and leave out a stack that was asked for."""
    event.pop("stack_info", None)
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = describe_error(error)
    return event


def _log_uncaught(
    kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None
) -> None:
    """Log what ends the process or a thread, which Python would print with its text and code."""
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger(__name__).critical("not caught", exc_info=error or kind())

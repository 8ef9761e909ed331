"""Structured logs: a constant sentence, values as fields, and the correlation id from the click to the letter."""

import json
import logging
import sys
import traceback
from contextlib import suppress
from types import TracebackType
from typing import Any, TextIO
from uuid import uuid4

import structlog
from structlog.contextvars import bind_contextvars, get_contextvars, unbind_contextvars

get_logger = structlog.get_logger


def configure_logs(*, as_json: bool = True, level: int = logging.INFO) -> None:
    """Send all logs, also those of libraries, to standard error, one line each."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    )
    written = _Written(structlog.processors.ExceptionRenderer(_without_what_it_says), renderer)
    handler = logging.StreamHandler(sys.stderr)
    lines = _Lines(handler)
    structlog.configure(
        processors=[*shared, written],
        logger_factory=lambda *_names: lines,  # not through `logging`, which doubles what a line costs
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, written],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("celery", "kombu", "amqp", "alembic", "waitress", "werkzeug"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))


class _Written:
    """The last step to a line. What cannot be told is told of: nobody's work depends on what they log."""

    def __init__(self, *steps: structlog.types.Processor) -> None:
        self._steps = steps

    def __call__(self, logger: Any, name: str, event: Any) -> Any:
        said = event.get("event")  # a constant sentence
        try:
            for step in self._steps:
                event = step(logger, name, event)
        except Exception as error:  # noqa: BLE001 - of a value that cannot be shown
            return json.dumps(
                {"event": "A line of the log could not be written.", "of": said, "error": type(error).__name__}
            )
        return event


class _Lines:
    """Writes lines, whole, one after the other with those of libraries. A log that cannot be written (a full disk, a
    closed pipe) stops nobody's work.
    """

    def __init__(self, handler: "logging.StreamHandler[TextIO]") -> None:
        self._handler = handler  # it has the lock, which is made anew after a fork

    def _write(self, line: str) -> None:
        self._handler.acquire()
        try:
            with suppress(Exception):
                self._handler.stream.write(f"{line}\n")
                self._handler.flush()
        finally:
            self._handler.release()

    debug = info = warning = error = critical = exception = _write


def _without_what_it_says(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """A traceback with the kinds of errors but not their words: a database quotes the row that it refuses, and others
    what they were given. The words of the operating system name files and ports, and stay.
    """
    error: BaseException | None = exc_info[1]
    told: list[str] = []
    while error is not None:
        words = f": {error}" if isinstance(error, OSError) else ""
        kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
        told.insert(0, "".join(traceback.format_tb(error.__traceback__)) + kind + words)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhich led to\n".join(told)


def new_correlation() -> str:
    """A fresh correlation id."""
    return uuid4().hex


def correlation() -> str:
    """The correlation id of what is going on, or a fresh one."""
    return get_contextvars().get("correlation") or new_correlation()


def set_correlation(value: str | None) -> None:
    """From here on, in this context, logs and messages carry this id (None: no longer)."""
    if value is None:
        unbind_contextvars("correlation")
    else:
        bind_contextvars(correlation=value)

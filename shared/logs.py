"""Structured logs: a constant sentence, values as fields, and the correlation id from the click to the letter."""

import logging
import sys
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
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("celery", "kombu", "amqp", "alembic", "waitress", "werkzeug"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))


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

"""What providers spoken to by HTTP have in common: when a letter was certainly not taken, and plain answers."""

import json
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError

from services.notifications.domain.sending import NotNow, Unknown

_NOT_TAKEN = (ConnectTimeoutError, NewConnectionError, NameResolutionError)
LATER = frozenset({401, 402, 403, 404, 405, 408, 425, 429, 503})
"""Statuses that can pass: our key, our credit, our settings, or their load."""


def make_pool(headers: dict[str, str], *, connect: float = 3.0, read: float = 10.0) -> urllib3.PoolManager:
    """Kept connections, with a time-out (seconds) for each step; nothing is asked twice by itself."""
    timeout = urllib3.Timeout(connect=connect, read=read)
    return urllib3.PoolManager(timeout=timeout, retries=False, headers=headers)


def trouble(error: HTTPError) -> NotNow | Unknown:
    """What a request came to that got no answer."""
    if isinstance(error, _NOT_TAKEN):
        return NotNow(f"no connection: {type(error).__name__}")
    return Unknown(type(error).__name__)


def read_object(data: bytes) -> dict[str, Any]:
    """The JSON object in an answer; an empty one, if there is none."""
    try:
        answer = json.loads(data)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}

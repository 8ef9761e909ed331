"""One address for three services, as a proxy gives it in production."""

import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class OneHost:
    """Chooses the service by the first part of the path, which stays in the path."""

    def __init__(self, root: Wsgi, by_first_part: Mapping[str, Wsgi]) -> None:
        self._root = root
        self._by_first_part = by_first_part

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        first = environ.get("PATH_INFO", "").lstrip("/").split("/")[0]
        return self._by_first_part.get(first, self._root)(environ, start_response)


def serve(site: Wsgi, listener: socket.socket, stop: threading.Event) -> None:
    """Answer requests until told to stop; those at hand are finished."""
    sockets: dict[int, Any] = {}
    server = create_server(site, map=sockets, sockets=[listener], threads=8, ident=None)
    while not stop.is_set():
        wasyncore.loop(timeout=0.5, use_poll=True, map=sockets, count=1)
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=3)
    wasyncore.close_all(sockets)

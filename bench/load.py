"""The load: residents on kept HTTP connections. One thread, one `select`, requests that lie ready: it must cost little,
because it runs on the same machine as what it measures. `offer` runs it in a process of its own.
"""

import json
import selectors
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from uuid import uuid4

PATIENCE = 120.0  # seconds without any answer after which the load gives up


@dataclass(frozen=True)
class Answer:
    """The answer to one request: its number, its status, and the two times (monotonic seconds)."""

    number: int
    status: int
    sent_at: float
    answered_at: float


@dataclass(frozen=True)
class Loaded:
    """All answers, and the CPU seconds that the load itself took."""

    answers: Sequence[Answer]
    cpu: float

    @property
    def begun(self) -> float:
        """When the first request was sent."""
        return min(one.sent_at for one in self.answers)

    @property
    def seconds(self) -> float:
        """From the first request to the last answer."""
        return max(one.answered_at for one in self.answers) - self.begun

    def count(self, status: int) -> int:
        """How many answers had this status."""
        return sum(one.status == status for one in self.answers)


def offer(port: int, requests: Sequence[bytes], *, clients: int, due: Sequence[float] | None = None) -> Loaded:
    """Send all requests from a process of its own, by so many clients at once.

    `due` says when to send each, in seconds from the beginning; without it each client sends its next request as soon
    as it has an answer. Raises RuntimeError when no answer comes any more.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_send_all, port, requests, clients, due).result()


def bookings(sittings: Sequence[str], count: int, *, name: str = "guest") -> list[bytes]:
    """Requests that book one place each, at every sitting in turn, for `guest0@example.org`, `guest1@…`."""
    return [_booking(sittings[number % len(sittings)], f"{name}{number}@example.org") for number in range(count)]


def page(path: str) -> bytes:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: fr\r\n\r\n".encode()


def _booking(sitting: str, email: str) -> bytes:
    wish = {"sitting": sitting, "party": {"people": 1}, "name": "Jeanne Exemple", "email": email, "language": "fr"}
    body = json.dumps(wish)
    return (
        "POST /api/v1/bookings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Idempotency-Key: {uuid4().hex}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


@dataclass
class _Client:
    """One connection, and the request that is under way on it."""

    socket: socket.socket
    number: int = -1
    sent_at: float = 0.0
    got: bytearray = field(default_factory=bytearray)

    def whole_answer(self) -> int | None:
        """The status, once the answer is there to its last byte."""
        head, found, body = self.got.partition(b"\r\n\r\n")
        if not found:
            return None
        length = next(line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        return int(head[9:12]) if len(body) >= int(length) else None


class _Load:
    def __init__(self, port: int, requests: Sequence[bytes], clients: int, due: Sequence[float] | None) -> None:
        self._port = port
        self._requests = requests
        self._clients = clients
        self._due = due
        self._idle: list[_Client] = []
        self._open = 0
        self._selector = selectors.DefaultSelector()
        self._answers: list[Answer] = []

    def run(self) -> list[Answer]:
        """Until every request has its answer."""
        begun = time.monotonic()
        following = 0
        while len(self._answers) < len(self._requests):
            while following < len(self._requests) and (self._idle or self._open < self._clients):
                if self._due and time.monotonic() < begun + self._due[following]:
                    break
                self._send(following, time.monotonic())
                following += 1
            self._hear(self._until_next(begun, following))
        return self._answers

    def _until_next(self, begun: float, following: int) -> float:
        """How long to wait for answers before the next request is due."""
        free = self._idle or self._open < self._clients
        if self._due and following < len(self._requests) and free:
            return max(0.0, begun + self._due[following] - time.monotonic())
        return PATIENCE

    def _send(self, number: int, sent_at: float) -> None:
        client = self._idle.pop() if self._idle else self._connect()
        client.number, client.sent_at = number, sent_at
        try:
            client.socket.sendall(self._requests[number])
        except OSError:  # it was closed while it was idle
            self._again(client)

    def _hear(self, within: float) -> None:
        events = self._selector.select(within)
        if not events and within == PATIENCE:
            raise RuntimeError(f"no answer for {PATIENCE:.0f} s")
        for key, _mask in events:
            self._read(key.data)

    def _read(self, client: _Client) -> None:
        try:
            part = client.socket.recv(262_144)
        except OSError:
            part = b""
        if not part:
            self._again(client)
            return
        client.got += part
        status = client.whole_answer()
        if status is not None:
            self._answers.append(Answer(client.number, status, client.sent_at, time.monotonic()))
            closing = b"\r\nconnection: close" in bytes(client.got.partition(b"\r\n\r\n")[0]).lower()
            client.number = -1
            client.got.clear()
            if closing:
                self._close(client)
            else:
                self._idle.append(client)

    def _again(self, client: _Client) -> None:
        """The server closed the connection: what was under way is sent on another; its key makes that harmless."""
        if client.number < 0:
            self._idle.remove(client)
        self._close(client)
        if client.number >= 0:
            self._send(client.number, client.sent_at)

    def _connect(self) -> _Client:
        client = _Client(socket.create_connection(("127.0.0.1", self._port), timeout=10))
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(client.socket, selectors.EVENT_READ, client)
        self._open += 1
        return client

    def _close(self, client: _Client) -> None:
        self._selector.unregister(client.socket)
        client.socket.close()
        self._open -= 1


def _send_all(port: int, requests: Sequence[bytes], clients: int, due: Sequence[float] | None) -> Loaded:
    before = time.process_time()
    answers = _Load(port, requests, clients, due).run()
    return Loaded(answers, time.process_time() - before)

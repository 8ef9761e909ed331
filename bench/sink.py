"""A sink for e-mail or SMS in a process of its own that costs little: as much SMTP, or HTTP, as a sender needs, and a
count.
"""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection

LIMIT = b"\r\n.\r\n"  # the end of a message


@dataclass
class Letters:
    """What a sink has taken so far; times are monotonic seconds."""

    count: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    connections: int = 0  # over which at least one letter came
    last: bytes = field(default=b"", repr=False)  # the latest letter, as it came
    cpu: float = 0.0  # seconds that the sink itself took


@dataclass(frozen=True)
class Sink:
    """A running sink."""

    port: int
    _pipe: Connection

    def letters(self) -> Letters:
        """What it has taken so far."""
        self._pipe.send(None)
        taken: Letters = self._pipe.recv()
        return taken


@contextmanager
def open_sink(*, sms: bool = False) -> Iterator[Sink]:
    """A sink on a free port of the loopback; for `sms` it takes them by HTTP, else e-mail by SMTP."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_live, args=(theirs, sms), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Sink(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()


def _live(pipe: Connection, sms: bool) -> None:
    asyncio.run(_serve(pipe, _Requests if sms else _Conversation))


async def _serve(pipe: Connection, speaks: "type[_Taker]") -> None:
    letters = Letters()
    server = await asyncio.get_running_loop().create_server(lambda: speaks(letters), "127.0.0.1", 0)

    def answer() -> None:
        pipe.recv()
        letters.cpu = time.process_time()
        pipe.send(letters)

    asyncio.get_running_loop().add_reader(pipe.fileno(), answer)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class _Taker(asyncio.Protocol):
    """One connection. It takes everything, also several things at once."""

    greeting = b""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._got = bytearray()
        self._brought_any = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._transport = transport
        if self.greeting:
            transport.write(self.greeting)

    def data_received(self, data: bytes) -> None:
        self._got += data
        replies = bytearray()
        while (reply := self._next()) is not None:
            replies += reply
        self._transport.write(bytes(replies))
        if replies.endswith(b"221 bye\r\n"):
            self._transport.close()

    def _next(self) -> bytes | None:
        """The reply to the next thing that has come whole; None if nothing has."""
        raise NotImplementedError

    def _take(self, content: bytes) -> None:
        letters = self._letters
        letters.count += 1
        letters.last = content
        letters.last_at = time.monotonic()
        letters.first_at = letters.first_at or letters.last_at
        if not self._brought_any:
            self._brought_any = True
            letters.connections += 1


class _Conversation(_Taker):
    """SMTP."""

    greeting = b"220 sink\r\n"
    _in_message = False

    def _next(self) -> bytes | None:
        end, after = (LIMIT, self._message) if self._in_message else (b"\r\n", self._command)
        found = self._got.find(end)
        if found < 0:
            return None
        part = bytes(self._got[:found])
        del self._got[: found + len(end)]
        return after(part)

    def _command(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"EHLO":
            return b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
        if verb == b"DATA":
            self._in_message = True
            return b"354 go on\r\n"
        if verb == b"QUIT":
            return b"221 bye\r\n"
        return b"250 ok\r\n"

    def _message(self, content: bytes) -> bytes:
        self._in_message = False
        self._take(content)
        return b"250 ok\r\n"


class _Requests(_Taker):
    """HTTP: each request brings one SMS, and is told its name."""

    def _next(self) -> bytes | None:
        head = self._got.find(b"\r\n\r\n")
        if head < 0:
            return None
        lines = bytes(self._got[:head]).lower().split(b"\r\n")
        length = next(int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:"))
        end = head + 4 + length
        if len(self._got) < end:
            return None
        body = bytes(self._got[head + 4 : end])
        del self._got[:end]
        self._take(body)
        told = b'{"id": "%d"}' % self._letters.count
        kind = b"Content-Type: application/json\r\n"
        return b"HTTP/1.1 200 OK\r\n" + kind + b"Content-Length: %d\r\n\r\n" % len(told) + told

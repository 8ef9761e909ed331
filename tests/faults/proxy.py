"""A TCP proxy between services and servers: a network that we can make bad, and good again."""

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle

from tests.real.sink import free_port

CHUNK = 65_536  # bytes


class Link:
    """One port that leads to another. Good until told otherwise; every method may be called from any thread.

    In a short hole TCP sends again and the connection lives: `hold` keeps the bytes until `restore`. In a long one both
    sides give the connection up: with `swallow` the bytes vanish, and `restore` resets the connections that lost some,
    for a stream never goes on with a gap in it.
    """

    def __init__(self, to_port: int, loop: asyncio.AbstractEventLoop) -> None:
        self.port = free_port()
        self.joined: Counter[int] = Counter()  # connections ever made, by the port they were led to
        self.held = 0  # bytes that vanished, or were kept back, in the present or the last hole
        self._to_ports = cycle([to_port])
        self._loop = loop
        self._swallows = False
        self._pass = asyncio.Event()
        self._pass.set()
        self._open: set[_Pair] = set()
        self._server: asyncio.Server

    async def listen(self) -> None:
        """Take connections from now on."""
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port, limit=CHUNK)

    async def end(self) -> None:
        """Take no more connections, and reset those that are open."""
        self._server.close()
        self._reset(self._open)

    def lead_to(self, *ports: int) -> None:
        """Lead connections that come from now on to these ports in turn."""
        self._to_ports = cycle(ports)

    def hold(self) -> None:
        """Let nothing through, in either direction; connections stay open."""
        self._do(self._close_pass)

    def swallow(self) -> None:
        """Let everything vanish, in both directions; connections stay open."""
        self._do(self._begin_to_swallow)

    def restore(self) -> None:
        """Be a good network again."""
        self._do(self._be_good)

    def cut(self) -> None:
        """Reset every connection that is open now."""
        self._do(self._reset, self._open)

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._open)

    def _do(self, deed: Callable[..., None], *args: object) -> None:
        done = threading.Event()

        def do() -> None:
            deed(*args)
            done.set()

        self._loop.call_soon_threadsafe(do)
        if not done.wait(10):
            raise RuntimeError("the proxy does not answer")

    def _close_pass(self) -> None:
        self.held = 0
        self._pass.clear()

    def _begin_to_swallow(self) -> None:
        self.held = 0
        self._swallows = True

    def _be_good(self) -> None:
        self._swallows = False
        self._pass.set()
        self._reset([pair for pair in self._open if pair.lost])

    def _reset(self, pairs: "list[_Pair] | set[_Pair]") -> None:
        for pair in list(pairs):
            pair.reset()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._pass.wait()
        to_port = next(self._to_ports)
        self.joined[to_port] += 1
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", to_port, limit=CHUNK)
        except OSError:
            writer.transport.abort()
            return
        pair = _Pair(writer, server_writer)
        self._open.add(pair)
        try:
            await asyncio.gather(
                self._carry(pair, reader, server_writer.write, server_writer.drain),
                self._carry(pair, server_reader, writer.write, writer.drain),
            )
        finally:
            self._open.discard(pair)
            pair.close()

    async def _carry(
        self,
        pair: "_Pair",
        reader: asyncio.StreamReader,
        write: Callable[[bytes], None],
        drain: Callable[[], Awaitable[None]],
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                if not self._pass.is_set():
                    self.held += len(data)
                await self._pass.wait()
                if self._swallows:
                    self.held += len(data)
                    pair.lost = True
                elif not pair.lost:
                    write(data)
                    await drain()
        await self._pass.wait()
        while self._swallows:  # the farewell vanishes too
            await asyncio.sleep(0.05)
        pair.close()


class _Pair:
    """The two sides of one connection."""

    def __init__(self, *writers: asyncio.StreamWriter) -> None:
        self.lost = False
        self._writers = writers
        for writer in writers:
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """Close both sides once what was written has left."""
        for writer in self._writers:
            writer.close()

    def reset(self) -> None:
        """Close both sides at once."""
        for writer in self._writers:
            writer.transport.abort()


@contextmanager
def open_links(*to_ports: int) -> Iterator[tuple[Link, ...]]:
    """Links to these ports, in a thread of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="proxy", daemon=True)
    thread.start()
    links = tuple(Link(port, loop) for port in to_ports)
    try:
        for link in links:
            asyncio.run_coroutine_threadsafe(link.listen(), loop).result(10)
        yield links
    finally:
        for link in links:
            link.restore()
        asyncio.run_coroutine_threadsafe(_end(links), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(links: Sequence[Link]) -> None:
    for link in links:
        await link.end()
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=5)

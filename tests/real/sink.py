"""A mail sink: a real SMTP server that notes what it was given. Its log is the truth about letters."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Mail:
    """One accepted message."""

    to: str
    key: str
    subject: str
    text: str


@dataclass
class Sink:
    """Accepts everything and keeps it in order."""

    mails: list[Mail] = field(default_factory=list)
    port: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Note one message. Called by aiosmtpd."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        body = message.get_body(("plain",))
        mail = Mail(
            to=envelope.rcpt_tos[0],
            key=str(message["Message-ID"]),
            subject=str(message["Subject"]),
            text=body.get_content() if body else "",
        )
        with self._lock:
            self.mails.append(mail)
        return "250 OK"

    def to(self, address: str) -> list[Mail]:
        """What was sent to an address, in order."""
        with self._lock:
            return [mail for mail in self.mails if mail.to == address]


@contextmanager
def open_sink() -> Iterator[Sink]:
    """A sink on a free port of the loopback."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    sink.port = controller.port
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    """A port of the loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""The mailbox of the demo: takes every e-mail by SMTP (port 1025), keeps the last 3000, and shows them (port 8025).

Nothing leaves it. It needs Python alone, and is for trying things out: it knows neither TLS nor passwords. `/` is a
page, `/letters.json` the same for programs.
"""

import asyncio
import html
import json
from collections import deque
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

LARGEST = 2_000_000  # bytes of one e-mail
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Letters caught</title><style>body{{font:1rem/1.5 sans-serif;max-width:50rem;margin:auto;padding:1rem}}
pre{{white-space:pre-wrap;overflow-wrap:anywhere}}</style><h1>{count} letters, the latest first</h1>{letters}</html>"""
ONE = "<article><h2>{subject}</h2><p>To {to}, from {sender}</p><pre>{text}</pre></article><hr>"

Letter = dict[str, str]


def read(data: bytes) -> Letter:
    """What a letter says, as people read it."""
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    return {
        "to": str(message["To"]),
        "sender": str(message["From"]),
        "subject": str(message["Subject"]),
        "text": str(body.get_content()).replace("\r\n", "\n") if body else "",
    }


class Mailbox:
    """Keeps the letters, and answers both kinds of callers."""

    def __init__(self, most: int = 3000) -> None:
        self.letters: deque[Letter] = deque(maxlen=most)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One SMTP conversation."""

        async def say(words: str) -> None:
            writer.write(f"{words}\r\n".encode())
            await writer.drain()

        await say("220 catcher")
        while line := await reader.readline():
            verb = line.decode(errors="replace").strip().upper()[:4]
            if verb == "DATA":
                await say("354 go on")
                data = await self._data(reader)
                if data is None:
                    await say("552 too large")
                    continue
                self.letters.appendleft(read(data))
                await say("250 kept")
            elif verb == "QUIT":
                await say("221 bye")
                break
            elif verb in {"EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP"}:
                await say("250 8BITMIME" if verb == "EHLO" else "250 ok")
            else:
                await say("502 not known here")
        writer.close()

    async def _data(self, reader: asyncio.StreamReader) -> bytes | None:
        lines: list[bytes] = []
        size = 0
        while (line := await reader.readline()) not in {b".\r\n", b".\n", b""}:
            size += len(line)
            if size <= LARGEST:
                lines.append(line.removeprefix(b"."))
        return b"".join(lines) if size <= LARGEST else None

    async def show(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One HTTP request."""
        first = (await reader.readline()).decode(errors="replace").split()
        while await reader.readline() not in {b"\r\n", b"\n", b""}:
            pass
        path = first[1] if len(first) > 1 else "/"
        if path == "/letters.json":
            await self._answer(writer, "application/json", json.dumps(list(self.letters)))
        else:
            shown = "".join(
                ONE.format(**{name: html.escape(value) for name, value in one.items()}) for one in self.letters
            )
            await self._answer(writer, "text/html; charset=utf-8", PAGE.format(count=len(self.letters), letters=shown))

    async def _answer(self, writer: asyncio.StreamWriter, kind: str, text: str) -> None:
        body = text.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()


async def serve(host: str, smtp: int, http: int) -> None:
    """Both ports, until told to stop."""
    box = Mailbox()
    taking = await asyncio.start_server(box.take, host, smtp, limit=LARGEST)
    showing = await asyncio.start_server(box.show, host, http)
    async with taking, showing:
        await asyncio.gather(taking.serve_forever(), showing.serve_forever())


if __name__ == "__main__":
    asyncio.run(serve("0.0.0.0", 1025, 8025))  # noqa: S104 - of its container

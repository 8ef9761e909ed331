"""E-mail over SMTP, on one connection that is kept from letter to letter."""

import smtplib
import ssl
from base64 import encodebytes
from binascii import b2a_qp
from contextlib import suppress
from dataclasses import dataclass, field
from email.header import Header
from email.utils import formataddr, formatdate
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from services.notifications.domain.letter import name_of
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import (
    CALENDAR_FILE,
    Accepted,
    CalendarFile,
    NotNow,
    Outcome,
    Outgoing,
    Refused,
    Unknown,
)
from services.notifications.providers.status import is_our_fault, status_in, told_of_address

WITHIN = 5.0  # seconds for each step of the conversation
_RECIPIENT, _MESSAGE = "the recipient", "the message"
Reply = tuple[int, bytes]
_TROUBLE = (OSError, smtplib.SMTPException)
_CLOSING, _GO_ON, _WELCOME = 421, 354, frozenset({250, 251})
_LONGEST_LINE = 75  # characters of a header, so that no encoded word is longer
_EOL = "\r\n"
_ECHOED, _ECHOING = "X-Mailin-custom", ("brevo.com", "sendinblue.com")  # Brevo's relay has Message-IDs of its own


class Lost(NotNow):
    """The connection went before the letter was handed over."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where to hand in e-mail. `tls` is "starttls", "tls" (from the first byte) or "none"."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"

    @classmethod
    def read(cls, url: str) -> "Server":
        """The server in `smtp://user:password@host:port?tls=…`. Raises ValueError."""
        parts = urlsplit(url)
        tls = parse_qs(parts.query).get("tls", ["tls" if parts.port == 465 else "starttls"])[0]
        if parts.scheme != "smtp" or not parts.hostname or tls not in {"starttls", "tls", "none"}:
            raise ValueError("not the address of an SMTP server")
        port = parts.port or {"tls": 465, "starttls": 587, "none": 25}[tls]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(host=parts.hostname, port=port, user=user, password=password, tls=tls)


class Smtp:
    """Speaks to one SMTP server. Not for two threads at once."""

    name = "smtp"
    repeats_safely = False  # the Message-ID is the same each time, but not every mailbox then shows one letter

    def __init__(self, server: Server, mail_from: str, *, tls: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._from = mail_from
        self._tls = tls or ssl.create_default_context()
        self._kept: smtplib.SMTP | None = None

    def send(self, outgoing: Outgoing) -> Outcome:
        try:
            to = _wire_address(outgoing.to)
        except ValueError:
            return Refused("not an e-mail address", Delivery.DEAD)
        try:
            message = compose(outgoing, self._from, to, echoes=self._server.host.endswith(_ECHOING))
        except ValueError:
            return Refused("it cannot be written as an e-mail")
        if self._kept is not None:
            outcome = self._hand_in(self._kept, to, message)
            if not isinstance(outcome, Lost):
                return outcome
            self.close()  # it went while it was not used, and has certainly taken nothing: once more, on a new one
        try:
            self._kept = self._connect()
        except smtplib.SMTPResponseException as error:
            return NotNow(f"SMTP {error.smtp_code} at the greeting")
        except _TROUBLE as error:
            return NotNow(f"no connection: {type(error).__name__}")
        return self._hand_in(self._kept, to, message)

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        kept, self._kept = self._kept, None
        if kept is not None:
            with suppress(*_TROUBLE):
                kept.quit()
            kept.close()

    def _hand_in(self, smtp: smtplib.SMTP, to: str, message: bytes) -> Outcome:
        outcome = _converse(smtp, self._from, to, message)
        if not isinstance(outcome, Accepted | Refused):
            self.close()
        elif isinstance(outcome, Refused):
            with suppress(*_TROUBLE):  # the server forgets this letter before it is told of another
                smtp.rset()
        return outcome

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=WITHIN, context=self._tls)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=WITHIN)
        try:
            if server.tls == "starttls":
                smtp.starttls(context=self._tls)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _converse(smtp: smtplib.SMTP, mail_from: str, to: str, message: bytes) -> Outcome:
    """One letter on an open connection."""
    try:
        sender, recipient, data = _envelope(smtp, mail_from, to)
    except _TROUBLE as error:
        return Lost(f"connection lost: {type(error).__name__}")
    trouble = _of_envelope(sender, recipient, data)
    if trouble and data[0] != _GO_ON:
        return trouble
    try:
        # A server that lets us begin although it refused somebody is told nothing.
        smtp.send((b"" if trouble else _stuffed(message)) + b".\r\n")
        reply = smtp.getreply()
    except _TROUBLE as error:
        return trouble or Unknown(f"connection lost while handing over: {type(error).__name__}")
    if trouble:
        return trouble
    return Accepted() if reply[0] == 250 else _refusal(reply, _MESSAGE)


def _envelope(smtp: smtplib.SMTP, mail_from: str, to: str) -> list[Reply]:
    """What the server says to the sender, the recipient, and to our wish to begin: asked at once where it allows that
    (RFC 2920), else until it refuses. Raises OSError or SMTPException.
    """
    commands = (f"MAIL FROM:<{mail_from}>\r\n", f"RCPT TO:<{to}>\r\n", "DATA\r\n")
    if smtp.has_extn("pipelining"):
        smtp.send("".join(commands))
        return [smtp.getreply() for _ in commands]
    replies: list[Reply] = [(0, b"")] * len(commands)
    for number, command in enumerate(commands):
        smtp.send(command)
        replies[number] = smtp.getreply()
        if replies[number][0] not in _WELCOME:
            break
    return replies


def _of_envelope(sender: Reply, recipient: Reply, data: Reply) -> Outcome | None:
    """What becomes of the letter before it is handed over; None if it may be."""
    if sender[0] == _CLOSING:
        return Lost("the server closes the connection")
    if sender[0] != 250:  # also for good: it is our settings that are wrong, and they can be put right
        return NotNow(f"SMTP {sender[0]} for the sender")
    if recipient[0] not in _WELCOME:
        return _refusal(recipient, _RECIPIENT)
    return None if data[0] == _GO_ON else _refusal(data, _MESSAGE)


def _stuffed(message: bytes) -> bytes:
    """A message as it travels: a line that begins with a full stop has one more, and the last line ends."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return ended.replace(b"\r\n.", b"\r\n..")


def compose(outgoing: Outgoing, mail_from: str, to: str, *, echoes: bool = False) -> bytes:
    """The e-mail, as text and as HTML, and as an event; the same key gives the same Message-ID, by which a letter that
    comes back is known. `echoes`: the server tells of it by another header. Raises ValueError.

    Put together here, since all its lines are ours: a generator that expects anything costs five times as much.
    """
    if not (outgoing.subject + outgoing.sender_name).replace("\N{NO-BREAK SPACE}", " ").isprintable():
        raise ValueError("a header on more than one line")
    name = name_of(outgoing.key)
    headers = {
        "From": _mailbox(outgoing.sender_name, mail_from),
        "To": to,
        "Subject": _words("Subject", outgoing.subject),
        "Message-ID": f"<{name}@{mail_from.rpartition('@')[2]}>",
        "Date": formatdate(),
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    if outgoing.reply_to:
        headers["Reply-To"] = _wire_address(outgoing.reply_to)
    if echoes:
        headers[_ECHOED] = name
    if outgoing.unsubscribe:
        headers["List-Unsubscribe"] = f"<{outgoing.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    words = _alternatives(outgoing, f"={name}=")
    lines = (
        *(f"{header}: {value}" for header, value in headers.items()),
        *(_with_file(words, outgoing.calendar, f"=_{name}=") if outgoing.calendar else words),
        "",
    )
    return _EOL.join(lines).encode("ascii")


def _alternatives(outgoing: Outgoing, boundary: str) -> tuple[str, ...]:
    """The same letter as text, as HTML and, for programs that keep a calendar, as an event."""
    between, file = f"--{boundary}", outgoing.calendar
    event = (between, *_part(file.text, "calendar", f"; method={file.method}")) if file else ()
    return (
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "",
        between,
        *_part(outgoing.text, "plain"),
        between,
        *_part(outgoing.html, "html"),
        *event,
        f"{between}--",
    )


def _with_file(words: tuple[str, ...], file: CalendarFile, boundary: str) -> tuple[str, ...]:
    """The letter, and the event once more as a file: for programs that know no events, or no calendar."""
    return (
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
        "",
        f"--{boundary}",
        *words,
        f"--{boundary}",
        f'Content-Type: application/ics; name="{CALENDAR_FILE}"',
        f'Content-Disposition: attachment; filename="{CALENDAR_FILE}"',
        "Content-Transfer-Encoding: base64",
        "",
        encodebytes(file.text.encode()).decode("ascii").rstrip().replace("\n", _EOL),
        f"--{boundary}--",
    )


@lru_cache(1024)  # all guests of a meal are written to with the same words, and encoding them is dear
def _words(name: str, text: str) -> str:
    """The text of a header: encoded where it must be, in words and lines as short as RFC 2047 wants them."""
    return _folded(Header(text, None if text.isascii() else "utf-8", maxlinelen=_LONGEST_LINE, header_name=name))


@lru_cache(1024)
def _mailbox(name: str, address: str) -> str:
    if name.isascii():
        return _words("From", formataddr((name, address)))
    header = Header(name, "utf-8", maxlinelen=_LONGEST_LINE, header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return _folded(header)


def _folded(header: Header) -> str:
    return header.encode(linesep=_EOL)


def _part(text: str, subtype: str, more: str = "") -> tuple[str, ...]:
    body = "\n".join(text.splitlines()).encode()
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"{more}',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        b2a_qp(body, istext=True).decode("ascii").replace("\n", _EOL),
    )


def _wire_address(address: str) -> str:
    """An address as SMTP takes it everywhere, its domain in ASCII. Raises ValueError if it is none."""
    user, _, domain = address.rpartition("@")
    if not (user and domain and user.isascii() and address.isprintable() and " " not in address):
        raise ValueError("not an e-mail address")
    return f"{user}@{domain.encode('idna').decode()}"


def _refusal(reply: Reply, of: str) -> Outcome:
    """Of the server's words, which may hold the address, only the codes are kept."""
    code, said = reply[0], reply[1].decode("ascii", "replace")
    reason = " ".join(filter(None, ("SMTP", str(code), status_in(said), "for", of)))
    told = told_of_address(code, said, of_recipient=of == _RECIPIENT)
    if 500 <= code < 600 and (told or not is_our_fault(code, said)):
        return Refused(reason, told)
    return NotNow(reason, told)

"""SMTP, spoken to a real server: what it takes, refuses, or leaves in the air."""

import contextlib
import email
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.letter import Channel
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Accepted, NotNow, Outgoing, Refused, Unknown
from services.notifications.providers import smtp
from services.notifications.providers.smtp import Server, Smtp, compose

LETTER = Outgoing(
    key="camille:confirmed:1",
    channel=Channel.EMAIL,
    to="camille@example.org",
    subject="Votre repas du vendredi 27 novembre est réservé",
    text="Bonjour,\n.\nà bientôt",
    html="<p>à bientôt</p>",
    sender_name="La Tablée de Saône",
    reply_to="saone@example.org",
)


SpeakTo = Callable[..., Smtp]


class Handler:
    """A server that answers as the test says."""

    def __init__(self) -> None:
        self.rcpt = "250 OK"
        self.mail = "250 OK"
        self.data = "250 taken as 17"
        self.received: list[EmailMessage] = []
        self.sessions: set[int] = set()
        self.hang_up = False

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.sessions.add(id(session))
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data.startswith("250"):
            self.received.append(email.message_from_bytes(envelope.content, policy=default))
        if self.hang_up:
            server.transport.abort()
        return self.data


class PipeliningHandler(Handler):
    """One that takes several commands at once."""

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return ["250-PIPELINING", *responses]


@pytest.fixture(params=[Handler, PipeliningHandler], ids=["one by one", "pipelined"])
def handler(request: pytest.FixtureRequest) -> Handler:
    made: Handler = request.param()
    return made


@pytest.fixture
def server(handler: Handler) -> Iterator[Controller]:
    with _serving(handler) as controller:
        yield controller


@pytest.fixture
def speak_to() -> Iterator[SpeakTo]:
    """Makes a provider that speaks to a port; all are closed in the end."""
    with contextlib.ExitStack() as stack:

        def make(port: int, **changes: Any) -> Smtp:
            server = replace(Server(host="127.0.0.1", port=port, tls="none"), **changes)
            provider = Smtp(server, "bonjour@example.org")
            stack.callback(provider.close)
            return provider

        yield make


@contextlib.contextmanager
def _serving(handler: Handler, **options: Any) -> Iterator[Controller]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


def test_a_letter_arrives_as_text_and_html(speak_to: SpeakTo, server: Controller, handler: Handler) -> None:
    outcome = speak_to(server.port).send(LETTER)
    assert outcome == Accepted(), "it goes by our own name, which is in its Message-ID"
    (received,) = handler.received
    assert received["Subject"] == LETTER.subject
    assert str(received["From"]) == "La Tablée de Saône <bonjour@example.org>"
    assert received["Reply-To"] == "saone@example.org"
    assert received["Auto-Submitted"] == "auto-generated"
    text, html = received.get_body(("plain",)), received.get_body(("html",))
    assert text is not None and html is not None
    assert text.get_content().splitlines() == LETTER.text.splitlines()
    assert html.get_content().strip() == LETTER.html


@given(
    subject=st.text(alphabet="aé’ œ€,<", min_size=1, max_size=150).filter(lambda text: text.strip() == text),
    name=st.text(alphabet='aé’ œ"(', min_size=1, max_size=120).filter(lambda text: text.strip() == text),
)
def test_headers_of_any_length_are_as_mail_programs_want_them(subject: str, name: str) -> None:
    wire = compose(replace(LETTER, subject=subject, sender_name=name), "bonjour@example.org", LETTER.to)
    head = wire.partition(b"\r\n\r\n")[0].decode("ascii")
    read = email.message_from_string(head)
    assert str(make_header(decode_header(read["Subject"]))) == subject
    display, address = parseaddr(read["From"].replace("\r\n", ""))
    assert (str(make_header(decode_header(display))), address) == (name, "bonjour@example.org")
    assert all(len(word) <= 75 for word in re.findall(r"=\?utf-8\?[bq]\?[^? ]*\?=", head))
    if not subject.isascii():
        assert "Subject: =?" in head, "the text begins beside its name, not on a line of its own"


def test_the_same_letter_has_the_same_message_id(speak_to: SpeakTo, server: Controller, handler: Handler) -> None:
    provider = speak_to(server.port)
    for key in ("one", "one", "another"):
        provider.send(replace(LETTER, key=key))
    first, again, another = (message["Message-ID"] for message in handler.received)
    assert first == again != another


def test_one_connection_carries_many_letters(speak_to: SpeakTo, server: Controller, handler: Handler) -> None:
    provider = speak_to(server.port)
    for _ in range(3):
        assert isinstance(provider.send(LETTER), Accepted)
    assert len(handler.sessions) == 1


def test_a_connection_that_the_server_closed_is_made_anew(speak_to: SpeakTo, handler: Handler) -> None:
    with _serving(handler) as first:
        provider = speak_to(first.port)
        assert isinstance(provider.send(LETTER), Accepted)
    controller = Controller(handler, hostname="127.0.0.1", port=first.port)
    controller.start()
    try:
        assert isinstance(provider.send(LETTER), Accepted)
    finally:
        controller.stop()


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("rcpt", "550 no such person", Refused("SMTP 550 for the recipient", Delivery.DEAD)),
        ("rcpt", "550 5.1.1 <x@y>: who?", Refused("SMTP 550 5.1.1 for the recipient", Delivery.DEAD)),
        ("rcpt", "553 Mailbox unknown", Refused("SMTP 553 for the recipient", Delivery.DEAD)),
        ("rcpt", "550 your sender is unknown", NotNow("SMTP 550 for the recipient")),
        ("rcpt", "550 we do not like it", Refused("SMTP 550 for the recipient", Delivery.RETURNED)),
        ("rcpt", "554 5.7.1 user unknown to you", Refused("SMTP 554 5.7.1 for the recipient")),
        ("rcpt", "554 5.7.1 <x@y>: Relay access denied", NotNow("SMTP 554 5.7.1 for the recipient")),
        ("rcpt", "550 relay not permitted, domain unknown", NotNow("SMTP 550 for the recipient")),
        ("rcpt", "550 invalid HELO, unknown host", NotNow("SMTP 550 for the recipient")),
        ("rcpt", "530 5.7.0 who are you?", NotNow("SMTP 530 5.7.0 for the recipient")),
        ("rcpt", "530 who are you?", NotNow("SMTP 530 for the recipient")),
        ("rcpt", "550 5.7.60 Client not allowed to send", NotNow("SMTP 550 5.7.60 for the recipient")),
        ("rcpt", "550 5.4.5 Daily quota exceeded", NotNow("SMTP 550 5.4.5 for the recipient")),
        ("rcpt", "550 5.1.8 where is your domain?", NotNow("SMTP 550 5.1.8 for the recipient")),
        ("rcpt", "550 5.1.0 no", Refused("SMTP 550 5.1.0 for the recipient", Delivery.RETURNED)),
        ("rcpt", "450 4.2.1 try later", NotNow("SMTP 450 4.2.1 for the recipient", Delivery.RETURNED)),
        ("rcpt", "451 4.3.0 rejected for now", NotNow("SMTP 451 4.3.0 for the recipient")),
        ("rcpt", "452 4.3.1 Insufficient system storage", NotNow("SMTP 452 4.3.1 for the recipient")),
        ("rcpt", "450 4.7.1 hourly limit", NotNow("SMTP 450 4.7.1 for the recipient")),
        ("rcpt", "450 your client is slowed down", NotNow("SMTP 450 for the recipient")),
        ("rcpt", "451 busy", NotNow("SMTP 451 for the recipient")),
        ("rcpt", "552 5.2.2 box full", Refused("SMTP 552 5.2.2 for the recipient", Delivery.RETURNED)),
        ("rcpt", "450 greylisted", NotNow("SMTP 450 for the recipient", Delivery.RETURNED)),
        ("mail", "550 who are you", NotNow("SMTP 550 for the sender")),
        ("data", "554 looks like unknown spam", Refused("SMTP 554 for the message")),
        ("data", "552 5.2.2 box full", Refused("SMTP 552 5.2.2 for the message", Delivery.RETURNED)),
        ("data", "550 5.4.5 Daily quota exceeded", NotNow("SMTP 550 5.4.5 for the message")),
        ("data", "550 5.1.1 nobody", Refused("SMTP 550 5.1.1 for the message", Delivery.DEAD)),
        ("data", "452 disk full", NotNow("SMTP 452 for the message")),
    ],
)
def test_refusals_are_told_apart(
    speak_to: SpeakTo, server: Controller, handler: Handler, step: str, answer: str, outcome: object
) -> None:
    setattr(handler, step, answer)
    provider = speak_to(server.port)
    assert provider.send(LETTER) == outcome
    setattr(handler, step, "250 OK")
    assert isinstance(provider.send(LETTER), Accepted)


def test_a_connection_lost_while_handing_over_leaves_it_unknown(
    speak_to: SpeakTo, server: Controller, handler: Handler
) -> None:
    handler.hang_up = True
    assert isinstance(speak_to(server.port).send(LETTER), Unknown)
    assert len(handler.received) == 1  # and indeed it had arrived


def test_a_server_that_is_away_has_certainly_not_taken_it(speak_to: SpeakTo) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    outcome = speak_to(port).send(LETTER)
    assert outcome == NotNow("no connection: ConnectionRefusedError")


def test_a_server_that_never_answers_is_given_up(speak_to: SpeakTo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        provider = speak_to(mute.getsockname()[1])
        assert provider.send(LETTER) == NotNow("no connection: SMTPServerDisconnected")


def test_a_server_that_falls_silent_after_the_message_leaves_it_unknown(
    speak_to: SpeakTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "WITHIN", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_fall_silent_after_data, args=(listener,), daemon=True).start()
        provider = speak_to(listener.getsockname()[1])
        assert isinstance(provider.send(LETTER), Unknown)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_user_and_password(speak_to: SpeakTo, handler: Handler) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"tablee", b"secret")
        return AuthResult(success=good, handled=False)

    with _serving(handler, authenticator=check, auth_require_tls=False, auth_required=True) as controller:
        assert isinstance(speak_to(controller.port, user="tablee", password="secret").send(LETTER), Accepted)
        assert speak_to(controller.port, user="tablee", password="wrong").send(LETTER) == NotNow(
            "SMTP 535 at the greeting"
        )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's, with its key, that nobody trusts by himself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    file = tmp_path_factory.mktemp("tls") / "here.pem"
    made = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout {file} -out {file}.crt"
    )
    name = ["-subj", "/CN=here", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made.split(), *name], check=True, capture_output=True, timeout=30)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_letter_travels_by_tls_to_who_is_trusted_and_to_nobody_else(
    handler: Handler, certificate: Path, tls: str
) -> None:
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=certificate)
    secure: dict[str, Any] = {"ssl_context": theirs} if tls == "tls" else {"tls_context": theirs}
    with _serving(handler, **secure, **({"require_starttls": True} if tls == "starttls" else {})) as controller:
        server = Server(host="127.0.0.1", port=controller.port, tls=tls)
        with contextlib.closing(Smtp(server, "bonjour@example.org", tls=trusting)) as provider:
            assert [provider.send(LETTER), provider.send(LETTER)] == [Accepted(), Accepted()]
        with contextlib.closing(Smtp(server, "bonjour@example.org")) as wary:
            assert wary.send(LETTER) == NotNow("no connection: SSLCertVerificationError")
    assert (len(handler.received), len(handler.sessions)) == (2, 1)


def test_a_server_without_the_tls_that_was_asked_for_is_not_spoken_to(
    speak_to: SpeakTo, server: Controller, handler: Handler
) -> None:
    assert speak_to(server.port, tls="starttls").send(LETTER) == NotNow("no connection: SMTPNotSupportedError")
    assert handler.received == []


@pytest.mark.parametrize(
    "address", ["nobody", "a b@example.org", "x@example.org\r\nBcc: all@example.org", "é@example.org", "@example.org"]
)
def test_what_is_no_address_is_refused_before_anybody_is_asked(
    speak_to: SpeakTo, server: Controller, address: str
) -> None:
    assert speak_to(server.port).send(replace(LETTER, to=address)) == Refused("not an e-mail address", Delivery.DEAD)


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, subject="Camille\r\nBcc: all@example.org"),
        replace(LETTER, sender_name="Camille\r\nBcc: all@example.org"),
        replace(LETTER, reply_to="saone@example.org\r\nBcc: all@example.org"),
    ],
)
def test_a_line_break_never_becomes_a_header(
    speak_to: SpeakTo, server: Controller, handler: Handler, letter: Outgoing
) -> None:
    assert isinstance(speak_to(server.port).send(letter), Refused)
    assert handler.received == []


def test_the_address_of_a_server() -> None:
    assert Server.read("smtp://me%40here:p%2Fw@mail.example.org") == Server(
        host="mail.example.org", port=587, user="me@here", password="p/w", tls="starttls"
    )
    assert Server.read("smtp://mail.example.org:465").tls == "tls"
    assert Server.read("smtp://127.0.0.1:1025?tls=none") == Server(host="127.0.0.1", port=1025, tls="none")
    assert "p/w" not in repr(Server.read("smtp://me:p%2Fw@mail.example.org"))
    for wrong in ("http://mail.example.org", "smtp://", "smtp://host?tls=maybe"):
        with pytest.raises(ValueError):
            Server.read(wrong)


def _fall_silent_after_data(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb", buffering=0) as stream:
        stream.write(b"220 here\r\n")
        with contextlib.suppress(OSError):
            for line in stream:
                if line.upper().startswith(b"DATA"):
                    stream.write(b"354 go on\r\n")
                    stream.read(1_000_000)  # until the other side hangs up
                    return
                stream.write(b"250 fine\r\n")

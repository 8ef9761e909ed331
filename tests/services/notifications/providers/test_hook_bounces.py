"""E-mails that come back, as the mail servers of the world write them."""

from email import message_from_bytes, policy
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.letter import Channel, name_of
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Outgoing
from services.notifications.providers.hook_bounces import read
from services.notifications.providers.hooks import ReceiptHeard
from services.notifications.providers.smtp import compose

LETTER = Outgoing(
    key="camille:confirmed:1",
    channel=Channel.EMAIL,
    to="camille@example.org",
    subject="Vous êtes attendue",
    text="Bonjour Camille,",
    html="<p>Bonjour Camille,</p>",
    sender_name="La Tablée de Saône",
)
NAME = name_of(LETTER.key)
SENT = compose(LETTER, "post@tablee.example.org", LETTER.to)


def came_back(*, action: str = "failed", status: str = "5.1.1", with_body: bool = True, recipients: int = 1) -> bytes:
    """A delivery status notification (RFC 3464), with the letter or its header alone."""
    about = "Reporting-MTA: dns; mx.example.org\r\nArrival-Date: Tue, 24 Nov 2026 10:00:00 +0100\r\n\r\n"
    each = (
        f"Final-Recipient: rfc822; camille@example.org\r\nAction: {action}\r\nStatus: {status} (permanent failure)\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <camille@example.org>: Recipient address rejected\r\n\r\n"
    )
    status_part = f"Content-Type: message/delivery-status\r\n\r\n{about}{each * recipients}".encode()
    header, _blank, _body = SENT.partition(b"\r\n\r\n")
    brought = b"Content-Type: message/rfc822\r\n\r\n" + SENT
    if not with_body:
        brought = b"Content-Type: text/rfc822-headers\r\n\r\n" + header + b"\r\n"
    parts = (b"Content-Type: text/plain\r\n\r\nIt could not be delivered.\r\n", status_part, brought)
    return (
        b"From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\nTo: post@tablee.example.org\r\n"
        b"Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="=b="\r\n\r\n'
        + b"".join(b"--=b=\r\n" + part + b"\r\n" for part in parts)
        + b"--=b=--\r\n"
    )


@pytest.mark.parametrize("with_body", [True, False])
@pytest.mark.parametrize(
    ("action", "status", "told"),
    [
        ("failed", "5.1.1", Delivery.DEAD),
        ("Failed", "5.1.10", Delivery.DEAD),
        ("failed", "5.2.1", Delivery.DEAD),
        ("failed", "5.2.2", Delivery.RETURNED),
        ("failed", "5.7.26", Delivery.RETURNED),
        ("failed", "5.1.8", Delivery.RETURNED),
        ("failed", "4.4.7", Delivery.RETURNED),
        ("delayed", "4.2.2", Delivery.DELAYED),
        ("delivered", "2.0.0", Delivery.DELIVERED),
    ],
)
def test_what_a_mail_server_says(action: str, status: str, told: Delivery, with_body: bool) -> None:
    heard = read(came_back(action=action, status=status, with_body=with_body))
    assert heard == ReceiptHeard(name=NAME, delivery=told, detail=status)


def test_a_report_of_a_complaint() -> None:
    report = MIMEMultipart("report", report_type="feedback-report")
    report.attach(MIMEText("This is a report of abuse."))
    feedback = MIMEText("Feedback-Type: abuse\nUser-Agent: Example/1.0\nVersion: 1\n")
    feedback.replace_header("Content-Type", "message/feedback-report")
    report.attach(feedback)
    report.attach(MIMEMessage(message_from_bytes(SENT)))
    heard = read(report.as_bytes())
    assert heard and (heard.name, heard.delivery) == (NAME, Delivery.COMPLAINED)


def answer_of_somebody_away() -> bytes:
    message = message_from_bytes(SENT, policy=policy.default)
    del message["Message-ID"], message["In-Reply-To"]
    message["Message-ID"] = "<away@example.org>"
    message["In-Reply-To"] = f"<{NAME}@tablee.example.org>"
    return message.as_bytes()


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"Hello",
        SENT,
        answer_of_somebody_away(),
        came_back(action="relayed"),
        came_back(action="expanded"),
        came_back(recipients=0),
        came_back().replace(NAME.encode(), b"another"),
        b"Content-Type: multipart/report; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: message/rfc822\r\n\r\n" * 5000,
        b"Content-Type: text/rfc822-headers\r\n\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    ],
    ids=[
        "nothing",
        "no e-mail",
        "the letter itself",
        "an answer of somebody away",
        "relayed",
        "expanded",
        "of nobody",
        "of another's letter",
        "letters in letters",
        "letters in headers",
    ],
)
def test_any_other_e_mail_is_left_alone(other: bytes) -> None:
    assert read(other) is None


_LINES = ("Content-Type: message/delivery-status", "Content-Type: message/rfc822", "Content-Type: ;;", "Action: failed")
PIECES = st.sampled_from(["--=b=", "", *_LINES, "Status: 5", f"Message-ID: <{NAME}@x>"]).map(
    lambda it: f"{it}\r\n".encode()
)


@given(st.binary(max_size=300) | st.lists(PIECES | st.binary(max_size=20), max_size=20).map(b"".join))
def test_whatever_comes_nothing_breaks(raw: bytes) -> None:
    header = b'Content-Type: multipart/report; report-type=delivery-status; boundary="=b="\r\n\r\n'
    for message in (raw, header + raw):
        heard = read(message)
        assert heard is None or heard.name == NAME

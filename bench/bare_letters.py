"""The bare sender: the least that the product's own libraries can do for letters that lie due.

It takes sixty rows in a transaction and marks them, fills the product's two templates with words that lie ready, lets
the standard library put the e-mail together (text, HTML, and an event as a part and as a file), hands it to smtplib on
a kept connection, and marks the sixty as sent. It looks at no booking and no meal, chooses no words, speaks no
language, asks nobody's leave, keeps no pace, and signs no link: a letter that nobody wants any more leaves too.
"""

import smtplib
import tempfile
import time
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import sqlalchemy as sa
from jinja2 import Environment, PackageLoader, select_autoescape

from bench.sink import Letters, open_sink
from services.notifications.letters.content import Content
from tests import backends

AT_ONCE = 60
PLAN = sa.text(
    "INSERT INTO letter SELECT n, 'Jeanne', 'guest' || n || '@example.org', 'due' FROM generate_series(1, :count) AS n"
)
DUE = sa.text("SELECT id, name, email FROM letter WHERE state = 'due' ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED")
MARK = sa.text("UPDATE letter SET state = :state WHERE id = ANY(:ids)")
WORDS = Content(
    subject="C’est confirmé : Tablée des voisins, samedi 12 décembre",
    greeting="Bonjour,",
    paragraphs=("Votre place est réservée. Nous vous attendons pour cuisiner et manger ensemble.",),
    facts=(
        ("Repas", "Tablée des voisins, samedi 12 décembre, 12:30"),
        ("Adresse", "12 rue de l’Exemple, 69009 Lyon"),
        ("Vous êtes", "1 personne"),
        ("Prix", "libre : chacun donne ce qu’il peut"),
    ),
    link=("Voir ou changer ma réservation", "http://127.0.0.1/b/exemple"),
    notes=(
        "Un empêchement ? Dites-le-nous, même au dernier moment : quelqu’un attend peut-être une place.",
        "Une question ? Répondez à cet e-mail, ou appelez-nous : 04 00 00 00 00.",
    ),
    signature="Chaleureusement, la cantine",
)
EVENT = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//bare//FR",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:exemple@127.0.0.1",
        "DTSTAMP:20261126T120000Z",
        "DTSTART:20261212T113000Z",
        "DTEND:20261212T140000Z",
        "SUMMARY:Tablée des voisins",
        "LOCATION:12 rue de l’Exemple\\, 69009 Lyon",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


@dataclass(frozen=True)
class Sent:
    """What the sink took, and the milliseconds of CPU that the sender took for each letter."""

    taken: Letters
    cpu: float


def send(count: int) -> Sent:
    """Send so many letters. To be called in a process of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="tablee-bare-") as folder,
        backends.new_database("postgres", Path(folder), "letters") as url,
        open_sink() as sink,
    ):
        engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
        _plan(engine, count)
        with smtplib.SMTP("127.0.0.1", sink.port) as smtp:
            begun = time.process_time()
            while _step(engine, smtp):
                pass
            cpu = time.process_time() - begun
        engine.dispose()
        return Sent(sink.letters(), cpu / count * 1000)


def _plan(engine: sa.Engine, count: int) -> None:
    with engine.begin() as conn:
        conn.execute(sa.text("CREATE TABLE letter (id int PRIMARY KEY, name text, email text, state text)"))
        conn.execute(PLAN, {"count": count})


def _step(engine: sa.Engine, smtp: smtplib.SMTP) -> int:
    with engine.begin() as conn:
        due = conn.execute(DUE, {"most": AT_ONCE}).all()
        conn.execute(MARK, {"state": "attempting", "ids": [one.id for one in due]})
    for one in due:
        smtp.send_message(_letter(one.id, one.name, one.email))
    with engine.begin() as conn:
        conn.execute(MARK, {"state": "sent", "ids": [one.id for one in due]})
    return len(due)


_TEMPLATES = Environment(
    loader=PackageLoader("services.notifications.letters"),
    autoescape=select_autoescape(["html"], default=False),
    trim_blocks=True,
    lstrip_blocks=True,
)


def _letter(number: int, name: str, email: str) -> EmailMessage:
    words = {"content": replace(WORDS, greeting=f"Bonjour {name},"), "language": "fr", "network": "Le réseau"}
    message = EmailMessage()
    message["From"] = "La cantine <tablees@example.org>"
    message["To"] = email
    message["Subject"] = WORDS.subject
    message["Message-ID"] = f"<{number}@example.org>"
    message.set_content(_TEMPLATES.get_template("letter.txt").render(words))
    message.add_alternative(_TEMPLATES.get_template("letter.html").render(words), subtype="html")
    message.add_alternative(EVENT, subtype="calendar", params={"method": "REQUEST"})
    message.add_attachment(EVENT.encode(), maintype="application", subtype="ics", filename="meal.ics")
    return message

"""Write a letter: the words of its kind and language, in the shape of its channel."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notifications.domain.alerts import News
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import Channel, Letter, LetterKind
from services.notifications.domain.persons import Asked, Person
from services.notifications.domain.sending import Outgoing
from services.notifications.letters import to_guests, to_persons, to_staff
from services.notifications.letters.content import Content
from services.notifications.letters.telling import Telling
from shared.gsm7 import to_gsm7
from shared.languages import Language, Languages

_TEMPLATES = Path(__file__).parent / "templates"


class Writer:
    """Writes letters. `public_url` is where residents reach the site; `network` is its name.

    `answers_to` is the number that an SMS comes from, if it can be answered; "" if it comes from a name.
    """

    def __init__(self, languages: Languages, *, public_url: str, network: str, answers_to: str = "") -> None:
        self._languages = languages
        self._public_url = public_url
        self._network = network
        self._answers_to = answers_to
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=select_autoescape(["html"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def write(
        self,
        letter: Letter,
        booking: Booking | None,
        sitting: Sitting | None,
        news: Sequence[News] = (),
        words: str = "",
    ) -> Outgoing:
        """The letter as it leaves; one to staff may tell `news`, one to a guest the `words` of a host.

        Raises ValueError if what it tells of is not known.
        """
        if booking and sitting:
            return self._to_guest(letter, booking, sitting, words)
        if letter.kind in {LetterKind.SIGN_IN, LetterKind.SMS_CREDIT} or news:
            return self._to_staff(letter, news)
        raise ValueError("a letter without what it tells of")

    def write_to_person(self, letter: Letter, person: Person) -> Outgoing:
        """News of a usual place as it leaves."""
        language = self._languages[person.language]
        content = to_persons.usual(language, letter, person)
        if letter.channel is Channel.SMS:
            return self._sms(letter, person.phone or "", content)
        return replace(
            self._email(letter, person.email or "", language, content),
            sender_name=_one_line(str(letter.facts["cantine"])),
            reply_to=str(letter.facts["email"]),
        )

    def write_call(self, letter: Letter, person: Person, asked: Asked, sitting: Sitting) -> Outgoing:
        """A call for cooks as it leaves: a solicitation, so an SMS that can be answered says by which word it stops."""
        language = self._languages[person.language]
        content = to_persons.cook_call(language, person, asked, sitting, self._short(asked.short_code))
        if letter.channel is Channel.SMS:
            if self._answers_to:
                stop = language.gettext("STOP to %(number)s", number=self._answers_to)
                content = replace(content, sms=f"{content.sms} {stop}")
            return replace(self._sms(letter, person.phone or "", content), solicitation=True)
        return replace(
            self._email(letter, person.email or "", language, content),
            sender_name=_one_line(sitting.cantine.name),
            reply_to=sitting.cantine.email,
            solicitation=True,
        )

    def _short(self, code: str) -> str:
        return f"{self._public_url}/messages/l/{code}"

    def _to_guest(self, letter: Letter, booking: Booking, sitting: Sitting, words: str) -> Outgoing:
        language = self._languages[booking.language]
        short_link = self._short(booking.short_code)
        content = to_guests.BY_KIND[letter.kind](Telling(language, booking, sitting, short_link, words))
        if letter.channel is Channel.SMS:
            return self._sms(letter, booking.phone or "", content)
        return replace(
            self._email(letter, booking.email or "", language, content),
            sender_name=_one_line(sitting.cantine.name),
            reply_to=sitting.cantine.email,
        )

    def _to_staff(self, letter: Letter, news: Sequence[News]) -> Outgoing:
        language = self._languages[str(letter.facts["language"])]
        if letter.kind is LetterKind.ALERT:
            content = to_staff.alert(language, letter, news[0])
        elif letter.kind is LetterKind.DIGEST:
            content = to_staff.digest(language, letter, news, f"{self._public_url}/coordination/alerts")
        elif letter.kind is LetterKind.SMS_CREDIT:
            content = to_staff.sms_credit(language, letter)
        else:
            content = to_staff.sign_in(language, letter, self._network)
        if letter.channel is Channel.SMS:
            return self._sms(letter, str(letter.facts["phone"]), content)
        return self._email(letter, str(letter.facts["email"]), language, content)

    def _sms(self, letter: Letter, to: str, content: Content) -> Outgoing:
        by_host = letter.kind is LetterKind.HOST_MESSAGE  # in GSM-7 already, and its lines are the host's
        text = content.sms if by_host else to_gsm7(_one_line(content.sms))
        return Outgoing(key=letter.key, channel=Channel.SMS, to=to, text=text)

    def _email(self, letter: Letter, to: str, language: Language, content: Content) -> Outgoing:
        words = {"content": content, "language": language.code, "network": self._network}
        return Outgoing(
            key=letter.key,
            channel=Channel.EMAIL,
            to=to,
            subject=_one_line(content.subject),
            text=self._templates.get_template("letter.txt").render(words),
            html=self._templates.get_template("letter.html").render(words),
            sender_name=self._network,
        )


def _one_line(text: str) -> str:
    """Names may hold line breaks; a header or an SMS may not."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split(" ")).strip()

"""Write a letter: the words of its kind and language, in the shape of its channel."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notifications.domain.alerts import News
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.invitation import invitation
from services.notifications.domain.letter import AFTER_THE_MEAL, BACK_TO_TEXTS, Channel, Letter, LetterKind
from services.notifications.domain.persons import Asked, Person
from services.notifications.domain.sending import Outgoing
from services.notifications.domain.solicitations import UNSUBSCRIBE, Solicitation, Unsubscription
from services.notifications.domain.taken import Taken
from services.notifications.letters import to_askers, to_guests, to_persons, to_senders, to_staff
from services.notifications.letters.calendar import calendar_file
from services.notifications.letters.content import Content, one_line, subject_line
from services.notifications.letters.names import in_one_sms, short_name, shortened
from services.notifications.letters.of_guests import as_read_by_proxy
from services.notifications.letters.sms_of_guests import sms_as_read_by_proxy
from services.notifications.letters.telling import Telling
from services.notifications.letters.trial import trial
from shared.gsm7 import to_gsm7
from shared.languages import Language, Languages
from shared.links import Links

_TEMPLATES = Path(__file__).parent / "templates"


class Writer:
    """Writes letters. `public_url` is where residents reach the site; `network` is its name.

    `answers_to` is the number that an SMS comes from, if it can be answered; "" if it comes from a name. If answers to
    it are heard here (`answers_heard`), an SMS may ask for one. `links` signs those that end solicitations.
    """

    def __init__(
        self,
        languages: Languages,
        *,
        public_url: str,
        network: str,
        answers_to: str = "",
        answers_heard: bool = False,
        links: Links | None = None,
    ) -> None:
        self._languages = languages
        self._public_url = public_url
        self._network = network
        self._answers_to = answers_to
        self._answers_heard = bool(answers_to) and answers_heard
        self._links = links
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=select_autoescape(["html"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    @property
    def public_url(self) -> str:
        """Where residents reach the site."""
        return self._public_url

    def compose(self, one: Taken) -> Outgoing:
        """A letter in hand as it leaves. Raises ValueError if what it tells of is not known."""
        if one.person and one.asked and one.sitting:
            return self.write_call(one.letter, one.person, one.asked, one.sitting)
        if one.person:
            return self.write_to_person(one.letter, one.person)
        return self.write(
            one.letter,
            one.booking,
            one.sitting,
            one.news,
            one.words,
            invited=one.invited,
            first=one.first,
            changed=one.changed,
            turn=one.turn,
            was_at=one.was_at,
        )

    def write(
        self,
        letter: Letter,
        booking: Booking | None,
        sitting: Sitting | None,
        news: Sequence[News] = (),
        words: str = "",
        *,
        invited: bool = False,
        first: bool = False,
        changed: bool = False,
        turn: bool = False,
        was_at: datetime | None = None,
    ) -> Outgoing:
        """The letter as it leaves; one to staff may tell `news`, one to a guest the `words` of a host.

        `invited`: a letter before it may have put the meal into the guest's calendar; `first`: none before it was told;
        `changed`: one before it told of a place, or for their `turn` of the waiting list; `was_at`: the start (UTC) of
        which one before it told.
        Raises ValueError if what it tells of is not known.
        """
        if booking and sitting:
            return self._to_guest(
                letter,
                booking,
                sitting,
                words,
                invited=invited,
                first=first,
                changed=changed,
                turn=turn,
                was_at=was_at,
            )
        if letter.kind is LetterKind.GUEST_LINK:
            return self._to_asker(letter)
        if letter.kind in BACK_TO_TEXTS:
            return self._to_sender(letter)
        if letter.kind in {LetterKind.SIGN_IN, LetterKind.SMS_CREDIT} or news:
            return self._to_staff(letter, news)
        raise ValueError("a letter without what it tells of")

    def write_to_person(self, letter: Letter, person: Person) -> Outgoing:
        """News of a usual place as it leaves."""
        language = self._languages[person.language]
        if letter.channel is Channel.SMS:

            def sms(name: str) -> str:
                called = replace(letter, facts={**letter.facts, "cantine": name})
                return to_persons.usual(language, called, person).sms

            return _sms_in_one(letter, person.phone or "", str(letter.facts["cantine"]), sms)
        content = to_persons.usual(language, letter, person)
        return replace(
            self._email(letter, person.email or "", language, content),
            sender_name=one_line(str(letter.facts["cantine"])),
            reply_to=str(letter.facts["email"]),
        )

    def write_call(self, letter: Letter, person: Person, asked: Asked, sitting: Sitting) -> Outgoing:
        """A call for cooks as it leaves: a solicitation, so an SMS that can be answered says by which word it stops."""
        language = self._languages[person.language]
        short_link = self._short(asked.short_code)
        if letter.channel is Channel.SMS:

            def sms(name: str) -> str:
                called = _called(sitting, name)
                if self._answers_heard:
                    return to_persons.cook_call_to_answer(language, person, asked, called, short_link)
                return to_persons.cook_call(language, person, asked, called, short_link).sms + self._stop(language)

            return replace(_sms_in_one(letter, person.phone or "", sitting.cantine.name, sms), solicitation=True)
        content = to_persons.cook_call(language, person, asked, sitting, short_link)
        return replace(
            self._email(letter, person.email or "", language, content),
            sender_name=one_line(sitting.cantine.name),
            reply_to=sitting.cantine.email,
            solicitation=True,
            unsubscribe=self._unsubscribing(Solicitation.COOK_CALLS, person.id),
        )

    def write_trial(self, key: str, channel: Channel, to: str, language: str) -> Outgoing:
        """A test that an operator sends to themselves."""
        speaks = self._languages[language]
        content = trial(speaks, self._network, self._public_url)
        if channel is Channel.SMS:
            return Outgoing(key=key, channel=channel, to=to, text=to_gsm7(one_line(content.sms)))
        return self._as_email(key, to, speaks, content)

    def _stop(self, language: Language) -> str:
        """How an SMS that was not asked for says by which word it stops, where it can be answered."""
        return f" {language.gettext('STOP to %(number)s', number=self._answers_to)}" if self._answers_to else ""

    def _unsubscribing(self, what: Solicitation, who: str) -> str:
        """Where somebody, or a program for them, ends what they are written unasked."""
        if self._links is None:
            return ""
        token = self._links.sign(UNSUBSCRIBE, str(Unsubscription(what=what, who=who)))
        return f"{self._public_url}/messages/unsubscribe/{token}"

    def _short(self, code: str) -> str:
        return f"{self._public_url}/messages/l/{code}"

    def _to_guest(
        self,
        letter: Letter,
        booking: Booking,
        sitting: Sitting,
        words: str,
        *,
        invited: bool,
        first: bool,
        changed: bool,
        turn: bool,
        was_at: datetime | None,
    ) -> Outgoing:
        language = self._languages[booking.language]
        short_link = self._short(booking.short_code)
        tell = to_guests.BY_KIND[letter.kind]
        unasked = letter.kind in AFTER_THE_MEAL
        if letter.channel is Channel.SMS and letter.kind is not LetterKind.HOST_MESSAGE:

            def sms(name: str) -> str:
                called = _called(sitting, name)
                told = Telling(
                    language,
                    booking,
                    called,
                    short_link,
                    words,
                    first=first,
                    changed=changed,
                    turn=turn,
                    was_at=was_at,
                    answerable=self._answers_heard,
                )
                said = sms_as_read_by_proxy(letter.kind, told, tell(told).sms)
                return said + (self._stop(language) if unasked else "")

            names = _names(language, booking, sitting.cantine.name)
            letter_in_one = _sms_in_one(letter, booking.phone or "", sitting.cantine.name, sms, names)
            return replace(letter_in_one, solicitation=unasked)
        ends_it = self._unsubscribing(Solicitation.THANKS, booking.id) if unasked else ""
        telling = Telling(
            language,
            booking,
            sitting,
            short_link,
            words,
            first=first,
            changed=changed,
            turn=turn,
            was_at=was_at,
            site=self._public_url,
            ends_it=ends_it,
        )
        if letter.channel is Channel.SMS:  # in GSM-7 already; its lines and its length are the host's
            called = _called(sitting, next(_names(language, booking, sitting.cantine.name)))
            return _sms(letter, booking.phone or "", tell(replace(telling, sitting=called)).sms)
        content = as_read_by_proxy(letter.kind, telling, tell(telling))
        event = invitation(letter.kind, booking, sitting, invited=invited)
        return replace(
            self._email(letter, booking.email or "", language, content),
            sender_name=one_line(sitting.cantine.name),
            reply_to=sitting.cantine.email,
            calendar=calendar_file(telling, event) if event else None,
            solicitation=unasked,
            unsubscribe=ends_it,
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
            return _sms(letter, str(letter.facts["phone"]), to_gsm7(one_line(content.sms)))
        return self._email(letter, str(letter.facts["email"]), language, content)

    def _to_asker(self, letter: Letter) -> Outgoing:
        language = self._languages[str(letter.facts["language"])]
        if letter.channel is Channel.SMS:

            def sms(name: str) -> str:
                return to_askers.guest_link(language, letter, name).sms

            return _sms_in_one(letter, str(letter.facts["phone"]), self._network, sms)
        content = to_askers.guest_link(language, letter, self._network)
        return self._email(letter, str(letter.facts["email"]), language, content)

    def _to_sender(self, letter: Letter) -> Outgoing:
        language = self._languages[str(letter.facts["language"])]

        def sms(name: str) -> str:
            return to_senders.text_back(language, letter, self._network, name, self._public_url).sms

        return _sms_in_one(letter, str(letter.facts["phone"]), str(letter.facts["cantine"]) or self._network, sms)

    def _email(self, letter: Letter, to: str, language: Language, content: Content) -> Outgoing:
        return self._as_email(letter.key, to, language, content)

    def _as_email(self, key: str, to: str, language: Language, content: Content) -> Outgoing:
        words = {"content": content, "language": language.code, "network": self._network}
        return Outgoing(
            key=key,
            channel=Channel.EMAIL,
            to=to,
            subject=subject_line(content.subject),
            text=self._templates.get_template("letter.txt").render(words),
            html=self._templates.get_template("letter.html").render(words),
            sender_name=self._network,
        )


def _called(sitting: Sitting, name: str) -> Sitting:
    """The sitting of a cantine that is called so."""
    if name == sitting.cantine.name:
        return sitting
    return replace(sitting, cantine=replace(sitting.cantine, name=name))


def _names(language: Language, booking: Booking, cantine: str) -> Iterator[str]:
    """What an SMS begins with: a cantine's name, ever shorter; to a proxy with whom it is for, then that alone."""
    if not (booking.to_proxy and booking.name):
        yield from shortened(cantine)
        return
    guest = short_name(booking.name)
    for name in shortened(cantine):
        yield language.gettext("%(cantine)s, for %(name)s", cantine=name, name=guest)
    yield guest


def _sms_in_one(
    letter: Letter, to: str, cantine: str, write: Callable[[str], str], names: Iterable[str] = ()
) -> Outgoing:
    text = in_one_sms(names or shortened(cantine), lambda name: to_gsm7(one_line(write(name))))
    return _sms(letter, to, text)


def _sms(letter: Letter, to: str, text: str) -> Outgoing:
    return Outgoing(key=letter.key, channel=Channel.SMS, to=to, text=text)

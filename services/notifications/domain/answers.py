"""What a word answers: to which booking, or call for cooks, of those that a number may answer. A pure rule.

A yes or a no answers what a letter asks, first of all what has not been answered yet. If that is more than one thing,
the guest is asked back which; so is whoever cancels and has more than one booking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import TOLD, Letter, LetterKind
from services.notifications.domain.meaning import Meaning, Word
from services.notifications.domain.persons import Asked
from shared.contracts.booking import BookingStatus
from shared.contracts.reply import GuestAnswer
from shared.contracts.seats import Why

MOST_CHOICES = 4  # that fit into a text message
CHOICE_HOLDS = timedelta(hours=12)

_ONCE_OVER = {Word.CANCEL: LetterKind.TEXT_CANCELLED, Word.YES: LetterKind.TEXT_NO_PLACE}
_REMINDS = {LetterKind.REMINDER, LetterKind.MORNING}
_ASKING = {
    BookingStatus.CONFIRMED: _REMINDS,
    BookingStatus.OFFERED: {LetterKind.OFFER},
    BookingStatus.REFUSED: {LetterKind.OFFER_PASSED},
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something that a number can answer: a booking of theirs, or a call for cooks to a person.

    `takes` says what each word is as an answer. `asked` if a letter has asked it, `answered` if it was since.
    """

    sitting: Sitting
    takes: Mapping[Word, GuestAnswer]
    booking: str | None = None
    person: str | None = None
    people: int = 1
    asked: bool = False
    answered: bool = False

    @property
    def about(self) -> str:
        """What it is about, to be found again."""
        return self.booking or f"{self.person} {self.sitting.id}"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a number was asked back: which of these the word was for, until an instant (UTC)."""

    word: Word
    options: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What becomes of a text: an `answer` to a question; a `choice` to be asked back; or nothing that we know."""

    answer: GuestAnswer | None = None
    question: Question | None = None
    choice: Choice | None = None
    among: Sequence[Question] = field(default=())


NOTHING = Decision()


def of_booking(
    booking: Booking, sitting: Sitting, letters: Sequence[Letter], said: Mapping[GuestAnswer, datetime], now: datetime
) -> Question | None:
    """What can be said to a booking as it stands; None if nothing can any more. `said` is what was answered, and when
    (UTC).
    """
    takes = _takes(booking)
    if not takes or sitting.cancelled or now >= sitting.starts_at:
        return None
    kinds = _ASKING.get(booking.status, set())
    asking = [one for one in letters if one.kind in kinds and _asks(one, booking, sitting)]
    if booking.status is BookingStatus.CONFIRMED and asking:
        takes = {**takes, Word.NO: GuestAnswer.CANCEL}
    since = max((one.told_at for one in asking), default=None)
    return Question(
        sitting=sitting,
        takes=takes,
        booking=booking.id,
        people=booking.party.seats,
        asked=since is not None,
        answered=since is not None and any(at >= since for at in said.values()),
    )


def of_call(asked: Asked, sitting: Sitting, letters: Sequence[Letter], now: datetime) -> Question | None:
    """A call for cooks, if a letter has asked it and a yes may still be in time."""
    told = any(one.key == asked.key and one.state in TOLD for one in letters)
    if not told or sitting.cancelled or now >= min(asked.until, sitting.starts_at):
        return None
    takes = {Word.YES: GuestAnswer.ACCEPT, Word.NO: GuestAnswer.DECLINE}
    return Question(sitting=sitting, takes=takes, person=asked.person, asked=True)


def decide(meaning: Meaning, questions: Sequence[Question], choice: Choice | None, now: datetime) -> Decision:
    """What becomes of a text with this meaning."""
    if meaning.number is not None:
        return _chosen(meaning, questions, choice, now)
    word = meaning.word
    if word is None:
        return NOTHING
    could = [one for one in questions if word in one.takes]
    meant = could if word is Word.CANCEL else _first_of_all(could)
    answering = sorted(meant, key=lambda one: (one.sitting.starts_at, one.about))
    if len(answering) == 1:
        return Decision(answer=answering[0].takes[word], question=answering[0])
    if 1 < len(answering) <= MOST_CHOICES:
        options = tuple(one.about for one in answering)
        return Decision(choice=Choice(word=word, options=options, until=now + CHOICE_HOLDS), among=answering)
    return NOTHING


def is_over(booking: Booking, sitting: Sitting, now: datetime) -> bool:
    """Whether a booking is cancelled, by its guest or with the meal, which would still be to come."""
    return (sitting.cancelled or booking.status is BookingStatus.CANCELLED) and now < sitting.starts_at


def told_instead(meaning: Meaning, questions: Sequence[Question], *, over: bool) -> LetterKind | None:
    """What goes back where a word is clear but does nothing: a no that nothing asked for, and what is said once it is
    all `over`. None, if only a person knows.
    """
    word = meaning.word
    if word is None or meaning.number is not None or any(word in one.takes for one in questions):
        return None
    if word is Word.NO:
        return LetterKind.TEXT_NO if any(Word.CANCEL in one.takes for one in questions) else None
    return _ONCE_OVER.get(word) if over and not questions else None


def _chosen(meaning: Meaning, questions: Sequence[Question], choice: Choice | None, now: datetime) -> Decision:
    """The answer of whoever was asked back which."""
    if choice is None or now > choice.until or not meaning.number or meaning.number > len(choice.options):
        return NOTHING
    about = choice.options[meaning.number - 1]
    word = meaning.word or choice.word
    meant = next((one for one in questions if one.about == about and word in one.takes), None)
    return Decision(answer=meant.takes[word], question=meant) if meant else NOTHING


def _first_of_all(questions: Sequence[Question]) -> Sequence[Question]:
    """What was asked and not answered yet; else what was asked; else all."""
    unanswered = [one for one in questions if one.asked and not one.answered]
    return unanswered or [one for one in questions if one.asked] or questions


def _takes(booking: Booking) -> Mapping[Word, GuestAnswer]:
    cancel = {Word.CANCEL: GuestAnswer.CANCEL}
    if booking.status is BookingStatus.OFFERED:
        return {Word.YES: GuestAnswer.ACCEPT, Word.NO: GuestAnswer.DECLINE, **cancel}
    if booking.status is BookingStatus.CONFIRMED:
        return {Word.YES: GuestAnswer.COMING, **cancel}
    if booking.status is BookingStatus.REFUSED:
        return {Word.YES: GuestAnswer.ACCEPT} if booking.why is Why.OFFER_EXPIRED else {}
    return {} if booking.status is BookingStatus.CANCELLED else cancel


def _asks(letter: Letter, booking: Booking, sitting: Sitting) -> bool:
    """Whether this letter has left, and asks what stands now."""
    if letter.state not in TOLD:
        return False
    if letter.kind in _REMINDS:
        return letter.starts_at == sitting.starts_at
    return (letter.again_of or letter.key).endswith(f":{booking.news}")

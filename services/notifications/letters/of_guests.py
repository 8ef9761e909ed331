"""What a proxy reads of their guest, where the letter is not one to pass on: what was asked, and what became of it.

Each function gives subject, paragraphs and link in the place of those that the guest would read. What an SMS says of
them is in `sms_of_guests`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from services.notifications.domain.letter import LetterKind
from services.notifications.letters.content import Content
from services.notifications.letters.telling import Telling
from services.notifications.letters.why import why, why_again


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of a letter that differ."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str


def as_read_by_proxy(kind: LetterKind, tell: Telling, content: Content) -> Content:
    """A letter to a guest as their proxy reads it: of the guest, or as it is, to be passed on."""
    if not tell.guest or kind not in BY_KIND:
        return content
    words = BY_KIND[kind](tell)
    return replace(
        content,
        subject=tell.for_guest(words.subject),
        paragraphs=(*tell.for_whom(to_guest=False), *words.paragraphs),
        link=(words.link, content.link[1]),
    )


def requested(tell: Telling) -> Words:
    """The wish has come, and the answer takes a while."""
    _ = tell.gettext
    return Words(
        subject=_("We have your request for %(day)s"),
        paragraphs=(
            _("Your request for %(guest)s has reached us. The answer takes longer than usual: please forgive us."),
            _(
                "You need not do anything. As soon as we know whether there is room, we write to you; until then, no"
                " place is promised."
            ),
        ),
        link=_("See or cancel the request"),
    )


def confirmed(tell: Telling) -> Words:
    """There is a place, or another number of them."""
    _, party = tell.gettext, tell.booking.party
    people = tell.language.ngettext("%(num)d person", "%(num)d people", party.seats)
    if tell.changed:
        subject = _("The meal on %(day)s is booked for %(people)s now", people=people)
        said = _("The change is made: it is %(people)s now. We look forward to the meal together.", people=people)
    elif tell.turn and tell.alone:
        subject = _("A place came free for the meal on %(day)s")
        said = _("A place came free: %(guest)s is expected. The wait is over, a place at the table is kept.")
    elif tell.turn:
        subject = _("Places came free for the meal on %(day)s")
        said = _(
            "Places came free: %(guest)s and all who come along are expected. The wait is over, their places are kept."
        )
    else:
        subject = _("The meal on %(day)s is booked")
        said = _("A place at the table is kept for %(guest)s: we look forward to the meal together.")
    return Words(subject=subject, paragraphs=(said,), link=_("See, change or cancel the booking"))


def waitlisted(tell: Telling) -> Words:
    """Perhaps a place will come free."""
    _ = tell.gettext
    return Words(
        subject=_("On the waiting list for %(day)s"),
        paragraphs=(
            *why_again(tell),
            *(
                (
                    _("There is no place at this meal for now, so %(guest)s is on its waiting list."),
                    _("If one comes free for %(guest)s, it is theirs and we write to you at once."),
                )
                if tell.alone
                else (
                    _("There is no room for so many at this meal for now, so %(guest)s is on its waiting list."),
                    _("If enough places come free for all of them, they are theirs and we write to you at once."),
                )
            ),
        ),
        link=_("See the booking, or leave the waiting list"),
    )


def offer(tell: Telling) -> Words:
    """There is a place, if the guest still wants it: until an hour."""
    _ = tell.gettext
    return Words(
        subject=_("A place is free on %(day)s: yes or no, until %(until_day)s, %(until_time)s"),
        paragraphs=(
            _("A place has come free at this meal, and we keep it for %(guest)s until %(until_day)s, %(until_time)s.")
            if tell.alone
            else _(
                "Places have come free at this meal: there is room for %(guest)s and all who come along, and we keep it"
                " until %(until_day)s, %(until_time)s."
            ),
            _("Would %(guest)s still like to come? Please say yes or no on the page of the booking."),
            _("If you say no, or do not answer in time, the place goes to the next in line."),
        ),
        link=_("Say yes or no"),
    )


def offer_passed(tell: Telling) -> Words:
    """Nobody answered in time; they may still say yes."""
    _ = tell.gettext
    return Words(
        subject=_("The place on %(day)s was offered to the next in line"),
        paragraphs=(
            _("A place had come free for %(guest)s at this meal, and we did not hear from you in time."),
            _(
                "Would %(guest)s still like to come? As long as the meal can be booked, one tap on the page of the"
                " booking brings them back to their old place in line."
            ),
        ),
        link=_("Still wanted? To the booking"),
    )


def full(tell: Telling) -> Words:
    """There is no place, and why."""
    _ = tell.gettext
    return Words(
        subject=_("No place this time: meal on %(day)s"),
        paragraphs=(
            _("We are sorry, we cannot welcome %(guest)s at this meal."),
            why(tell),
            _("We would be happy to see %(guest)s at another one."),
        ),
        link=_("See why, and find another meal"),
    )


def change_refused(tell: Telling) -> Words:
    """The booking stays as it was, and why."""
    _ = tell.gettext
    return Words(
        subject=_("The booking for %(day)s stays as it was"),
        paragraphs=(_("We could not make the change that was asked for. The booking stays as it was."), why(tell)),
        link=_("See, change or cancel the booking"),
    )


def cancelled(tell: Telling) -> Words:
    """The guest has cancelled, or who reads it."""
    _ = tell.gettext
    return Words(
        subject=_("The booking for %(day)s is cancelled"),
        paragraphs=(
            _("The booking for the meal on %(day)s at %(time)s is cancelled. Thank you for telling us."),
            _("We would be happy to see %(guest)s another time."),
        ),
        link=_("See the booking"),
    )


BY_KIND: Mapping[LetterKind, Callable[[Telling], Words]] = {
    LetterKind.REQUESTED: requested,
    LetterKind.CONFIRMED: confirmed,
    LetterKind.WAITLISTED: waitlisted,
    LetterKind.OFFER: offer,
    LetterKind.OFFER_PASSED: offer_passed,
    LetterKind.FULL: full,
    LetterKind.CHANGE_REFUSED: change_refused,
    LetterKind.CANCELLED_BY_GUEST: cancelled,
}

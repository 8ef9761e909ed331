"""The file with which a meal enters a guest's calendar (iCalendar, RFC 5545 and 5546).

Put together here from the library's escaping and folding, as an e-mail is from those of its own: a whole calendar of
the library costs as much as all the rest of a letter. What the guests of a meal share is folded once. Times are in UTC:
the file needs no description of a zone, and no program reads the hour otherwise on the days on which clocks change.
"""

from functools import lru_cache

from icalendar import vText
from icalendar.parser import Contentline, Parameters

from services.notifications.domain.invitation import Invitation, Method
from services.notifications.domain.sending import CalendarFile
from services.notifications.letters.content import one_line
from services.notifications.letters.telling import Telling

_INSTANT = "%Y%m%dT%H%M%SZ"
_EOL = "\r\n"
_LONGEST_LINE = 75  # bytes


def calendar_file(tell: Telling, invitation: Invitation) -> CalendarFile:
    """The file of one booking: nobody else's data is in it, and who shares a calendar shows others only "busy"."""
    _, cantine = tell.gettext, tell.sitting.cantine
    cancelled = invitation.method is Method.CANCEL
    title = _("Cooking and meal: %(cantine)s") if tell.booking.party.cooks else _("Meal: %(cantine)s")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Tablée//{tell.language.code.upper()}",
        f"METHOD:{invitation.method}",
        "BEGIN:VEVENT",
        _text("UID", invitation.uid),
        f"SEQUENCE:{invitation.sequence}",
        f"DTSTAMP:{invitation.said_at:{_INSTANT}}",
        f"DTSTART:{invitation.begins_at:{_INSTANT}}",
        f"DTEND:{invitation.ends_at:{_INSTANT}}",
        _shared("SUMMARY", _("Cancelled: %(what)s", what=title) if cancelled else title),
        _shared("LOCATION", f"{cantine.name}, {cantine.address}"),
        _organizer(cantine.name, cantine.email),
        _person("ATTENDEE", tell.booking.name, tell.booking.email, ";PARTSTAT=ACCEPTED;RSVP=FALSE"),
        *(() if cancelled else _description(tell)),
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return CalendarFile(method=invitation.method, text=_EOL.join(lines))


def _description(tell: Telling) -> tuple[str, str]:
    """What it says; the link, which only this guest has, on a folded line of its own."""
    _ = tell.gettext
    way = _("An answer in your calendar changes nothing: only the page of your booking does.")
    return (
        _shared("DESCRIPTION", f"{tell.people}\n\n{way}\n\n{_('See, change or cancel my booking')}\n"),
        _fold(f" {_escaped(tell.page())}"),
    )


@lru_cache(1024)
def _shared(name: str, text: str) -> str:
    """A line of text that guests have in common."""
    return _text(name, text)


@lru_cache(1024)
def _organizer(name: str, email: str) -> str:
    return _person("ORGANIZER", name, email)


def _text(name: str, text: str) -> str:
    return _fold(f"{name}:{_escaped(text)}")


def _person(role: str, name: str | None, email: str | None, more: str = "") -> str:
    """Somebody, with the address on a folded line of its own."""
    quoted = Parameters({"CN": one_line(name).replace('"', "'")}).to_ical().decode() if name else ""
    named = _fold(f"{role}{';' if quoted else ''}{quoted}{more}")
    address = one_line(email or "")
    return named + _EOL + _fold(f" :mailto:{address}")


def _escaped(text: str) -> str:
    escaped: bytes = vText("\n".join(one_line(line) for line in text.split("\n"))).to_ical()
    return escaped.decode()


def _fold(line: str) -> str:
    if len(line) < _LONGEST_LINE and line.isascii():
        return line
    folded: bytes = Contentline(line).to_ical()
    return folded.decode()

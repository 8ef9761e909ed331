"""The letters of a booking: one tells how it stands, and none tells what never was."""

from collections.abc import Iterator
from datetime import datetime

from deploy.reconcile.findings import Facts, Finding, Group

ON_THEIR_WAY = ("due", "attempting")
GIVEN_UP = ("failed", "dropped")
NOT_WANTED = "no longer wanted"
_TOLD = ("attempting", "sent", "delivered", "returned", "complained")
_ONCE = "cancelled_by_cantine"
_STANDING = (
    *("requested", "confirmed", "waitlisted", "offer", "offer_passed", "full", "change_refused", "cancelled_by_guest"),
    _ONCE,
)
_KINDS = {
    "confirmed": "confirmed",
    "waitlisted": "waitlisted",
    "offered": "offer",
    "refused": "full",
    "cancelled": "cancelled_by_guest",
}


def compare_letters(group: Group) -> Iterator[Finding]:
    """The letters that tell how a booking stands; reminders and the like are not compared."""
    known = group.one("notifications", "booking")
    letters = [one for one in group.every("notifications", "letter") if one["kind"] in _STANDING]
    if known is None:
        if letters:
            yield group.finding("letter", wanted=None, notifications=[one["kind"] for one in letters])
        return
    wanted = _wanted(known)
    if wanted and not known.get("silent"):  # who wants no letters gets none
        yield from _last_letter(group, known, letters, wanted)
    for letter in letters:
        if letter["state"] in _TOLD and _name(letter) != wanted and not _was_once(letter, known):
            yield group.finding("letter", wanted=_words(wanted), notifications=_words(_name(letter)))


def _wanted(known: Facts) -> tuple[str, str] | None:
    """The kind of the letter that tells how a booking stands, and what it tells it once for."""
    status, called_off = known["status"], known["meal"]["status"] == "cancelled"
    if known["why"] == "sitting_cancelled" if status == "refused" else called_off and status != "cancelled":
        return _ONCE, "once"
    if status == "requested":
        return (status, str(known["news"])) if known["unanswered"] else None
    if known["why"] == "offer_declined":  # who says no knows it
        return None
    if known["why"] == "offer_expired":
        return "offer_passed", str(known["news"])
    kind = "change_refused" if status == "confirmed" and known["why"] else _KINDS[status]
    return kind, str(known["news"])


def _last_letter(group: Group, known: Facts, letters: list[Facts], wanted: tuple[str, str]) -> Iterator[Finding]:
    """It is there, on its way, or given up for a reason of its own. After the meal has begun, or an offer ended,
    nothing is written.
    """
    letter = next((one for one in letters if _name(one) == wanted), None)
    if letter is None:
        useful_until = known["offer_until"] or known["meal"]["starts_at"]
        if useful_until is None or datetime.fromisoformat(useful_until) > group.at:
            yield group.finding("letter", wanted=_words(wanted), notifications=None)
    elif letter["state"] == "dropped" and letter["reason"] == NOT_WANTED:
        yield group.finding("letter", wanted=_words(wanted), notifications=f"{letter['state']}: {letter['reason']}")


def _was_once(letter: Facts, known: Facts) -> bool:
    """Whether the booking may have stood before as this letter tells."""
    if letter["kind"] == _ONCE:
        return bool(known["meal"]["status"] == "cancelled")
    news, heard = letter["once_for"], known["notice_revision"] or 0
    return news.isdecimal() and int(news) <= heard and int(news) != known["news"]


def _name(letter: Facts) -> tuple[str, str]:
    return letter["kind"], letter["once_for"]


def _words(name: tuple[str, str] | None) -> str | None:
    return f"{name[0]} ({name[1]})" if name else None

"""Letters and their fate, for staff: what was sent to whom, what failed, and what may be sent again.

No address of the site holds a contact: who searches by one posts it. Addresses are masked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.pages import letter_words
from services.notifications.pages.access import reader
from services.notifications.pages.desk import desk, service
from services.notifications.store.looking import Filter, Place
from services.notifications.use_cases.look_at_letters import (
    NoSuchLetter,
    cantines_of,
    find_letters,
    look_at_letter,
    look_at_letters,
)
from services.notifications.use_cases.send_again import (
    ChangedMeanwhile,
    NotAllowed,
    NotConfirmed,
    NotSentAgain,
    send_again,
)
from shared.text import is_storable
from shared.web.errors import Problem
from shared.web.language import gettext as _

blueprint = Blueprint("letters", __name__, url_prefix="/messages/letters", template_folder="templates")

USUAL = tuple(state for state in LetterState if state is not LetterState.PLANNED)  # what was, not what will be
LONGEST = 320
SEPARATOR = "~"
Choice = TypeVar("Choice", LetterState, LetterKind)


@blueprint.get("")
def browse() -> str:
    """The latest letters, by state, kind, cantine or booking."""
    staff, args = reader(), request.args
    booking, cantine = _asked("booking"), _asked("cantine")
    states = _chosen(LetterState, args.get("state")) or (tuple(LetterState) if booking else USUAL)
    wanted = Filter(
        states=states,
        kinds=_chosen(LetterKind, args.get("kind")),
        cantines=[cantine] if cantine else None,
        booking=booking,
        before=_place(args.get("before", "")),
        after=_place(args.get("after", "")),
    )
    page = look_at_letters(service(), staff, wanted)
    filters = {name: args.get(name) or None for name in ("state", "kind", "cantine", "booking")}
    return render_template(
        "letters.html",
        page=page,
        filters=filters,
        earlier=_written(page.more_before),
        later=_written(page.more_after),
        cantines=cantines_of(service(), staff),
        **_choices(),
    )


@blueprint.post("/search")
def search() -> str | tuple[str, int]:
    """The letters about a booking, or to an address or a number."""
    staff, words = reader(), request.form.get("words", "").strip()[:LONGEST]
    if not words:
        error = _("Please write an address, a number, or the id of a booking.")
        return render_template("letters_found.html", found=[], words="", error=error), 422
    return render_template("letters_found.html", found=find_letters(service(), staff, words), words=words, error=None)


@blueprint.get("/<path:key>")
def show(key: str) -> str:
    """One letter, and all that became of it."""
    staff = reader()
    try:
        history = look_at_letter(service(), desk().links, staff, key)
    except NoSuchLetter as error:
        raise Problem(404) from error
    cantine = history.seen.cantine
    return render_template(
        "letter_history.html", history=history, may=staff.may_send_again(cantine.slug if cantine else None)
    )


@blueprint.post("/<path:key>")
def again(key: str) -> Response:
    """Send it again."""
    number = request.form.get("number", "")
    try:
        new = send_again(
            service(),
            desk().links,
            reader(),
            key,
            number=int(number) if number.isdecimal() and len(number) < 3 else 0,
            confirmed=request.form.get("known") == "1",
        )
    except NoSuchLetter as error:
        raise Problem(404) from error
    except NotAllowed as error:
        raise Problem(403) from error
    except ChangedMeanwhile as error:
        raise Problem(409) from error
    except NotConfirmed:
        flash(_("Nothing was sent. Please say that you know that it may have arrived."), "warn")
        return redirect(url_for("letters.show", key=key), 303)
    except NotSentAgain as error:
        flash(letter_words.refused(error.refusal), "warn")
        return redirect(url_for("letters.show", key=key), 303)
    flash(_("It is sent again, as a letter of its own. Your name stands beside it."))
    return redirect(url_for("letters.show", key=new), 303)


def _asked(name: str) -> str:
    """What the address asks for; something that nothing is called, if no database could hold it."""
    words = request.args.get(name, "")[:80]
    return words if is_storable(words) else "-"


def _choices() -> dict[str, object]:
    return {
        "states": [("", _("All but planned")), *((one.value, letter_words.state(one)) for one in LetterState)],
        "kinds": [("", _("All")), *((one.value, letter_words.kind(one)) for one in LetterKind)],
    }


def _chosen(choices: type[Choice], name: str | None) -> Sequence[Choice]:
    return [one for one in choices if one.value == name]


def _written(place: Place | None) -> str | None:
    return f"{place[0].isoformat()}{SEPARATOR}{place[1]}" if place else None


def _place(text: str) -> Place | None:
    """Where a page begins; None for one that cannot be read, which is the first."""
    at, _separator, key = text.partition(SEPARATOR)
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (when, key) if when.tzinfo and is_storable(key) else None

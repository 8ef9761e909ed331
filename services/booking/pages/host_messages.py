"""A host writes to everybody of a meal: write, look at it, send it once; and what was written before."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.complaints import InvalidInput
from services.booking.domain.errors import AlreadySent, MealBegun, MealCancelled, NobodyToWriteTo
from services.booking.domain.host_messages import MOST_CHARACTERS, cost
from services.booking.domain.once import once
from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.pages.forms import typed
from services.booking.pages.problems import problem_of
from services.booking.pages.stale import comes_back
from services.booking.pages.words import complaint
from services.booking.use_cases.write_to_guests import Draft, look_at_messages, preview, write_to_guests
from shared.contracts.host_message import Audience, as_sms
from shared.web.language import gettext as _
from shared.web.language import ngettext

blueprint = Blueprint("host_messages", __name__, template_folder="templates", url_prefix="/table/<sitting_id>/message")

LONGEST_TYPED = 4000  # characters that are shown again


@blueprint.get("")
def form(sitting_id: str) -> str:
    """What is to be said, and to whom."""
    return _page(sitting_id, {"words": "", "audience": "everybody", "urgent": "", "form_token": uuid4().hex}, {})


@blueprint.post("/preview")
def look(sitting_id: str) -> str | tuple[str, int]:
    """How it would be read, how many it reaches, and what that costs."""
    return _checked(sitting_id) or _page(sitting_id, _typed(), {})


@blueprint.post("/back")
def back(sitting_id: str) -> str:
    """Change what was written."""
    return _page(sitting_id, _typed(), {})


@blueprint.post("")
def send(sitting_id: str) -> Response | str | tuple[str, int]:
    """Send it, once for each form."""
    staff, sent = coordinator(), _typed()
    key = once("host message", sent["form_token"] or uuid4().hex, sitting_id, sent["words"], sent["audience"])
    try:
        with desk().service.work() as work:
            draft = write_to_guests(
                work,
                staff,
                sitting_id,
                sent["words"],
                key,
                audience=_audience(),
                urgent=bool(sent["urgent"]),
                links=desk().links,
                sms=desk().sms,
            )
    except AlreadySent:
        flash(_("This form was already sent. What it said is in the list below."), "warn")
    except (InvalidInput, NobodyToWriteTo, MealBegun, MealCancelled):
        return _checked(sitting_id) or _page(sitting_id, sent, {})
    else:
        _tell_how_many(draft)
    return redirect(url_for("host_messages.form", sitting_id=sitting_id), 303)


@comes_back("host_messages.look", "host_messages.back", "host_messages.send")
def write_again(sitting_id: str) -> str:
    """The form with what was written."""
    return _page(sitting_id, _typed(), {})


def _tell_how_many(draft: Draft) -> None:
    by_letter, by_voice = len(draft.to.by_letter), len(draft.to.by_voice)
    if by_letter:
        flash(ngettext("%(num)d person is being written to.", "%(num)d people are being written to.", by_letter))
    if by_voice:
        flash(
            ngettext(
                "%(num)d person is to be called: see “To phone”.",
                "%(num)d people are to be called: see “To phone”.",
                by_voice,
            ),
            "warn",
        )


def _checked(sitting_id: str) -> str | tuple[str, int]:
    """The preview of what was typed; or the form again, with what is wrong."""
    staff, sent = coordinator(), _typed()
    try:
        draft = preview(
            desk().service, staff, sitting_id, _audience(), sent["words"], links=desk().links, sms=desk().sms
        )
    except InvalidInput as error:
        return _page(sitting_id, sent, {field: complaint(said) for field, said in error.complaints.items()}), 422
    except (NobodyToWriteTo, MealBegun, MealCancelled) as error:
        return _page(sitting_id, sent, {"audience": problem_of(error).title}), 422
    sitting, _written, _now = look_at_messages(desk().service, staff, sitting_id)
    price = desk().sms_price
    return render_template(
        "host_message_preview.html",
        staff=staff,
        sitting=sitting,
        draft=draft,
        sms=as_sms(sitting.cantine.name, draft.words) if draft.to.by_sms else "",
        cost=cost(draft.parts, len(draft.to.by_sms), price) if price is not None else None,
        values=sent,
    )


def _page(sitting_id: str, values: Mapping[str, str], errors: Mapping[str, str]) -> str:
    staff = coordinator()
    sitting, written, now = look_at_messages(desk().service, staff, sitting_id)
    return render_template(
        "host_message.html",
        staff=staff,
        sitting=sitting,
        written=written,
        is_open=sitting.status.value != "cancelled" and now < sitting.starts_at,
        values=values,
        errors=errors,
        audiences=_audiences(),
        most=MOST_CHARACTERS,
    )


def _audiences() -> list[tuple[str, str]]:
    return [
        (Audience.EVERYBODY.value, _("everybody who has booked, those who wait included")),
        (Audience.COMING.value, _("who comes")),
        (Audience.COOKS.value, _("who cooks, and the party with them")),
        (Audience.WAITING.value, _("who waits")),
    ]


def _audience() -> Audience:
    asked = request.form.get("audience", "")
    return Audience(asked) if asked in set(Audience) else Audience.EVERYBODY


def _typed() -> dict[str, str]:
    """What was typed, to be shown again: the words with their lines."""
    words = request.form.get("words", "")[:LONGEST_TYPED]
    return {
        "words": "".join(c for c in words if c.isprintable() or c in "\r\n\t"),
        "audience": _audience().value,
        "urgent": "1" if request.form.get("urgent") == "1" else "",
        **typed(request.form, ["form_token"]),
    }

"""A booking's own page, behind its secret link: what became of it, another party, cancelling."""

from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from services.booking.domain.company import COMPANY_FIELDS, Greeting, first_name
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.errors import NotVerified, PartyTooLarge
from services.booking.domain.membership import may_say
from services.booking.domain.needs import NONE, Needs
from services.booking.domain.parties import MOST_PEOPLE, PARTY_FIELDS, grows
from services.booking.domain.preferences import LATE_BY, Preferences, has_both_ways, may_run_late
from services.booking.domain.proxy import is_read_by_guest, may_pass_on
from services.booking.domain.sittings import largest_party, seats_for, takes_bookings
from services.booking.pages.desk import desk
from services.booking.pages.forms import company_in, party_in, typed
from services.booking.pages.made_here import has_told
from services.booking.pages.needs_form import needs_facts
from services.booking.pages.own_calendar import is_expected
from services.booking.pages.stale import comes_back
from services.booking.pages.words import complaint, span
from services.booking.use_cases.answer_offer import answer_offer
from services.booking.use_cases.cancel import cancel
from services.booking.use_cases.change_party import change
from services.booking.use_cases.hear_replies import say_coming
from services.booking.use_cases.look import Seen, look
from services.booking.use_cases.look_at_twins import twins_of
from services.booking.use_cases.persons import agree_to_cook, may_call, no_longer_cook
from services.booking.use_cases.prefer import prefer, run_late
from services.booking.use_cases.tell_company import others_at_table, tell_company
from services.booking.use_cases.tell_needs import needs_of
from services.booking.use_cases.thank import no_more_thanks
from services.booking.use_cases.usual_places import begin_usual, comes_again, usual_of
from shared.web import language
from shared.web.headers import keep_secret
from shared.web.language import gettext as _

blueprint = Blueprint("booking", __name__, url_prefix="/b/<token>", template_folder="templates")

SOON, LATER, NOW_AND_THEN = 1, 5, 15  # seconds between two looks of the page
PATIENCE = 30  # seconds after which checking is looked at less often
blueprint.after_request(keep_secret)


@blueprint.get("")
def show(token: str) -> str | AnyResponse:
    """The booking. The link in an e-mail says besides `by` which way it came; the version before passes over that."""
    if surer := desk().surer_token(token, request.args.get("by", "")):
        asked = [(name, value) for name, value in request.args.items() if name != "by"]
        return redirect(f"{url_for('booking.show', token=surer)}?{urlencode(asked)}")
    seen = look(desk().service, desk().booking_of(token))
    return _page(token, seen, _party_of(seen), {})


@blueprint.get("/status")
def status(token: str) -> Response:
    """What became of it: for the page, which asks again and again. Nothing if it has seen that already."""
    seen = look(desk().service, desk().booking_of(token))
    if request.args.get("seen") == _words(seen):
        return make_response("", 204)
    by_guest = _is_read_by_guest(seen, from_letter=desk().is_from_letter(token))
    return make_response(render_template("status.html", token=token, **_facts(seen, by_guest=by_guest)))


@blueprint.get("/party")
@blueprint.get("/accept")
@blueprint.get("/decline")
@blueprint.get("/cancel")
@blueprint.get("/coming")
@blueprint.get("/cook-calls")
@blueprint.get("/usual")
@blueprint.get("/letters")
@blueprint.get("/late")
@blueprint.get("/no-thanks")
@blueprint.get("/company")
def back(token: str) -> AnyResponse:
    """These addresses only receive forms; who opens one, as mail scanners do, finds the booking and answers nothing."""
    return redirect(url_for("booking.show", token=token))


@blueprint.post("/party")
def change_party(token: str) -> AnyResponse | tuple[str, int]:
    """Wish another party."""
    booking_id = desk().booking_of(token)
    try:
        fewer = change(desk().service, desk().voice, booking_id, party_in(request.form))
    except InvalidInput as error:
        complaints = error.complaints
    except PartyTooLarge:
        complaints = {"people": Complaint.PARTY_TOO_LARGE}
    else:
        if fewer.companions or (fewer.needs and is_guests(token)):  # no proxy sees whether a guest told something
            flash(_fewer(of_others=is_proxys(token)), "warn")
        return redirect(url_for("booking.show", token=token), 303)
    return _page(token, look(desk().service, booking_id), typed(request.form, PARTY_FIELDS), complaints), 422


def _fewer(*, of_others: bool) -> str:
    if of_others:
        return _("Fewer come: so is fewer what you told of who comes along. Is it still right? It is below.")
    return _("You are fewer: so is what you told of who comes along. Is it still right? It is below.")


@blueprint.post("/cancel")
def give_up(token: str) -> AnyResponse:
    """Cancel for ever."""
    cancel(desk().service, desk().voice, desk().booking_of(token))
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/coming")
def coming(token: str) -> AnyResponse:
    """Say that they come."""
    say_coming(desk().service, desk().booking_of(token))
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/accept")
def accept(token: str) -> AnyResponse:
    """Say yes to the places that are kept."""
    answer_offer(desk().service, desk().voice, desk().booking_of(token), accepted=True)
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/decline")
def decline(token: str) -> AnyResponse:
    """Say no to them, and leave the waiting list."""
    answer_offer(desk().service, desk().voice, desk().booking_of(token), accepted=False)
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/cook-calls")
def cook_calls(token: str) -> AnyResponse:
    """Call me when cooks are missing, or no longer. Only for who is known by the link of a letter."""
    booking_id, sms = desk().booking_of(token), desk().sms
    _check_guest_came_by_letter(token)
    if request.form.get("calls") == "1":
        agree_to_cook(desk().service, desk().voice, booking_id, sms=sms)
        flash(_("Thank you! We write to you when cooks are missing."))
    elif request.form.get("calls") == "0":
        no_longer_cook(desk().service, desk().voice, booking_id, sms=sms)
        flash(_("We no longer call you when cooks are missing."))
    else:
        flash(_("Nothing was changed: the box was not ticked."), "warn")
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/usual")
def every_week(token: str) -> AnyResponse:
    """Every week from now on. Only for who is known by the link of a letter."""
    booking_id = desk().booking_of(token)
    _check_guest_came_by_letter(token)
    next_days = begin_usual(desk().service, desk().voice, booking_id, sms=desk().sms)
    if next_days:
        days = ", ".join(language.current().day(one) for one in next_days)
        flash(_("Your place is kept every week from now on, next on %(days)s. We write to you each time.", days=days))
    else:
        flash(_("Your place is kept every week from now on. We write to you each time."))
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/letters")
def letters(token: str) -> AnyResponse:
    """How they want to be written to, if letters go to who says it: no proxy silences those to a guest."""
    proxy = look(desk().service, desk().booking_of(token)).booking.proxy
    if not (is_guests(token) or (proxy and proxy.reached)):
        raise NotVerified
    read = request.form.get("language", ""), language.codes()
    by_letter = desk().is_from_letter(token)
    prefer(desk().service, desk().voice, desk().booking_of(token), _preferences(token), read, by_letter=by_letter)
    flash(_("Saved. It holds for all letters about this booking."))
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/late")
def late(token: str) -> AnyResponse:
    """They come later than the others."""
    minutes = request.form.get("minutes", -1, type=int)
    run_late(desk().service, desk().booking_of(token), minutes)
    if minutes:
        flash(_("Thank you for telling us: the host sees it."))
    elif is_proxys(token):
        flash(_("Good: the host expects them in time."))
    else:
        flash(_("Good: the host expects you in time."))
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/company")
def company(token: str) -> AnyResponse | tuple[str, int]:
    """Who comes along, and what the others at the table may know of me."""
    booking_id, form = desk().booking_of(token), request.form
    by_guest = is_guests(token)
    try:
        tell_company(desk().service, booking_id, lambda one: company_in(form, one, by_guest=by_guest))
    except InvalidInput as error:
        seen = look(desk().service, booking_id)
        wrong = _said(error.complaints, of_others=is_proxys(token))
        told = {"company": typed(form, COMPANY_FIELDS), "company_wrong": wrong}
        return _page(token, seen, _party_of(seen), {}, told), 422
    flash(_("Saved."))
    return redirect(url_for("booking.show", token=token), 303)


@blueprint.post("/no-thanks")
def no_thanks(token: str) -> AnyResponse:
    """They wish for no word after this meal, nor after the others that they have booked."""
    no_more_thanks(desk().service, desk().voice, desk().booking_of(token))
    flash(_("We no longer write to you after meals. You are as welcome as ever!"))
    return redirect(url_for("booking.show", token=token), 303)


@comes_back("booking.change_party")
def change_party_again(token: str) -> str:
    """The page with the party that was wished."""
    seen = look(desk().service, desk().booking_of(token))
    return _page(token, seen, typed(request.form, PARTY_FIELDS), {}, {"opens": "party"})


@comes_back("booking.company")
def company_again(token: str) -> str:
    """The page with what was told of who comes along."""
    seen = look(desk().service, desk().booking_of(token))
    told = {"company": typed(request.form, COMPANY_FIELDS), "opens": "company"}
    return _page(token, seen, _party_of(seen), {}, told)


@comes_back("booking.letters")
def letters_again(token: str) -> str:
    """The page with how they want to be written to."""
    seen = look(desk().service, desk().booking_of(token))
    said = {"prefers": _preferences(token), "reads": typed(request.form, ["language"])["language"], "opens": "letters"}
    return _page(token, seen, _party_of(seen), {}, said)


def show_again(token: str, form: MultiDict[str, str], complaints: Mapping[str, Complaint]) -> str:
    """The page with what a guest wrote of what they do not eat, and what is wrong with it."""
    seen = look(desk().service, desk().booking_of(token))
    told = _told_to(seen, by_guest=is_guests(token))
    facts = needs_facts(told, form, complaints, of_others=is_proxys(token))
    return _page(token, seen, _party_of(seen), {}, {**facts, "opens": "needs"})


def member_again(token: str, *, said: bool) -> str:
    """The page with what was ticked of the association."""
    seen = look(desk().service, desk().booking_of(token))
    return _page(token, seen, _party_of(seen), {}, {"is_member": said, "opens": "member"})


def _told_to(seen: Seen, *, by_guest: bool) -> Needs:
    """What was told, for its guest alone: a proxy does not see whether something was."""
    return needs_of(desk().service, seen.booking.id) if by_guest else NONE


def is_guests(token: str) -> bool:
    """Whether who opens this page is its guest, and no proxy."""
    seen = look(desk().service, desk().booking_of(token))
    return _is_read_by_guest(seen, from_letter=desk().is_from_letter(token))


def is_proxys(token: str) -> bool:
    """Whether who opens this page is who booked for its guest."""
    one = look(desk().service, desk().booking_of(token)).booking
    return may_pass_on(one.proxy, by_guest=is_guests(token), erased=one.erased)


def _is_read_by_guest(seen: Seen, *, from_letter: bool) -> bool:
    one = seen.booking
    return is_read_by_guest(one.proxy, from_letter=from_letter, partner=one.partner, erased=one.erased)


def _check_guest_came_by_letter(token: str) -> None:
    """By one that went the way by which they are known elsewhere. Raises NotVerified."""
    one = look(desk().service, desk().booking_of(token)).booking
    if not desk().is_verified(token, one) or not is_guests(token):
        raise NotVerified


def _preferences(token: str) -> Preferences:
    form = request.form
    return Preferences(
        by_sms=desk().sms and form.get("way") == "sms",
        reminders=form.get("reminders") != "0",
        quiet=form.get("quiet") == "1",
        morning_sms=desk().sms and form.get("reminders") == "2",
        thanks=form.get("thanks") == "1" and is_guests(token),
    )


def _said(complaints: Mapping[str, Complaint], *, of_others: bool) -> dict[str, str]:
    return {field: complaint(said, of_others=of_others) for field, said in complaints.items()}


def _company_of(seen: Seen) -> dict[str, object]:
    """What was told of who comes along, as its form shows it."""
    told = seen.booking.company
    values = {"companions": ", ".join(told.companions), "shows_name": told.shows_name}
    greeting = {one.value: told.greeting is one for one in Greeting}
    return {"company": values | greeting, "company_wrong": {}}


def _party_of(seen: Seen) -> dict[str, object]:
    party = seen.booking.party
    return {"people": party.seats, "cooks": party.cooks, "children": party.children}


def _page(
    token: str,
    seen: Seen,
    values: Mapping[str, object],
    complaints: Mapping[str, Complaint],
    again: Mapping[str, object] | None = None,
) -> str:
    """The page; `again` is what was sent with another of its forms, and what is wrong with it."""
    from_letter = desk().is_from_letter(token)
    by_guest = _is_read_by_guest(seen, from_letter=from_letter)
    is_known = desk().is_verified(token, seen.booking)
    verified = by_guest and is_known
    called = may_call(desk().service, seen.booking, seen.sitting, sms=desk().sms) if verified else None
    usual = usual_of(desk().service, seen.booking, seen.sitting, sms=desk().sms) if verified else None
    twins = twins_of(desk().service, seen.booking) if is_known and seen.stands else []
    largest = largest_party(seen.sitting, seen.booking.partner) if seen.sitting else None
    for_guest = may_pass_on(seen.booking.proxy, by_guest=by_guest, erased=seen.booking.erased)
    return render_template(
        "booking.html",
        token=token,
        values=values,
        errors={field: complaint(said, largest, of_others=for_guest) for field, said in complaints.items()},
        most=MOST_PEOPLE,
        largest=largest,
        by_guest=by_guest,
        by_letter=from_letter,
        may_pass_on=for_guest,
        told_here=has_told(seen.booking.id) and not by_guest,
        may_say_member=may_say(seen.booking, by_guest=by_guest),
        sms=desk().sms,
        verified=verified,
        twins=[(one.party, desk().verified_token(one)) for one in twins],
        called=called,
        usual=usual,
        comes_again=verified and seen.sitting is not None and comes_again(desk().service, seen.sitting),
        usual_token=desk().usual_token(usual.id) if usual else None,
        offers_morning=_offers_morning(seen),
        ways=desk().sms and has_both_ways(seen.booking.contact),
        may_run_late=may_run_late(seen.sitting, seen.now),
        late_by=LATE_BY,
        languages=[(choice.code, choice.name) for choice in language.choices()],
        asks_cancel=_asks_cancel(seen),
        first_name=first_name(seen.booking.contact.name or ""),
        others_here=others_at_table(desk().service, seen.booking) if by_guest else [],
        **{
            "opens": "",
            "prefers": seen.booking.preferences,
            "reads": seen.booking.contact.language,
            "is_member": seen.booking.membership,
            **_company_of(seen),
            **needs_facts(_told_to(seen, by_guest=by_guest)),
            **_facts(seen, by_guest=by_guest),
            **(again or {}),
        },
    )


def _asks_cancel(seen: Seen) -> bool:
    """Whether the guest followed the link of a letter by which one cancels (`skip`: of one of yesterday's software)."""
    return seen.stands and "1" in (request.args.get("cancel"), request.args.get("skip"))


def _offers_morning(seen: Seen) -> bool:
    """Whether the guest may wish for an SMS on the morning of the meal."""
    offered = seen.sitting is not None and seen.sitting.cantine.morning_sms
    return offered and desk().sms and seen.booking.contact.phone_to_write_to is not None


def _facts(seen: Seen, *, by_guest: bool) -> dict[str, object]:
    """What became of it; `guest` is the name of whom the page speaks of, if who booked for them reads it."""
    one = seen.booking
    told_of = may_pass_on(one.proxy, by_guest=by_guest, erased=one.erased)
    return {
        "guest": (one.contact.name or "") if told_of else "",
        "is_more": grows(seen.outcome.party, one.party),
        "booking": seen.booking,
        "became": seen.outcome,
        "sitting": seen.sitting,
        "place": seen.place,
        "others": seen.others,
        "is_over": seen.is_over,
        "stands": seen.stands,
        "may_ask_again": seen.may_ask_again,
        "may_book_again": one.partner is None and seen.sitting is not None and takes_bookings(seen.sitting, seen.now),
        "is_closed": seen.sitting is not None and seen.now >= seen.sitting.cutoff_at,
        "look_every": _look_every(seen),
        "words": _words(seen),
        "time_left": _time_left(seen),
        "asks_coming": seen.asks_coming or request.args.get("coming") == "1",
        "urges_coming": seen.urges_coming or request.args.get("coming") == "1",
        "room": seen.room and seen.room.value,
        "room_left": seats_for(seen.sitting, seen.booking) if seen.sitting else 0,
        "says_coming": seen.says_coming,
        "is_expected": is_expected(seen),
    }


def _look_every(seen: Seen) -> int | None:
    """How many seconds the page waits before it looks again, if anything can still change."""
    if seen.is_over:
        return None
    if seen.outcome.checking:
        waited = (seen.now - seen.booking.asked_at).total_seconds()
        return SOON if waited < PATIENCE else LATER
    return NOW_AND_THEN if seen.outcome.waiting or seen.outcome.offer else None


def _time_left(seen: Seen) -> str | None:
    """How long there is to answer an offer, in words; None if there is none, or its time is over."""
    offer = seen.outcome.offer
    return span(offer.until - seen.now) if offer and offer.until > seen.now else None


def _words(seen: Seen) -> str:
    """What the page shows, in short: to tell whether it changed."""
    meal = seen.sitting and seen.sitting.status
    when = (seen.is_over, seen.asks_coming, seen.says_coming, _look_every(seen), _time_left(seen))
    shown = (seen.outcome, seen.booking.party, seen.place, meal, when, seen.urges_coming, seen.room)
    return sha256(repr(shown).encode()).hexdigest()[:16]

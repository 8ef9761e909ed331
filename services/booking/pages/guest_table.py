"""The guests of a meal for spreadsheet programs, as far as a member of staff sees them."""

from collections.abc import Iterator, Mapping

from flask import Blueprint, Response

from services.booking.domain.guests import Guest
from services.booking.domain.membership import Known
from services.booking.domain.staff import Staff
from services.booking.pages.access import me
from services.booking.pages.desk import desk
from services.booking.pages.words import telephone
from services.booking.use_cases.look_at_table import Table, look_at_table
from shared.contracts.booking import BookingStatus
from shared.sheets import Cell, sheet
from shared.web import language
from shared.web.language import gettext as _

blueprint = Blueprint("guest_table", __name__, url_prefix="/table/<sitting_id>/guests.csv")


@blueprint.get("")
def download(sitting_id: str) -> Response:
    """The list of one meal; a helper finds in it what they find on the page."""
    staff = me()
    table = look_at_table(desk().service, staff, sitting_id)
    members = desk().register.among(staff, table.sitting, [one.booking for one in table.guests])
    response = Response("".join(sheet(_header(staff), _rows(table, members, staff), language.current())))
    response.mimetype = "text/csv"
    name = f"{_('guests')}-{table.sitting.date}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _header(staff: Staff) -> list[str]:
    header = [
        _("Name"),
        _("People"),
        _("Cooks"),
        _("Children"),
        _("State"),
        _("First visit"),
        _("Came"),
        _("Comes with"),
        _("Companions"),
    ]
    return [*header, _("Telephone"), _("E-mail"), _("Booked by"), _("Member until")] if staff.sees_names else header


def _rows(table: Table, members: Mapping[str, Known], staff: Staff) -> Iterator[list[Cell]]:
    partners, states = {one.id: one.name for one in table.sitting.partners}, _states()
    for guest in table.guests:
        party, booking = guest.became.party, guest.booking
        yield [
            guest.name or _("Name unknown"),
            party.seats,
            party.cooks,
            party.children,
            _("Being checked") if guest.became.checking else states[guest.became.status],
            _("yes") if booking.newcomer else None,
            table.marks.get(booking.id),
            partners.get(booking.partner or ""),
            ", ".join(guest.companions) or None,
            *_reached(guest, members.get(booking.id), staff),
        ]


def _reached(guest: Guest, known: Known | None, staff: Staff) -> list[Cell]:
    if not staff.sees_names:
        return []
    member_until = known.own.until if known and known.own else None
    return [telephone(guest.phone) if guest.phone else None, guest.email, guest.proxy, member_until]


def _states() -> dict[BookingStatus, str]:
    return {
        BookingStatus.REQUESTED: _("Being checked"),
        BookingStatus.CONFIRMED: _("Confirmed"),
        BookingStatus.OFFERED: _("Asked"),
        BookingStatus.WAITLISTED: _("Waiting list"),
        BookingStatus.CANCELLED: _("Cancelled late"),
        BookingStatus.REFUSED: _("Full"),
    }

"""The staff of my cantines: invite, change, let go, and open the check-in on a tablet."""

from dataclasses import dataclass

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.cantines import FlawedCantine, mailbox
from services.capacity.domain.staff import KnownAlready, Staff, may_change, roles_to_give
from services.capacity.pages import staff_words
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.ask_to_sign_in import ask_to_sign_in
from services.capacity.use_cases.look import find_cantines
from services.capacity.use_cases.manage_staff import change, find_colleague, invite, let_go, look_at_team
from services.capacity.use_cases.open_tablet import open_tablet
from shared.contracts.staff import StaffRole
from shared.text import is_storable
from shared.web import language
from shared.web.language import gettext as _

blueprint = Blueprint("staff", __name__, template_folder="templates", url_prefix="/coordination/staff")

LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed about somebody, to be shown again."""

    name: str
    email: str
    language: str
    role: str
    cantines: frozenset[str]


@blueprint.get("/")
def team() -> str:
    """Everybody who looks after my cantines, and what was done about them lately."""
    mine = me()
    seen = look_at_team(desk().service, mine)
    named = {slug for one in (mine, *seen.people) for slug in one.cantines}
    named |= {slug for done in seen.deeds for slug in done.cantines}
    cantines = find_cantines(desk().service, named)
    return render_template(
        "team.html",
        team=seen,
        me=mine,
        cantines=cantines,
        choices=[(slug, cantines[slug].name) for slug in mine.cantines],
        zone=cantines[mine.cantines[0]].zone if mine.cantines else "UTC",
        may_change=may_change,
        default_name=_("Tablet at the door"),
    )


@blueprint.get("/new")
def blank() -> str:
    """An empty invitation."""
    return _invitation(Typed(name="", email="", language="fr", role=StaffRole.COORDINATOR, cantines=frozenset()), {})


@blueprint.post("/new")
def invite_one() -> Response | tuple[str, int]:
    """Take somebody in, and send them a link."""
    mine, typed = me(), _typed()
    errors = _errors(typed, mine)
    if not errors:
        try:
            with desk().service.work() as work:
                person = invite(
                    work,
                    mine,
                    email=mailbox(typed.email),
                    name=typed.name,
                    language=typed.language,
                    role=StaffRole(typed.role),
                    cantines=typed.cantines,
                )
                ask_to_sign_in(work, person.email or "", desk().links, desk().settings.public_url)
        except KnownAlready:
            errors = {"email": _("Somebody with this address is on a team already.")}
        except FlawedCantine:
            errors = {"email": _("Please write an e-mail address, such as camille@example.org.")}
    if errors:
        return _invitation(typed, errors), 422
    flash(_("%(name)s is on the team. A link to sign in is on its way to them.", name=typed.name))
    return redirect(url_for("staff.team"), 303)


@comes_back("staff.invite_one")
def invitation_again() -> str:
    """The invitation that was typed."""
    return _invitation(_typed(), {})


@blueprint.get("/<staff_id>")
def colleague(staff_id: str) -> str:
    """Somebody's role and cantines, to be changed."""
    found = find_colleague(desk().service, me(), staff_id)
    return _colleague(found, found.role, frozenset(found.cantines), {})


@blueprint.post("/<staff_id>")
def change_one(staff_id: str) -> Response | tuple[str, int]:
    """Give somebody another role, or other cantines of mine."""
    mine, typed = me(), _typed()
    found = find_colleague(desk().service, mine, staff_id)
    errors = _errors_of_role(typed, mine)
    if errors:
        return _colleague(found, typed.role, typed.cantines, errors), 422
    with desk().service.work() as work:
        change(work, mine, staff_id, role=StaffRole(typed.role), cantines=typed.cantines)
    flash(_("That is noted. It holds at once, in every session of theirs."))
    return redirect(url_for("staff.team"), 303)


@comes_back("staff.change_one")
def colleague_again(staff_id: str) -> str:
    """The role and cantines that were chosen for somebody."""
    typed = _typed()
    return _colleague(find_colleague(desk().service, me(), staff_id), typed.role, typed.cantines, {})


@blueprint.post("/<staff_id>/remove")
def remove(staff_id: str) -> Response:
    """Take my cantines away from somebody."""
    with desk().service.work() as work:
        let_go(work, me(), staff_id)
    flash(_("They no longer look after your canteens, and are signed out everywhere."))
    return redirect(url_for("staff.team"), 303)


@blueprint.post("/tablet")
def tablet() -> Response | tuple[str, int]:
    """A code that opens the check-in on a tablet."""
    mine, cantine = me(), request.form.get("cantine", "")
    name = _one_line(request.form.get("tablet", "")) or _("Tablet at the door")
    if cantine not in mine.cantines or not is_storable(name):
        flash(_("Please choose one of your canteens."), "warn")
        return redirect(url_for("staff.team"), 303)
    with desk().service.work() as work:
        code = open_tablet(work, mine, cantine=cantine, name=name[:LONGEST_NAME])
    return make_response(render_template("tablet_code.html", code=code))


def _invitation(typed: Typed, errors: dict[str, str]) -> str:
    mine = me()
    return render_template(
        "invitation.html",
        typed=typed,
        errors=errors,
        roles=[(role.value, staff_words.role(role)) for role in roles_to_give(mine.role)],
        cantines=find_cantines(desk().service, mine.cantines),
        languages=[(choice.code, choice.name) for choice in language.choices()],
        longest=LONGEST_NAME,
    )


def _colleague(found: Staff, role: str, cantines: frozenset[str], errors: dict[str, str]) -> str:
    mine = me()
    return render_template(
        "colleague.html",
        person=found,
        role=role,
        chosen=cantines,
        errors=errors,
        roles=[(one.value, staff_words.role(one)) for one in roles_to_give(mine.role)],
        cantines=find_cantines(desk().service, mine.cantines),
    )


def _typed() -> Typed:
    form = request.form
    return Typed(
        name=_one_line(form.get("name", "")),
        email=form.get("email", "").strip()[:320],
        language=form.get("language", ""),
        role=form.get("role", ""),
        cantines=frozenset(form.getlist("cantines")),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _errors(typed: Typed, mine: Staff) -> dict[str, str]:
    errors = {}
    if not typed.name or not is_storable(typed.name) or len(typed.name) > LONGEST_NAME:
        errors["name"] = _("Please write a name, of at most %(most)d characters.", most=LONGEST_NAME)
    if not is_storable(typed.email) or "@" not in typed.email:
        errors["email"] = _("Please write an e-mail address, such as camille@example.org.")
    if typed.language not in {choice.code for choice in language.choices()}:
        errors["language"] = _("Please choose from the list.")
    return errors | _errors_of_role(typed, mine)


def _errors_of_role(typed: Typed, mine: Staff) -> dict[str, str]:
    errors = {}
    if typed.role not in {role.value for role in roles_to_give(mine.role)}:
        errors["role"] = _("Please choose from the list.")
    elif typed.role != StaffRole.ADMINISTRATOR and not typed.cantines:
        errors["cantines"] = _("Please choose one of your canteens.")
    if typed.cantines - set(mine.cantines):
        errors["cantines"] = _("Please choose one of your canteens.")
    return errors

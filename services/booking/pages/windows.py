"""What my cantines tell of themselves: their texts, their place on the map, their photos."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.cantine_pages import ACCESS, LONGEST, WORDS, CantinePage, cantine_page_of
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.photos import LARGEST_UPLOAD, MOST, NoPicture, Picture
from services.booking.domain.staff import Staff
from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.pages.stale import comes_back
from services.booking.pages.words import complaint
from services.booking.use_cases.pictures import remade
from services.booking.use_cases.tell_of_cantine import (
    look_at_my_cantines,
    look_at_what_is_told,
    show_photo,
    take_photo_away,
    tell,
)
from shared.contracts.sitting import Cantine
from shared.web.language import gettext as _

blueprint = Blueprint("windows", __name__, template_folder="templates", url_prefix="/table/window")

FORM_AROUND = 64 * 1024  # bytes of an upload that are not the photo


@blueprint.url_value_preprocessor
def take_larger_forms(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """A photo is larger than any form; this is asked before the form is read."""
    if endpoint == "windows.add":
        request.max_content_length = LARGEST_UPLOAD + FORM_AROUND


@blueprint.get("")
def show() -> str:
    """My cantines."""
    staff = coordinator()
    return render_template("windows.html", cantines=look_at_my_cantines(desk().service, staff), staff=staff)


@blueprint.get("/<slug>")
def edit(slug: str) -> str:
    """What one of them tells; with the words of another of mine (`like`) it is a beginning, not yet kept."""
    staff, cantine = _mine(slug)
    page, _photos = look_at_what_is_told(desk().service, slug)
    if like := request.args.get("like"):
        _mine(like)
        page = replace(look_at_what_is_told(desk().service, like)[0], place=page.place)
    return _page(staff, cantine, _shown(page))


@blueprint.post("/<slug>")
def keep(slug: str) -> Response | tuple[str, int]:
    """Tell it so."""
    staff, cantine = _mine(slug)
    try:
        page = cantine_page_of(_typed())
    except InvalidInput as error:
        return _page(staff, cantine, _typed(), error.complaints), 422
    tell(desk().service, slug, page)
    flash(_("Saved. This is how everybody sees it now."))
    return redirect(url_for("cantines.show", slug=slug), 303)


@comes_back("windows.keep")
def keep_again(slug: str) -> str:
    """The form with what was written there."""
    return _page(*_mine(slug), _typed())


@blueprint.post("/<slug>/photos")
def add(slug: str) -> Response | tuple[str, int]:
    """Show one more photo."""
    staff, cantine = _mine(slug)
    described = request.form.get("description", "")
    try:
        consent = request.form.get("consent") == "1"
        show_photo(desk().service, slug, _uploaded(), described, consent=consent)
    except InvalidInput as error:
        page, _photos = look_at_what_is_told(desk().service, slug)
        return _page(staff, cantine, _shown(page) | {"description": described}, error.complaints), 422
    flash(_("The photo is on your page."))
    return redirect(url_for("windows.edit", slug=slug) + "#photos", 303)


@comes_back("windows.add")
def add_again(slug: str) -> str:
    """The form with how the photo was described; the photo itself has to be chosen again."""
    page, _photos = look_at_what_is_told(desk().service, slug)
    return _page(*_mine(slug), _shown(page) | {"description": request.form.get("description", "")})


@blueprint.post("/<slug>/photos/<photo>/remove")
def remove(slug: str, photo: str) -> Response:
    """Show a photo no longer."""
    _mine(slug)
    take_photo_away(desk().service, slug, photo)
    flash(_("The photo is gone."))
    return redirect(url_for("windows.edit", slug=slug) + "#photos", 303)


def _mine(slug: str) -> tuple[Staff, Cantine]:
    staff = coordinator()
    for cantine in look_at_my_cantines(desk().service, staff):
        if cantine.slug == slug:
            return staff, cantine
    abort(404)


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in (*WORDS, *ACCESS, "place")}


def _uploaded() -> Picture:
    """The photo in the form, made anew. Raises InvalidInput."""
    upload = request.files.get("photo")
    if upload is None or not upload.filename:
        raise InvalidInput({"photo": Complaint.PHOTO_MISSING})
    try:
        with closing(upload):
            return remade(upload.stream)
    except NoPicture as error:
        raise InvalidInput({"photo": Complaint.PHOTO_WRONG}) from error


def _shown(page: CantinePage) -> dict[str, str]:
    """The page as its form shows it."""
    answers = {True: "yes", False: "no", None: ""}
    place = f"{page.place.north}, {page.place.east}" if page.place else ""
    texts = {name: getattr(page, name) for name in WORDS}
    return texts | {name: answers[getattr(page, name)] for name in ACCESS} | {"place": place}


def _page(
    staff: Staff, cantine: Cantine, values: Mapping[str, str], complaints: Mapping[str, Complaint] | None = None
) -> str:
    _told, photos = look_at_what_is_told(desk().service, cantine.slug)
    return render_template(
        "window.html",
        staff=staff,
        cantine=cantine,
        values={"description": "", **values},
        errors={field: complaint(said) for field, said in (complaints or {}).items()},
        photos=photos,
        others=[(one.slug, one.name) for one in look_at_my_cantines(desk().service, staff) if one != cantine],
        most=MOST,
        longest=LONGEST,
    )

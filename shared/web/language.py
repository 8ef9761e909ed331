"""The language of a request: asked for in the address (and then remembered), remembered, the browser's, or French."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, urlencode

from babel import Locale
from flask import Flask, Response, current_app, g, has_request_context, request
from werkzeug.local import LocalProxy

from shared.languages import DEFAULT, Language, Languages

COOKIE = "tablee_language"
_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A language that the page could be read in, named in itself, with the address of the page in it."""

    code: str
    name: str
    href: str
    chosen: bool


def current() -> Language:
    """The language of this request (outside of one: French)."""
    if not has_request_context():
        return _languages()[DEFAULT]
    if "language" not in g:
        g.language = _languages()[_wanted()]
    return cast(Language, g.language)


def gettext(text: str, **values: object) -> str:
    """The text in the language of this request."""
    return current().gettext(text, **values)


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """The text for a count, in the language of this request."""
    return current().ngettext(one, many, n, **values)


def codes() -> tuple[str, ...]:
    """The codes of all languages in which this application speaks."""
    return _languages().codes


def choices() -> list[Choice]:
    """The languages this page could be read in."""
    path = address_of_this_page()
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"] if path else []
    return [
        Choice(
            code=code,
            name=(Locale.parse(code).get_display_name() or code).capitalize(),
            href=f"{path or '/'}?{urlencode([*kept, ('lang', code)])}",
            chosen=code == current().code,
        )
        for code in _languages().codes
    ]


def address_of_this_page() -> str | None:
    """The path of this page, if it can be opened with GET (what answers a form may have a path of its own)."""
    if request.routing_exception is not None:
        return None
    adapter = current_app.create_url_adapter(request)
    opens = adapter is not None and "GET" in adapter.allowed_methods(request.path)
    return quote(request.path) if opens else None


def install(app: Flask, languages: Languages) -> None:
    """Pages and templates of the application speak these languages."""

    def remember(response: Response) -> Response:
        if request.endpoint == "static":
            return response
        if "language" in g:  # the answer has words
            response.headers["Content-Language"] = current().code
            response.vary.update(("Accept-Language", "Cookie"))
        asked = request.args.get("lang")
        if asked in languages.codes:
            secure = bool(app.config["SESSION_COOKIE_SECURE"])
            response.set_cookie(COOKIE, asked, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=secure)
        return response

    app.extensions["tablee.languages"] = languages
    app.jinja_env.globals.update(
        _=gettext, gettext=gettext, ngettext=ngettext, language=LocalProxy(current), language_choices=choices
    )
    app.context_processor(_words)
    app.after_request(remember)


def _words() -> dict[str, object]:
    """The words of the request, which a long page asks for hundreds of times, looked up once. What knows no context (a
    macro imported without it) looks them up itself.
    """
    spoken = current()
    return {"_": spoken.gettext, "gettext": spoken.gettext, "ngettext": spoken.ngettext, "language": spoken}


def _languages() -> Languages:
    return cast(Languages, current_app.extensions["tablee.languages"])


def _wanted() -> str:
    codes = _languages().codes
    for code in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if code in codes:
            return code
    spoken = (tag.split("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((code for code in spoken if code in codes), DEFAULT)

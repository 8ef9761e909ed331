"""Every kind of letter as its readers would see it, in each language and by each channel, with sample data."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from flask import Blueprint, Response, abort, make_response, render_template

from services.notifications.domain.letter import Channel, LetterKind
from services.notifications.domain.sending import Outgoing
from services.notifications.letters.samples import Scene, samples
from services.notifications.pages.access import administrator
from services.notifications.pages.desk import desk
from shared.gsm7 import Size, size_of
from shared.web import language
from shared.web.headers import policy

blueprint = Blueprint(
    "preview", __name__, url_prefix="/messages/preview", template_folder="templates", static_folder="static"
)

NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One sample, by the channels that its kind travels by."""

    language: str
    number: int
    email: Outgoing | None
    sms: Outgoing | None
    size: Size | None


@blueprint.get("")
def kinds() -> str:
    """All kinds."""
    administrator()
    return render_template("preview_kinds.html", kinds=list(LetterKind))


@blueprint.get("/<kind>")
def show(kind: str) -> Response:
    """The letters of a kind, in all languages."""
    administrator()
    one = _kind(kind)
    chosen = [(choice, list(_previews(one, choice.code))) for choice in language.choices()]
    response = make_response(render_template("preview.html", kind=one, languages=chosen))
    response.headers["Content-Security-Policy"] = policy(frame_src="'self'")
    return response


@blueprint.get("/<kind>/<code>/<int:number>")
def html(kind: str, code: str, number: int) -> Response:
    """The HTML of one e-mail, for a frame in which nothing runs and no link leads anywhere."""
    administrator()
    letters = _written(_kind(kind), code, Channel.EMAIL) if code in language.codes() else []
    if number >= len(letters):
        abort(404)
    response = make_response(letters[number].html.replace("<head>", '<head><base target="_blank">', 1))
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    return response


def _previews(kind: LetterKind, code: str) -> Iterator[Preview]:
    emails, texts = _written(kind, code, Channel.EMAIL), _written(kind, code, Channel.SMS)
    for number, (email, sms) in enumerate(zip_longest(emails, texts)):
        yield Preview(language=code, number=number, email=email, sms=sms, size=size_of(sms.text) if sms else None)


def _written(kind: LetterKind, code: str, channel: Channel) -> list[Outgoing]:
    writer = desk().writer
    return [writer.compose(one) for one in samples(kind, Scene(language=code, channel=channel, site=writer.public_url))]


def _kind(name: str) -> LetterKind:
    try:
        return LetterKind(name)
    except ValueError:
        abort(404)

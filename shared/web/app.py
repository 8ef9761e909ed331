"""Makes the web application of one service, with all that the three have in common."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule

from shared.languages import languages_of
from shared.logs import get_logger
from shared.measures import Measures
from shared.messaging.service import Service
from shared.settings import CommonSettings
from shared.text import showable
from shared.web import assets, compression, correlation, errors, headers, health, language
from shared.web.session import SIGNED_IN_FOR, Sessions

HERE = Path(__file__).parent
LARGEST_BODY = 64 * 1024  # bytes; the longest form is far shorter

log = get_logger(__name__)


class LateRule(Rule):
    """Learns to build its address when it is first asked to. Werkzeug writes and compiles two functions for that at
    once, for each rule, which took more than half of the time to make an application.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        learn = partial(super()._compile_builder, append_unknown)
        learnt: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not learnt:
                learnt.append(learn())
            return learnt[0](rule, **values)

        return build


class WebApp(Flask):
    """Flask, but a crash is logged without the address, which may carry a secret link."""

    url_rule_class = LateRule
    session_interface = Sessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """None of ours is asynchronous, so none is asked, a dozen times in a request."""
        return func

    def log_exception(self, exc_info: object) -> None:
        log.error("A page raised.", exc_info=exc_info)


def make_app(
    import_name: str,
    settings: CommonSettings,
    service: Service,
    *,
    prefix: str,
    translations: Iterable[Path],
    measures: Measures = (),
) -> Flask:
    """A Flask application that lacks only the pages.

    `prefix` is where the service lives on the host ("" for the root). Forms are protected against forgery; an API that
    uses no session says so: `app.extensions["csrf"].exempt(blueprint)`.
    """
    prefix = prefix.rstrip("/")
    app = WebApp(import_name, static_folder=str(HERE / "static"), static_url_path=f"{prefix}/static")
    app.config.update(_configuration(settings))
    _prepare_templates(app, settings)
    compression.install(app)
    language.install(app, languages_of(HERE / "translations", *translations))
    correlation.install(app)
    headers.install(app, https=settings.public_url.startswith("https://"))
    errors.install(app, prefix)
    health.install(app, service, settings, prefix)
    assets.install(app, prefix)
    if settings.metrics:
        from shared.web import metrics  # noqa: PLC0415 - nobody else needs the library

        metrics.install(app, service, settings, measures)
    CSRFProtect(app)
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _configuration(settings: CommonSettings) -> dict[str, object]:
    newest, *older = settings.secret_keys
    return {
        "SECRET_KEY": newest,
        "SECRET_KEY_FALLBACKS": older,
        "SESSION_COOKIE_NAME": "tablee",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.public_url.startswith("https://"),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": SIGNED_IN_FOR,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "TRUSTED_HOSTS": sorted({urlsplit(settings.public_url).hostname or "localhost", "127.0.0.1", "localhost"}),
        "WTF_CSRF_SECRET_KEY": list(reversed(settings.secret_keys)),  # signed with the last, verified with all
        "WTF_CSRF_TIME_LIMIT": int(SIGNED_IN_FOR.total_seconds()),
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, which some browsers never send; token and SameSite suffice
    }


def _prepare_templates(app: Flask, settings: CommonSettings) -> None:
    loaders = [app.jinja_loader] if app.jinja_loader else []
    app.jinja_loader = ChoiceLoader([*loaders, FileSystemLoader(HERE / "templates")])
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["showable"] = showable
    app.jinja_env.globals.update(network_name=settings.network_name, demo=settings.demo)

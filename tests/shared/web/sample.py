"""A service with one page that uses everything the shared frame offers."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from shared.clock import DatabaseClock
from shared.database import Database
from shared.messaging.bell import LocalBell
from shared.messaging.service import Service
from shared.messaging.tables import messaging_tables
from shared.settings import CommonSettings
from shared.web.app import make_app
from shared.web.errors import Problem
from shared.web.session import SignedIn, sign_in, sign_out, signed_in

MARIE = SignedIn(staff="marie", name="Marie", cantines=("vaise", "perrache"))


def settings(database_url: str, **changes: Any) -> CommonSettings:
    values: dict[str, Any] = {
        "service": "booking",
        "database_url": database_url,
        "broker_url": "memory://",
        "secret_keys": ("a key of the sample that nobody may guess",),
        "public_url": "http://127.0.0.1:8240",
        "network_name": "Les Tablées",
        "queue_prefix": "sample",
        "demo": True,
    }
    return CommonSettings(**values | changes)


def sample(database_url: str, *, prefix: str = "", **changes: Any) -> Flask:
    """The sample's web application."""
    given = settings(database_url, **changes)
    tables = messaging_tables(sa.MetaData())
    service = Service(given.service, Database(database_url), DatabaseClock(), LocalBell(), tables)
    app = make_app(__name__, given, service, prefix=prefix, translations=[Path(__file__).parent / "translations"])
    _add_pages(app, service, prefix)
    return app


def _add_pages(app: Flask, service: Service, prefix: str) -> None:
    kept: list[str] = []

    @app.get(f"{prefix}/")
    def home() -> str:
        return render_template("sample.html", wrong={}, kept=kept)

    @app.post(f"{prefix}/")
    def keep() -> Response:
        kept.append(request.form["name"])
        flash(request.form["name"], "ok")
        return redirect(f"{prefix}/")

    @app.get(f"{prefix}/wrong")
    def wrong() -> str:
        return render_template("sample.html", wrong={"name": "Dites-nous votre nom.", "party": "De 1 à 20."}, kept=kept)

    @app.post(f"{prefix}/sign-in")
    def enter() -> str:
        sign_in(MARIE)
        return "in"

    @app.post(f"{prefix}/sign-out")
    def leave() -> str:
        sign_out()
        return "out"

    @app.get(f"{prefix}/me")
    def me() -> str:
        who = signed_in()
        return f"{who.staff} {' '.join(who.cantines)}" if who else "nobody"

    @app.get(f"{prefix}/b/<token>")
    def secret(token: str) -> str:
        raise RuntimeError("broken")

    @app.get(f"{prefix}/problem/<int:status>")
    def problem(status: int) -> str:
        raise Problem(status)

    @app.get("/api/v1/full")
    def full() -> str:
        raise Problem(409, "Complet", "Il n’y a plus de place.", errors={"party": ["Trop"]})

    @app.get(f"{prefix}/away")
    def away() -> str:
        with service.read() as conn:
            conn.execute(sa.text("SELECT 1"))
        return "here"

"""Stylesheet, scripts and pictures, addressed by their content so that browsers may keep them for ever."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

FOLDER = Path(__file__).parent / "static"


@lru_cache
def fingerprint(name: str) -> str:
    """A short hash of a static file. Raises FileNotFoundError."""
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


def install(app: Flask, prefix: str) -> None:
    """Templates have `asset(name)`; what is asked for with its hash may be kept."""

    def asset(name: str) -> str:
        return f"{prefix}/static/{name}?v={fingerprint(name)}"

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)

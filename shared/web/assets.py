"""Stylesheet, scripts and pictures, addressed by their content so that browsers may keep them for ever."""

import gzip
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

FOLDER = Path(__file__).parent / "static"
TEXTS = (".css", ".js", ".svg")  # pictures of other kinds are small as they are


@lru_cache
def fingerprint(name: str) -> str:
    """A short hash of a static file. Raises FileNotFoundError."""
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


@lru_cache
def compressed(name: str) -> bytes:
    """A static file as it travels, with no time of day in it. Raises FileNotFoundError."""
    return gzip.compress((FOLDER / name).read_bytes(), 9, mtime=0)


def install(app: Flask, prefix: str) -> None:
    """Templates have `asset(name)`; what is asked for with its hash may be kept, and travels compressed."""

    def asset(name: str) -> str:
        return f"{prefix}/static/{name}?v={fingerprint(name)}"

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            name = (request.view_args or {}).get("filename", "")
            if name.endswith(TEXTS):
                response.vary.add("Accept-Encoding")
                if request.accept_encodings["gzip"] > 0:
                    _compress(response, name)
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)


def _compress(response: Response, name: str) -> None:
    response.close()  # the file that it would have read
    response.direct_passthrough = False
    response.set_data(compressed(name))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("ETag", None)  # which names the file as it lies on the disk

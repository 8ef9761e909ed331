"""Answers to programs that fetch one address again and again: nothing is sent twice."""

from hashlib import sha256

from flask import Response, make_response, request

FRESH_FOR = 600  # seconds


def calendar(body: bytes) -> Response:
    """An iCalendar file, or `304` for a program that has this very one. It may be kept for ten minutes."""
    response = make_response(body)
    response.mimetype = "text/calendar"
    response.headers["Cache-Control"] = f"private, max-age={FRESH_FOR}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.set_etag(sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response

"""One id from the click to the letter, and one log line for each request, without query or personal data."""

import time

from flask import Flask, Response, g, request

from shared.logs import correlation, get_logger, new_correlation, set_correlation

log = get_logger("access")
QUIET = {"static", "alive", "ready"}


def install(app: Flask) -> None:
    """Each request has a fresh id, which logs, messages and the answer carry."""

    def begin() -> None:
        set_correlation(new_correlation())
        g.begun = time.monotonic()

    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = correlation()
        if request.endpoint not in QUIET:
            log.info(
                "A request was answered.",
                method=request.method,
                route=request.url_rule.rule if request.url_rule else None,  # not the path: it may be a secret link
                status=response.status_code,
                milliseconds=round((time.monotonic() - g.begun) * 1000, 1),
            )
        return response

    app.before_request(begin)
    app.after_request(end)
    app.teardown_request(lambda _error: set_correlation(None))

"""Pages that hold no secret travel compressed (see docs/decisions/0057)."""

import gzip

from flask import Flask, Response, g, request, session

SMALL = 1400  # bytes, which travel in one packet anyhow


def install(app: Flask) -> None:
    """To be installed before whatever sets headers, so that it looks at the answer last."""

    def compress(response: Response) -> Response:
        if _is_open_to_all(response) and request.accept_encodings["gzip"] > 0:
            body = response.get_data()
            if len(body) > SMALL:
                response.set_data(gzip.compress(body, 6, mtime=0))
                response.headers["Content-Encoding"] = "gzip"
                response.vary.add("Accept-Encoding")
        return response

    app.after_request(compress)


def _is_open_to_all(response: Response) -> bool:
    """Whether it is a page that anybody is shown, in which no token was written."""
    page = response.status_code == 200 and response.mimetype == "text/html"
    kept_back = response.headers.get("Cache-Control") == "no-store"
    return page and not kept_back and "csrf_token" not in g and "staff" not in session

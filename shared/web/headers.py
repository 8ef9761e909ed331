"""Security headers. Nothing is loaded from elsewhere, nothing inline runs, nobody may frame a page."""

from flask import Flask, Response, request, session

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a booking's address is a secret: no other site may learn it
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(**changes: str) -> str:
    """The content security policy with some directives changed, for a response that needs it:
    `response.headers["Content-Security-Policy"] = policy(frame_src="'self'")`.
    """
    directives = _POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def keep_secret(response: Response) -> Response:
    """For pages whose address is a secret (`blueprint.after_request(keep_secret)`): it is not stored, not told to other
    sites, not listed.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def install(app: Flask, *, https: bool) -> None:
    """Every response has the headers, unless it set its own."""
    defaults = {"Content-Security-Policy": policy(), **_ALWAYS}
    if https:
        defaults["Strict-Transport-Security"] = "max-age=31536000"

    def add(response: Response) -> Response:
        own = {name.title() for name, _value in response.headers}  # asking for one that is missing costs an exception
        for name, value in defaults.items():
            if name.title() not in own:
                response.headers.add(name, value)
        if request.endpoint != "static" and "Cache-Control" not in own:
            about_somebody = "staff" in session or request.method not in ("GET", "HEAD")  # a form is shown as typed
            response.headers["Cache-Control"] = "no-store" if about_somebody else "private, no-cache"
        return response

    app.after_request(add)

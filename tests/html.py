"""HTML as browsers must read it: a parse error is a flaw, though all of them forgive it."""

from justhtml import JustHTML


def check_html(text: str) -> None:
    """A page, or what htmx puts into one, has no parse error (https://html.spec.whatwg.org/#parse-errors)."""
    whole = text.lstrip().lower().startswith("<!doctype")
    errors = JustHTML(text, fragment=not whole, collect_errors=True).errors
    assert not errors, "\n".join(f"{one}: {_line(text, one.line)}" for one in errors)


def _line(text: str, number: int | None) -> str:
    return text.splitlines()[number - 1].strip()[:160] if number else ""

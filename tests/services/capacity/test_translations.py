"""No French is kept of a text that nobody says any more. (That none is missing, tests/architecture holds for all.)"""

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

CAPACITY = Path(__file__).parents[3] / "services/capacity"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]


def texts() -> set[str | tuple[str, ...]]:
    """What stands in code and templates."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(CAPACITY, METHODS, keywords=keywords)
    return {message if isinstance(message, str) else tuple(message) for _file, _line, message, *_ in found}


def test_nothing_is_left_over() -> None:
    with (CAPACITY / "translations/fr.po").open("rb") as file:
        french = read_po(file, locale="fr")
    translated = {
        tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id
        for message in french
        if message.id and all(message.string if isinstance(message.string, (list, tuple)) else [message.string])
    }
    assert translated - texts() == set()

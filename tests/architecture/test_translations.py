"""Whatever a page can say, it can say in French."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SPEAKERS = [ROOT / "shared" / "web", *sorted(path for path in (ROOT / "services").iterdir() if path.is_dir())]
METHODS = [("**.py", "python"), ("**/templates/**", "jinja2"), ("**/letters/**", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def speaking() -> list[Path]:
    return [folder for folder in SPEAKERS if any(folder.rglob("*.py"))]


def said(folder: Path) -> Iterator[tuple[str | tuple[str, ...], str]]:
    """What the code and the templates of a folder say, and where. Comments are jinja's."""
    for name, line, message, _comments, _context in extract_from_dir(folder, METHODS, keywords=KEYWORDS):
        yield message, f"{name}:{line}"


def french(folder: Path) -> dict[str, Message]:
    """The French texts at hand in a folder: its own, and those that all pages share."""
    texts: dict[str, Message] = {}
    for file in [*folder.rglob("translations/fr.po"), ROOT / "shared/web/translations/fr.po"]:
        with file.open("rb") as source:
            texts |= {key_of(message.id): message for message in read_po(source, locale="fr") if message.id}
    return texts


def key_of(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def complete(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


@pytest.mark.parametrize("folder", speaking(), ids=lambda folder: folder.name)
def test_everything_said_is_said_in_french(folder: Path) -> None:
    texts = french(folder)
    missing = [
        f"{where}: {key_of(message)!r}"
        for message, where in said(folder)
        if key_of(message) and not complete(texts.get(key_of(message)))
    ]
    assert not missing, "These have no French (or a fuzzy one):\n" + "\n".join(missing)


@pytest.mark.parametrize("folder", speaking(), ids=lambda folder: folder.name)
def test_plurals_are_plurals_in_french(folder: Path) -> None:
    texts = french(folder)
    wrong = [
        f"{where}: {message[0]!r}"
        for message, where in said(folder)
        if isinstance(message, tuple) and isinstance(getattr(texts.get(message[0]), "string", None), str)
    ]
    assert not wrong, "These need a singular and a plural in French:\n" + "\n".join(wrong)


@pytest.mark.parametrize("folder", speaking(), ids=lambda folder: folder.name)
def test_the_french_is_typeset_as_the_french_do(folder: Path) -> None:
    wrong = [
        text
        for message in french(folder).values()
        for text in ([message.string] if isinstance(message.string, str) else message.string or [])
        if re.search(r"(?<![\s/])[?!;](?![\w/=&#])|\w:(?=\s|$)|[ ][:;?!»]|«[ ]|'", without_addresses(text))
    ]
    assert not wrong, "No-break spaces before : ; ? ! and inside « », and ’ for ':\n" + "\n".join(wrong)


def without_addresses(text: str) -> str:
    """The text without links and placeholders, which are not typeset."""
    return re.sub(r"https?://\S+|%\(\w+\)[sd]|\{\{.*?\}\}|<[^>]*>", "x", text)

"""Languages: texts from `.po` files, dates and plurals as each language writes them. English is the source language.

A language is added by a `.po` file alone: `<any folder of translations>/<code>.po`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, get_decimal_symbol
from babel.support import NullTranslations, Translations

DEFAULT = "fr"
SOURCE = "en"
NARROW = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class Language:
    """One language: its texts and its way of writing dates."""

    code: str
    texts: NullTranslations

    def gettext(self, text: str, **values: object) -> str:
        """The text in this language, with values filled in (`%(name)s`)."""
        translated = self.texts.gettext(text)
        return translated % values if values else translated

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """The text for a count, with `%(num)d` filled in."""
        return self.texts.ngettext(one, many, count) % {"num": count, **values}

    def day(self, day: date) -> str:
        """A day in full, as in “mardi 24 novembre” or “Tuesday 24 November”."""
        return self._date(day, "EEEE d MMMM")

    def short_day(self, day: date) -> str:
        """A day in short, as in “mar. 24 nov.”."""
        return self._date(day, "EEE d MMM")

    def full_date(self, day: date) -> str:
        """A day with its year, as in “24 novembre 2026”."""
        return self._date(day, "d MMMM y")

    def month(self, day: date) -> str:
        """The month of a day, as in “novembre 2026”."""
        return _day(self.code, day, "LLLL y")

    def clock(self, at: time | datetime) -> str:
        """A time of day on a 24-hour clock, as in “12:30”; in French “12 h 30”, and “12 h” on the hour."""
        return _clock(self.code, at.hour, at.minute)

    def euros(self, cents: int) -> str:
        """A price, as in “12,50 €” or “€12.50”."""
        return _euros(self.code, cents)

    @property
    def decimal_mark(self) -> str:
        """What stands between euros and cents."""
        return get_decimal_symbol(_locale(self.code))

    def _date(self, day: date, pattern: str) -> str:
        if self.code == "fr" and day.day == 1:
            pattern = pattern.replace("d", "'1er'")  # in French, only the first day of a month is counted
        return _day(self.code, day, pattern)


class Languages:
    """The languages of some folders of translations."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._languages = {SOURCE: Language(SOURCE, NullTranslations())}
        for folder in folders:
            for file in sorted(folder.glob("*.po")):
                self._add(file)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all languages, French first."""
        return tuple(sorted(self._languages, key=lambda code: (code != DEFAULT, code)))

    def __getitem__(self, code: str) -> Language:
        """A language, or the default one where the code is unknown."""
        return self._languages.get(code) or self._languages.get(DEFAULT) or self._languages[SOURCE]

    def _add(self, file: Path) -> None:
        texts = _read(file)
        known = self._languages.get(file.stem)
        if known is None or not isinstance(known.texts, Translations):
            self._languages[file.stem] = Language(file.stem, texts)
        else:
            known.texts.merge(texts)


@cache
def languages_of(*folders: Path) -> Languages:
    """The languages of these folders, read once in a process, however many applications speak them."""
    return Languages(folders)


# A page or a batch of letters says the same few days, hours and prices again and again.
@lru_cache(1024)
def _day(code: str, day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=_locale(code))


@lru_cache(1024)
def _clock(code: str, hour: int, minute: int) -> str:
    if code == "fr":  # with spaces that are narrow and do not break; an SMS leaves them out
        return f"{hour}{NARROW}h{NARROW}{minute:02}" if minute else f"{hour}{NARROW}h"
    return format_time(time(hour, minute), "HH:mm", locale=_locale(code))


@lru_cache(1024)
def _euros(code: str, cents: int) -> str:
    return format_currency(cents / 100, "EUR", locale=_locale(code))


@lru_cache
def _locale(code: str) -> Locale:
    return Locale.parse("en_GB" if code == "en" else code)


@lru_cache
def _catalogue(file: Path) -> bytes:
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=file.stem))
    return compiled.getvalue()


def _read(file: Path) -> Translations:
    return Translations(fp=BytesIO(_catalogue(file)))

"""Letters to whoever has sent a text: always an SMS, never more than one at a time."""

from datetime import date, time

from services.notifications.domain.letter import Letter, LetterKind
from services.notifications.letters.content import Content
from shared.languages import Language


def text_back(language: Language, letter: Letter, network: str, cantine: str, site: str) -> Content:
    """What goes back to a text. `cantine` is its name, or "" where nobody knows which it is; `site` where to book."""
    names = {
        "cantine": cantine or network,
        "network": network,
        "options": _options(language, letter),
        "meal": _meal(language, letter),
        "site": site,
    }

    def _(text: str) -> str:
        return language.gettext(text, **names)

    sms = {
        LetterKind.TEXT_WHICH: lambda: _("%(cantine)s: for which meal? Reply with the number alone. %(options)s"),
        LetterKind.TEXT_STOPPED: lambda: _(
            "%(network)s: no more text messages to this number. To get them again, send START."
        ),
        LetterKind.TEXT_STARTED: lambda: _("%(network)s: you get our text messages again. See you soon!"),
        LetterKind.TEXT_PASSED_ON: lambda: _(
            "%(cantine)s: thank you, we have passed your message on to the team, who read it as soon as they can."
        ),
        LetterKind.TEXT_NO: lambda: _(
            "%(cantine)s: your NO cancelled nothing. To cancel, reply CANCEL. The team reads your message as well."
        ),
        LetterKind.TEXT_CANCELLED: lambda: _(
            "%(cantine)s: the booking for %(meal)s is cancelled already. You need not do anything."
        ),
        LetterKind.TEXT_NO_PLACE: lambda: _(
            "%(cantine)s: the booking for %(meal)s is cancelled, and the place no longer kept. To book again: %(site)s"
        ),
    }[letter.kind]()
    return Content(subject="", greeting="", paragraphs=(), link=("", ""), signature="", sms=sms)


def _meal(language: Language, letter: Letter) -> str:
    if "day" not in letter.facts:
        return ""
    day, at = date.fromisoformat(str(letter.facts["day"])), time.fromisoformat(str(letter.facts["time"]))
    return f"{language.short_day(day)} {language.clock(at)}"


def _options(language: Language, letter: Letter) -> str:
    options = [one.split(" ") for one in str(letter.facts.get("options", "")).split(";") if one]
    return ", ".join(
        f"{number}: {language.short_day(date.fromisoformat(day))} {language.clock(time.fromisoformat(at))} ({people})"
        for number, (day, at, people) in enumerate(options, start=1)
    )

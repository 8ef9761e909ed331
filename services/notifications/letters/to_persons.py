"""Letters to persons, who agreed to be written to between two meals."""

from datetime import date

from services.notifications.domain.facts import Sitting
from services.notifications.domain.letter import Letter, LetterKind
from services.notifications.domain.persons import Asked, Person
from services.notifications.letters.content import Content, Item
from services.notifications.letters.telling import readable
from shared.languages import Language


def cook_call(language: Language, person: Person, asked: Asked, sitting: Sitting, short_link: str) -> Content:
    """Cooks are missing: would you come? With a link for yes, one for no, and one to stop all calls."""
    names = {
        "cantine": sitting.cantine.name,
        "phone": readable(sitting.cantine.phone),
        "day": language.day(sitting.date),
        "short_day": language.short_day(sitting.date),
        "time": language.clock(sitting.meal_starts),
        "cooking": language.clock(sitting.cooking_starts),
        "link": short_link,
    }

    def _(text: str, **more: object) -> str:
        return language.gettext(text, **names, **more)

    facts = [
        (_("When"), _("%(day)s at %(time)s")),
        (_("In the kitchen"), _("from %(cooking)s")),
        (_("Where"), f"{sitting.cantine.name}, {sitting.cantine.address}"),
    ]
    if sitting.menu:
        facts.append((_("Menu"), sitting.menu))
    return Content(
        subject=_("Would you cook with us on %(day)s?"),
        greeting=_("Hello %(name)s,", name=person.name) if person.name else _("Hello,"),
        paragraphs=(
            _("Hands are missing in the kitchen for this meal. Would you come and cook? We eat together afterwards."),
        ),
        facts=tuple(facts),
        items=(
            Item(
                title=_("Not this time?"),
                text=_("Then tell us, or do nothing. We ask you again in a week at the earliest."),
                link=(_("No, not this time"), _answering("no", asked)),
            ),
            Item(
                title=_("No more calls?"),
                text=_("You agreed to be called when cooks are missing. One tap stops it, for all canteens."),
                link=(_("No longer call me"), _answering("stop", asked)),
            ),
        ),
        link=(_("Yes, I come and cook"), asked.link),
        notes=(_("A question? Reply to this e-mail, or call %(cantine)s: %(phone)s."),),
        signature=_("Warmly, %(cantine)s"),
        sms=_("%(cantine)s: cooks missing %(short_day)s %(cooking)s. Yes, no, or no more calls: %(link)s"),
    )


def cook_call_to_answer(language: Language, person: Person, asked: Asked, sitting: Sitting, short_link: str) -> str:
    """The same call as an SMS that can be answered."""
    names = {
        "cantine": sitting.cantine.name,
        "short_day": language.short_day(sitting.date),
        "cooking": language.clock(sitting.cooking_starts),
        "link": short_link,
    }
    _ = language.gettext
    return _("%(cantine)s: cooks missing %(short_day)s %(cooking)s. Reply YES, NO, or STOP; or %(link)s", **names)


def usual(language: Language, letter: Letter, person: Person) -> Content:
    """News of a usual place: it rests, or on one day there was none."""
    day = str(letter.facts["day"])
    names = {
        "cantine": letter.facts["cantine"],
        "phone": readable(str(letter.facts["phone"])),
        "often": _every(language, int(letter.facts["weekday"])),
        "day": language.day(date.fromisoformat(day)) if day else "",
        "short_day": language.short_day(date.fromisoformat(day)) if day else "",
        "link": letter.facts["link"],
    }

    def _(text: str) -> str:
        return language.gettext(text, **names)

    if letter.kind is LetterKind.USUAL_PAUSED:
        subject = _("Do you still come %(often)s?")
        paragraphs: tuple[str, ...] = (
            _("We have not seen you the last two times, and hope that you are well."),
            _("So as not to keep a place that stays empty, we let yours rest. One tap, and we keep it again."),
        )
        link = _("I come again, or no longer")
        sms = _("%(cantine)s: we missed you, your place %(often)s rests. Coming again? One tap: %(link)s")
    else:
        subject = _("No usual place on %(day)s")
        paragraphs = (
            _("On %(day)s all the places that we keep for those who come every week are taken."),
            _("Perhaps there is room all the same: please look at that meal on our site, and book it as others do."),
        )
        link = _("See my usual place")
        sms = _("%(cantine)s: no usual place on %(short_day)s. Perhaps there is room: book as others do. %(link)s")
    return Content(
        subject=subject,
        greeting=language.gettext("Hello %(name)s,", name=person.name) if person.name else _("Hello,"),
        paragraphs=paragraphs,
        link=(link, str(letter.facts["link"])),
        notes=(_("A question? Reply to this e-mail, or call %(cantine)s: %(phone)s."),),
        signature=_("Warmly, %(cantine)s"),
        sms=sms,
    )


def _every(language: Language, weekday: int) -> str:
    _ = language.gettext
    return (
        _("every Monday"),
        _("every Tuesday"),
        _("every Wednesday"),
        _("every Thursday"),
        _("every Friday"),
        _("every Saturday"),
        _("every Sunday"),
    )[weekday]


def _answering(answer: str, asked: Asked) -> str:
    return f"{asked.link}&answer={answer}" if "?" in asked.link else f"{asked.link}?answer={answer}"

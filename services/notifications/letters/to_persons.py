"""Letters to persons, who agreed to be written to between two meals."""

from services.notifications.domain.facts import Sitting
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


def _answering(answer: str, asked: Asked) -> str:
    return f"{asked.link}&answer={answer}" if "?" in asked.link else f"{asked.link}?answer={answer}"

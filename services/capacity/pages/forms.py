"""The form in which a meal is planned: what was typed, and what it means."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from services.capacity.domain.allotments import Partner
from services.capacity.domain.flaws import Flaw, Flawed
from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.sittings import ALLERGENS, CUTOFF, DIETS, Dish, FlawedPlan, Plan
from services.capacity.pages import allotment_forms, kitchen_forms
from services.capacity.pages.numbers import read_count, read_time

T = TypeVar("T")
FIELDS = (
    "cantine", "date", "cooking_starts", "meal_starts", "cutoff_days", "cutoff_at", *kitchen_forms.OF_A_MEAL, "menu",
    "allergens_known", "break_even_price", "food_price", "decide_days", "decide_at", "min_covers", "min_cooks",
)  # fmt: skip
Typed = dict[str, str | list[str]]


def blank() -> Typed:
    """A form for a usual lunch."""
    return {
        **dict.fromkeys(FIELDS, ""),
        "cooking_starts": "09:30",
        "meal_starts": "12:30",
        "cutoff_days": str(CUTOFF.days),
        "cutoff_at": f"{CUTOFF.at:%H:%M}",
        "break_even_price": "12,50",
        **_written_decision(None),
        "allergens_known": "unknown",
        "allergens": [],
        "diets": [],
        "open": "1",
    }


def written(plan: Plan) -> Typed:
    """A plan as one would type it."""
    known = "unknown" if plan.allergens is None else "listed" if plan.allergens else "none"
    return {
        "cantine": "",
        "date": plan.date.isoformat(),
        "cooking_starts": f"{plan.cooking_starts:%H:%M}",
        "meal_starts": f"{plan.meal_starts:%H:%M}",
        "cutoff_days": str(plan.cutoff.days),
        "cutoff_at": f"{plan.cutoff.at:%H:%M}",
        **kitchen_forms.written(plan.kitchen),
        "menu": plan.menu,
        "diets": list(plan.diets),
        "break_even_price": written_price(plan.break_even_price),
        **_written_decision(plan.go_no_go),
        "food_price": "" if plan.food_price is None else written_price(plan.food_price),
        "allergens_known": known,
        "allergens": list(plan.allergens or ()),
        "open": "1" if plan.open else "",
    }


def typed(form: MultiDict[str, str]) -> Typed:
    """What was typed, to be shown again."""
    return {
        **{field: form.get(field, "") for field in (*FIELDS, "open")},
        **{field: value for field, value in form.items() if field.startswith(allotment_forms.OF_A_MEAL)},
        "allergens": form.getlist("allergens"),
        "diets": form.getlist("diets"),
    }


def plan_in(form: MultiDict[str, str]) -> Plan:
    """The plan that a form means. Raises FlawedPlan if a field cannot be read."""
    flaws: dict[str, Flaw] = {}

    def read(field: str, reader: Callable[[str], T], otherwise: T) -> T:
        text = form.get(field, "").strip()
        try:
            return reader(text)
        except ValueError:
            flaws[field] = Flaw.UNREADABLE if text else Flaw.MISSING
            return otherwise

    plan = Plan(
        date=read("date", date.fromisoformat, date.min),
        cooking_starts=read("cooking_starts", read_time, time.min),
        meal_starts=read("meal_starts", read_time, time.max),
        cutoff=HourBefore(days=read("cutoff_days", read_count, 0), at=read("cutoff_at", read_time, time.min)),
        kitchen=kitchen_forms.own_kitchen_in(form, flaws),
        menu=_menu(form),
        allergens=_allergens(form, flaws),
        diets=_diets(form),
        break_even_price=read("break_even_price", cents, 0),
        food_price=read("food_price", cents, 0) if form.get("food_price", "").strip() else None,
        go_no_go=GoNoGo(
            at=HourBefore(days=read("decide_days", read_count, 0), at=read("decide_at", read_time, time.min)),
            covers=read("min_covers", _count_or_none, 0),
            cooks=read("min_cooks", _count_or_none, 0),
        )
        if any(form.get(field, "").strip() for field in ("decide_at", "min_covers", "min_cooks"))
        else None,
        open=form.get("open") == "1",
    )
    if flaws:
        raise FlawedPlan(flaws)
    return plan


def dish_in(form: MultiDict[str, str]) -> Dish:
    """What a form puts on the table. Raises FlawedPlan if the allergens are unclear."""
    flaws: dict[str, Flaw] = {}
    dish = Dish(menu=_menu(form), allergens=_allergens(form, flaws), diets=_diets(form))
    if flaws:
        raise FlawedPlan(flaws)
    return dish


def _menu(form: MultiDict[str, str]) -> str:
    return "\n".join(form.get("menu", "").replace("\t", " ").splitlines()).strip()


def _diets(form: MultiDict[str, str]) -> tuple[str, ...]:
    return tuple(one for one in DIETS if one in form.getlist("diets"))


def _allergens(form: MultiDict[str, str], flaws: dict[str, Flaw]) -> tuple[str, ...] | None:
    """What was ticked; forgetting to tick any never means that there are none."""
    ticked = tuple(one for one in ALLERGENS if one in form.getlist("allergens"))
    match form.get("allergens_known"):
        case "none" if not ticked:
            return ()
        case "unknown" if not ticked:
            return None
        case "listed" if ticked:
            return ticked
    flaws["allergens_known"] = Flaw.ALLERGENS_UNCLEAR
    return None


def _written_decision(one: GoNoGo | None) -> dict[str, str]:
    return {
        "decide_days": str(one.at.days) if one else "1",
        "decide_at": f"{one.at.at:%H:%M}" if one else "",
        "min_covers": str(one.covers) if one else "",
        "min_cooks": str(one.cooks) if one else "",
    }


def written_price(cents: int) -> str:
    """An amount as one types it."""
    return f"{cents // 100},{cents % 100:02d}"


def _count_or_none(text: str) -> int:
    return read_count(text) if text else 0


def cents(text: str) -> int:
    """The cents of an amount as it is typed, such as 12,50. Raises ValueError."""
    euros, _, hundredths = text.removesuffix("€").strip().replace(",", ".").partition(".")
    if len(hundredths) > 2 or not (euros + hundredths).isdigit():  # a sum below nothing is no sum
        raise ValueError("not a price")
    return read_count(euros) * 100 + read_count((hundredths or "0").ljust(2, "0"))


def errors_of(
    error: Flawed, words: Callable[[str, Flaw, int], str], partners: Sequence[Partner] = ()
) -> dict[str, str]:
    """What to say at each field, in the order of the form; `partners` are those of the cantine."""
    flaws = {allotment_forms.field_of_a_meal(field, partners): flaw for field, flaw in error.flaws.items()}
    fields = sorted(flaws, key=lambda field: FIELDS.index(field) if field in FIELDS else len(FIELDS))
    return {field: words(field, flaws[field], error.most.get(field, 0)) for field in fields}

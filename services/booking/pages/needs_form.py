"""The form in which a guest tells what they do not eat, or need to come and sit, as it stands or as it was sent."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from services.booking.domain.complaints import Complaint
from services.booking.domain.needs import ACCESS, ALLERGENS, DIETS, Needs
from services.booking.pages.words import complaint

_ACCESS_FIELDS = tuple(f"access_{one}" for one in ACCESS)


def needs_facts(
    told: Needs,
    form: MultiDict[str, str] | None = None,
    complaints: Mapping[str, Complaint] | None = None,
    *,
    of_others: bool = False,
) -> dict[str, object]:
    """What the template needs: what was sent, if something is wrong with it, or else what was told. It is `of_others`
    if who booked for them tells it.
    """
    if form is None:
        values: dict[str, object] = {f"diet_{diet}": told.diets.get(diet, "") for diet in DIETS}
        values |= {f"access_{one}": told.access.get(one, "") for one in ACCESS}
        values["allergens"] = told.allergens
    else:
        values = {name: form.get(name, "") for name in (*(f"diet_{one}" for one in DIETS), *_ACCESS_FIELDS)}
        values["allergens"] = form.getlist("allergen")
    return {
        "told": told.any,
        "told_by_proxy": told.any and told.passed_on,
        "told_besides": told.added_to,
        "needs_values": values,
        "needs_errors": {field: complaint(said, of_others=of_others) for field, said in (complaints or {}).items()},
        "needs_diets": DIETS,
        "needs_allergens": ALLERGENS,
        "needs_access": ACCESS,
    }

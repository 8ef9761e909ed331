"""The form in which a guest tells what they do not eat, as it stands or as it was sent."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from services.booking.domain.complaints import Complaint
from services.booking.domain.needs import ALLERGENS, DIETS, Needs
from services.booking.pages.words import complaint


def needs_facts(
    told: Needs, form: MultiDict[str, str] | None = None, complaints: Mapping[str, Complaint] | None = None
) -> dict[str, object]:
    """What the template needs: what was sent, if something is wrong with it, or else what was told."""
    if form is None:
        values: dict[str, object] = {f"diet_{diet}": told.diets.get(diet, "") for diet in DIETS}
        values["allergens"] = told.allergens
    else:
        values = {f"diet_{diet}": form.get(f"diet_{diet}", "") for diet in DIETS}
        values["allergens"] = form.getlist("allergen")
    return {
        "told": told.any,
        "needs_values": values,
        "needs_errors": {field: complaint(said) for field, said in (complaints or {}).items()},
        "needs_diets": DIETS,
        "needs_allergens": ALLERGENS,
    }

"""A coordinator chooses how waiting lists work."""

from shared.contracts.sitting import WaitlistPolicy
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/waiting-lists"


def test_a_coordinator_chooses_the_policy_of_her_cantine(camille: Browser) -> None:
    sitting = camille.house.opens()
    assert "Les Tablées de Vaise" in camille.opens(PAGE).text
    answer = camille.sends(f"{PAGE}/lyon-vaise", page=PAGE, policy="fill", hours="6")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert camille.house.sitting(sitting).seating.policy is WaitlistPolicy.FILL
    assert 'value="fill" required checked' in camille.opens(PAGE).text


def test_not_of_another_cantine_and_only_one_that_there_is(camille: Browser) -> None:
    sitting = camille.house.opens()
    assert camille.sends(f"{PAGE}/metz-sablon", page=PAGE, policy="fill", hours="6").status_code == 404
    assert camille.sends(f"{PAGE}/lyon-vaise", page=PAGE, policy="lottery", hours="6").status_code == 422
    assert camille.house.sitting(sitting).seating.policy is WaitlistPolicy.STRICT


def test_a_stranger_signs_in_first(browser: Browser) -> None:
    assert browser.opens(PAGE).status_code == 303

"""The tokens of programs, as their owner sees them."""

import re

from services.capacity.domain.tokens import MOST_TOKENS
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.look import find_staff
from services.capacity.use_cases.tokens import make_token, tokens_of
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/programs"
SITTINGS = "/coordination/api/v1/sittings"


def makes(camille: Browser, name: str) -> str:
    """The page that answers."""
    return camille.sends(f"{PAGE}/tokens", page=PAGE, name=name).text


def test_a_token_is_shown_once_and_works(camille: Browser) -> None:
    (secret,) = re.findall(r"<code>(tablee_[\w-]{43})</code>", makes(camille, "  Our\twebsite "))
    later = camille.opens(PAGE).text
    assert secret not in later and "<h3>Our website</h3>" in later and "Not used yet" in later
    bearer = {"Authorization": f"Bearer {secret}"}
    assert camille.client.get(SITTINGS, headers=bearer).status_code == 200
    assert "Last used on Tuesday 24 November" in camille.opens(PAGE).text


def test_what_is_withdrawn_opens_nothing(camille: Browser) -> None:
    (secret,) = re.findall(r"<code>(tablee_[\w-]+)</code>", makes(camille, "Our website"))
    (withdraw,) = re.findall(r'action="(/coordination/programs/tokens/[^"]+/withdraw)"', camille.opens(PAGE).text)
    camille.sends(withdraw, page=PAGE)
    assert "Our website" not in camille.opens(PAGE).text
    assert camille.client.get(SITTINGS, headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_the_tokens_of_others_are_neither_seen_nor_withdrawn(camille: Browser) -> None:
    service = camille.house.parts.service
    with service.work() as work:
        dominique = add_coordinator(
            work, email="dominique@example.org", name="Dominique", language="fr", cantines=["lyon-vaise"]
        )
        make_token(work, dominique, "The calendar in the window")
    assert "The calendar in the window" not in camille.opens(PAGE).text
    (token,) = tokens_of(service, dominique)
    for one in (token.id, "%00"):
        assert camille.sends(f"{PAGE}/tokens/{one}/withdraw", page=PAGE).status_code == 303
    assert tokens_of(service, dominique) == [token]


def test_a_token_needs_a_name(camille: Browser) -> None:
    for name in ("", "   ", "a" * 61, "a\x07b"):
        answer = camille.sends(f"{PAGE}/tokens", page=PAGE, name=name)
        assert answer.status_code == 422 and 'id="name-error"' in answer.text
        assert "<code>" not in answer.text


def test_there_are_only_so_many_tokens(camille: Browser) -> None:
    person = find_staff(camille.house.parts.service, camille.house.camille)
    assert person
    with camille.house.parts.service.work() as work:
        for number in range(MOST_TOKENS):
            make_token(work, person, f"Number {number}")
    answer = camille.sends(f"{PAGE}/tokens", page=PAGE, name="One more")
    assert answer.status_code == 422 and "You have 20 tokens" in answer.text

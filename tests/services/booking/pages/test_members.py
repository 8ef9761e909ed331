"""Members of the association: said at booking, noted at the door, seen by the team, forgotten by time or on request."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from services.booking.domain.contact import Contact
from services.booking.domain.membership import Membership
from services.booking.store import memberships
from services.booking.store.tables import booking, erasure, membership
from services.booking.use_cases.erase import erase
from services.booking.use_cases.export import as_json, export
from services.booking.use_cases.memberships import forget_memberships, marks_of
from shared.contracts.erasure import Erased
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CAMILLE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser, hidden
from tests.services.booking.pages.team import browser_of
from tests.services.booking.pages.test_mine import my_page
from tests.services.booking.pages.test_stale import sends_late

LIST = "/table/lunch"
UNTIL = "Member until 25 November 2027"
PAUL = Contact(name="Paul Exemple", email="camille@example.org", phone=None, language="fr")


@pytest.fixture
def hugo(house: BookingHouse) -> Browser:
    """The host, on the day of the meal, when Camille is expected."""
    house.announce()
    house.confirm(house.book())
    house.clock.pass_time(days=1)
    return browser_of(house, "hugo", StaffRole.HOST)


def card(browser: Browser, page: str = LIST, name: str = "Camille Exemple") -> str:
    """What stands on the list of a guest."""
    cards = html.unescape(browser.open(page).text).split('<li class="card')
    return next(one for one in cards[1:] if name in one.split("</strong>")[0])


def press(browser: Browser, button: str, page: str = LIST, name: str = "Camille Exemple") -> None:
    """Press a button of a guest's."""
    pressed = re.compile(rf'name="(\w+)" value="([^"]*)"[^>]*>\s*{button}</button>')
    ((form, field, value),) = [
        (one, *found.groups()) for one in card(browser, page, name).split("<form")[1:] if (found := pressed.search(one))
    ]
    (address,) = re.findall(r' action="([^"]+)"', form)
    sent = {field: value, "csrf_token": hidden(browser.open(page).text)["csrf_token"]}
    assert browser.client.post(address, data=hidden(form) | sent).status_code == 303


def arrives(browser: Browser, page: str = LIST, name: str = "Camille Exemple") -> None:
    press(browser, "Arrived", page, name)


def kept(house: BookingHouse) -> list[tuple[str, str]]:
    with house.service.read() as conn:
        return [
            (row.name, row.until.isoformat()) for row in conn.execute(membership.select().order_by(membership.c.name))
        ]


def next_lunch(house: BookingHouse, *, days: int, who: Contact = CAMILLE) -> str:
    """Another meal, that many days after the first, on its day; who books it is expected. Its list."""
    later = STARTS_AT + timedelta(days=days)
    house.announce(f"lunch-{days}", date=later.date(), starts_at=later, cutoff_at=later - timedelta(hours=16))
    house.confirm(house.book(sitting=f"lunch-{days}", who=who))
    house.clock.at = later - timedelta(hours=1)
    return f"/table/lunch-{days}"


def test_who_says_so_at_booking_is_seen_by_the_host_and_refused_nothing(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    assert "Nobody has to be one to come and eat" in browser.open("/meals/lunch").text
    page = str(browser.book(membership="1").location)
    house.confirm(house.only_booking())
    assert "You choose the price, and pay it at the canteen" in browser.open(page).text
    hugo, yanis = browser_of(house, "hugo", StaffRole.HOST), browser_of(house, "yanis", StaffRole.HELPER)
    assert "Member, or would like to be" in card(hugo) and "Note as a member" not in card(hugo)
    house.clock.pass_time(days=1)
    assert "Note as a member" in card(hugo)
    assert "ember" not in card(yanis, name="Camille E.")


def test_what_was_ticked_is_kept_when_a_form_comes_back_and_dropped_for_somebody_else(
    house: BookingHouse, browser: Browser
) -> None:
    house.announce()
    answer = browser.book(membership="1", name="")
    assert answer.status_code == 422 and "checked" in answer.text.split('id="membership"')[1].split(">")[0]
    browser.book(membership="1", proxy_name="Zoé Voisine", contact_is="proxy")
    assert not house.find(house.only_booking()).membership


def test_who_forgot_the_box_says_it_on_their_page_and_takes_it_back(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = str(browser.book().location)
    booked = house.only_booking()
    house.confirm(booked)
    assert "I am a member of the association" in browser.open(page).text
    for said in ("1", ""):
        assert browser.send(page, f"{page}/member", membership=said).status_code == 303
        assert house.find(booked).membership is (said == "1")
    assert "checked" in sends_late(browser, page, f"{page}/member", membership="1").split('id="membership"')[1][:200]
    assert browser.open(f"{page}/member").location == page
    house.cancel(booked)
    assert browser.send("/my/bookings", f"{page}/member", membership="1").status_code == 409


@pytest.mark.parametrize("who", [{"proxy_name": "Zoé Voisine", "contact_is": "proxy"}, {"newcomer": "1"}])
def test_nobody_says_it_for_another_or_is_asked_at_a_first_visit(
    house: BookingHouse, browser: Browser, who: dict[str, str]
) -> None:
    house.announce()
    page = str(browser.book(**who).location)
    house.confirm(house.only_booking())
    assert f"{page}/member" not in browser.open(page).text
    assert browser.send("/my/bookings", f"{page}/member", membership="1").status_code == 403
    assert not house.find(house.only_booking()).membership


def test_the_host_notes_a_member_once_they_are_here_and_sees_it_at_the_next_meal(
    house: BookingHouse, hugo: Browser
) -> None:
    assert "Note as a member" not in card(hugo)
    arrives(hugo)
    press(hugo, "Note as a member")
    assert UNTIL in card(hugo) and "Note as a member" not in card(hugo)
    assert UNTIL in card(hugo, next_lunch(house, days=7))
    assert "2027-11-25" in hugo.open("/table/lunch-7/guests.csv").text
    assert "Not a member after all" not in card(hugo, "/table/lunch-7")


def test_pressed_twice_or_by_two_it_is_noted_once(house: BookingHouse, hugo: Browser) -> None:
    booked = house.only_booking()
    token = hidden(hugo.open(LIST).text)["csrf_token"]
    for _ in range(2):
        hugo.client.post(f"{LIST}/member/note", data={"csrf_token": token, "booking": booked, "until": ""})
    assert kept(house) == [("Camille Exemple", "2027-11-25")]


def test_a_slip_of_the_finger_is_taken_back(house: BookingHouse, hugo: Browser) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    press(hugo, "Not a member after all")
    assert kept(house) == [] and "Note as a member" in card(hugo)


def test_it_is_renewed_before_it_lapses_and_that_can_be_taken_back(house: BookingHouse, hugo: Browser) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    assert "Renew" not in card(hugo, next_lunch(house, days=280))
    page = next_lunch(house, days=350)
    press(hugo, "Renew the membership", page)
    assert kept(house) == [("Camille Exemple", "2028-11-25")]
    press(hugo, "Not renewed after all", page)
    assert kept(house) == [("Camille Exemple", "2027-11-25")]


def test_who_is_forgotten_while_somebody_renews_does_not_come_back(
    house: BookingHouse, hugo: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    page, locked = next_lunch(house, days=350), memberships.lock

    def forgotten_meanwhile(conn: Connection, membership_id: str) -> Membership | None:
        conn.execute(membership.delete())
        return locked(conn, membership_id)

    monkeypatch.setattr(memberships, "lock", forgotten_meanwhile)
    press(hugo, "Renew the membership", page)
    assert kept(house) == []


def test_a_slip_that_is_taken_back_twice_deletes_no_member_of_years(house: BookingHouse, hugo: Browser) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    page, next_week = next_lunch(house, days=350), next_lunch(house, days=357)
    house.clock.at -= timedelta(days=7)
    press(hugo, "Renew the membership", page)
    press(hugo, "Not renewed after all", next_week)
    assert "after all" not in card(hugo, next_week)
    take_back(house, hugo, "2027-11-25")
    assert kept(house) == [("Camille Exemple", "2027-11-25")]


def test_what_was_noted_the_day_before_is_taken_back_by_nobody(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Paul Exemple")
    house.clock.pass_time(days=1)
    take_back(house, hugo, "2027-11-25")
    assert kept(house) == [("Paul Exemple", "2027-11-25")]


def take_back(house: BookingHouse, browser: Browser, until: str) -> None:
    """Send the form of a page that is open since before."""
    with house.service.read() as conn:
        (one,) = conn.scalars(membership.select().with_only_columns(membership.c.id))
    token = hidden(browser.open(LIST).text)["csrf_token"]
    sent = {"csrf_token": token, "membership": one, "until": until}
    assert browser.client.post(f"{LIST}/member/take-back", data=sent).status_code == 303


def test_it_lapses_after_a_year_and_is_forgotten_ninety_days_later(house: BookingHouse, hugo: Browser) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    assert UNTIL in card(hugo, next_lunch(house, days=365))
    page = next_lunch(house, days=366)
    assert "Membership over since 25 November 2027" in card(hugo, page) and "Renew the membership" in card(hugo, page)
    house.clock.pass_time(days=89)
    assert forget_memberships(house.service) == 0
    house.clock.pass_time(days=1)
    assert forget_memberships(house.service) == 1 and kept(house) == []


def test_a_couple_who_shares_an_address_is_two_members(house: BookingHouse, hugo: Browser) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    page = next_lunch(house, days=7, who=PAUL)
    seen = card(hugo, page, "Paul Exemple")
    assert "Same contact: Camille Exemple, member until 25 November 2027" in seen and UNTIL not in seen
    arrives(hugo, page, "Paul Exemple")
    press(hugo, "Note as a member", page, "Paul Exemple")
    assert [name for name, _until in kept(house)] == ["Camille Exemple", "Paul Exemple"]


def test_who_has_another_address_now_is_recognised_by_a_person(house: BookingHouse, hugo: Browser) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    moved = Contact(name="Exemple Camille", email="new@example.org", phone=None, language="fr")
    page = next_lunch(house, days=7, who=moved)
    assert "with another contact" in card(hugo, page, moved.name or "")
    press(hugo, "It is the same person", page, moved.name or "")
    assert UNTIL in card(hugo, page, moved.name or "") and len(kept(house)) == 1


def test_what_a_proxy_gave_says_nothing_of_the_guest(house: BookingHouse, hugo: Browser, browser: Browser) -> None:
    arrives(hugo)
    press(hugo, "Note as a member")
    page = next_lunch(house, days=7)
    house.clock.at = STARTS_AT  # booked before
    browser.book("lunch-7", name="Jeanne Voisine", proxy_name="Camille Exemple", contact_is="proxy")
    with house.service.read() as conn:
        (asked,) = conn.scalars(
            booking.select().with_only_columns(booking.c.id).where(booking.c.name == "Jeanne Voisine")
        )
    house.confirm(asked)
    seen = card(hugo, page, "Jeanne Voisine")
    assert "Same contact" not in seen and "ember until" not in seen


def test_who_has_no_contact_or_has_not_booked_is_noted_by_name(house: BookingHouse, hugo: Browser) -> None:
    nobody = Contact(name="Solange Sans-Téléphone", email=None, phone=None, language="fr")
    next_lunch(house, days=1, who=nobody)
    answer = hugo.send("/table/members", name="Solange Sans-Téléphone", contact="")
    assert answer.status_code == 303 and "Noted: Solange Sans-Téléphone" in hugo.open("/table/members").text
    assert "Member until 26 November 2027" in card(hugo, "/table/lunch-1", "Solange")
    again = hugo.send("/table/members", name="solange sans telephone", contact="")
    assert again.status_code == 422 and "noted already" in again.text


def test_who_is_on_the_list_with_a_contact_is_asked_for_before_there_are_two(
    house: BookingHouse, hugo: Browser
) -> None:
    hugo.send("/table/members", name="Solange Voisine", contact="solange@example.org")
    asked = hugo.send("/table/members", name="Solange Voisine")
    assert asked.status_code == 422 and "Somebody of that name is on the list below" in asked.text
    assert len(kept(house)) == 1 and 'id="another"' in asked.text
    hugo.send("/table/members", name="Solange Voisine", another="1")
    assert len(kept(house)) == 2


def test_a_renewal_that_is_sent_twice_is_noted_once_and_is_no_mistake(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Paul Exemple")
    next_lunch(house, days=350)
    for _ in range(2):
        assert hugo.send("/table/members", name="Paul Exemple").status_code == 303
    assert kept(house) == [("Paul Exemple", "2028-11-25")]


def test_who_comes_without_a_contact_renews_what_was_noted_with_one(house: BookingHouse, hugo: Browser) -> None:
    nobody = Contact(name="Solange Voisine", email=None, phone=None, language="fr")
    hugo.send("/table/members", name="Solange Voisine", contact="solange@example.org")
    seen = card(hugo, next_lunch(house, days=7, who=nobody), "Solange Voisine")
    assert "If it is the same person, there is nothing to note." in seen and "same person: renew" not in seen
    page = next_lunch(house, days=370, who=nobody)
    arrives(hugo, page, "Solange Voisine")
    assert "was a member until" in card(hugo, page, "Solange") and "Somebody else: note" in card(hugo, page, "Solange")
    press(hugo, "It is the same person: renew", page, "Solange Voisine")
    assert kept(house) == [("Solange Voisine", "2028-11-30")]


def presses(browser: Browser, button: str) -> None:
    """Press a button of the only member on the list."""
    page = html.unescape(browser.open("/table/members").text)
    pressed = re.compile(rf'formaction="([^"]+)" name="membership" value="(\w+)">{button}<')
    ((address, member),) = pressed.findall(page)
    token = hidden(page)["csrf_token"]
    for _ in range(2):
        assert browser.client.post(address, data={"csrf_token": token, "membership": member}).status_code == 303


def test_who_has_not_booked_is_renewed_on_the_list_of_members_and_that_can_be_taken_back(
    house: BookingHouse, hugo: Browser
) -> None:
    hugo.send("/table/members", name="Paul Exemple", contact="paul@example.org")
    assert "Renew" not in hugo.open("/table/members").text
    house.clock.pass_time(days=400)
    assert "over since 25 November 2027" in hugo.open("/table/members").text
    presses(hugo, "Renew the membership")
    assert kept(house) == [("Paul Exemple", "2028-12-30")], "pressed twice, noted once"
    assert "Renew the" not in hugo.open("/table/members").text
    presses(hugo, "Not renewed after all")
    assert kept(house) == [("Paul Exemple", "2027-11-25")]
    house.clock.pass_time(days=-60)
    presses(hugo, "Renew the membership")
    assert kept(house) == [("Paul Exemple", "2028-11-25")], "who is early loses no day"


def test_between_two_seasons_the_team_still_finds_its_members(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Paul Exemple")
    house.clock.at = STARTS_AT + timedelta(days=60)  # no meal to come
    assert "Paul Exemple" in hugo.open("/table/members").text
    assert "Paul Exemple" in hugo.open("/table/members/lyon-saone.csv").text


def test_who_came_along_is_noted_with_the_contact_that_they_share(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Paul Exemple", contact="Camille@example.org")
    page = next_lunch(house, days=7, who=PAUL)
    assert UNTIL in card(hugo, page, "Paul Exemple")


@pytest.mark.parametrize("contact", ["nothing", "camille@", "12"])
def test_what_cannot_be_understood_comes_back_as_it_was_typed(house: BookingHouse, hugo: Browser, contact: str) -> None:
    answer = hugo.send("/table/members", name="", contact=contact)
    assert answer.status_code == 422 and f'value="{contact}"' in answer.text
    assert "Please write the name of the member." in answer.text and kept(house) == []


def test_what_was_typed_on_a_page_that_was_open_for_too_long_comes_back(house: BookingHouse, hugo: Browser) -> None:
    shown = sends_late(hugo, "/table/members", name="Paul Exemple", contact="paul@example.org")
    assert 'value="Paul Exemple"' in shown and '<details class="card" open>' in shown and len(kept(house)) == 1


def test_the_list_of_a_canteen_is_a_table_and_names_can_be_taken_off(house: BookingHouse, hugo: Browser) -> None:
    for name in ("Paul Exemple", "Émile Voisin", "Ana Zibeline"):
        hugo.send("/table/members", name=name)
    table = hugo.open("/table/members/lyon-saone.csv").text.splitlines()[1:]
    assert table == ["Ana Zibeline,2027-11-25", "Émile Voisin,2027-11-25", "Paul Exemple,2027-11-25"]
    page = hugo.open("/table/members").text
    *others, one = re.findall(r'name="membership" value="(\w+)"', page)
    hugo.send("/table/members", "/table/members/remove", membership=one)
    assert (
        len(kept(house)) == len(others) == 2
        and "Paul Exemple is no longer on the list" in hugo.open("/table/members").text
    )


def test_a_long_list_is_folded_and_stands_open_where_something_was_pressed(house: BookingHouse, hugo: Browser) -> None:
    for number in range(41):
        hugo.send("/table/members", name=f"{chr(65 + number // 26)}{chr(97 + number % 26)}a Exemple")
    folded = re.compile(r'<details class="fold"( open)?>\s*<summary>(.*?)\s*<span>(.*?)</span>')
    assert folded.findall(html.unescape(hugo.open("/table/members").text)) == [
        ("", "Aaa Exemple – Ana Exemple", "14 names"),
        ("", "Aoa Exemple – Bba Exemple", "14 names"),
        ("", "Bca Exemple – Boa Exemple", "13 names"),
    ]
    house.clock.pass_time(days=400)
    page = html.unescape(hugo.open("/table/members").text)
    (address, member) = re.findall(r'formaction="([^"]+)" name="membership" value="(\w+)">Renew', page)[20]
    sent = {"csrf_token": hidden(page)["csrf_token"], "membership": member}
    where = str(hugo.client.post(address, data=sent).location)
    page = hugo.open(where).text
    assert where.endswith(f"#m-{member}") and f'<li id="m-{member}"><details open>' in page
    assert (
        '<form method="post" action="/table/members" novalidate>' in page
    )  # or its answer would open at that place too
    assert [(opened, count) for opened, _names, count in folded.findall(page)] == [
        ("", "14 names · 14 over"),
        (" open", "14 names · 13 over"),
        ("", "13 names · 13 over"),
    ]
    for last in re.findall(r'name="membership" value="(\w+)">Take', page)[-1], member:
        taken_off = hugo.client.post("/table/members/remove", data={**sent, "membership": last})
        page = html.unescape(hugo.open(str(taken_off.location)).text)
        assert [opened for opened, _names, _count in folded.findall(page)].count(" open") == 1
        assert "<details open>" not in page  # or the next press would take somebody else off


def test_only_the_team_of_the_canteen_sees_and_notes_members(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Paul Exemple")
    page = hugo.open("/table/members").text
    ((one,),) = [re.findall(r'name="membership" value="(\w+)"', page)]
    booked = house.only_booking()
    yanis = browser_of(house, "yanis", StaffRole.HELPER)
    ana = browser_of(house, "ana", StaffRole.COORDINATOR, "lille-wazemmes")
    assert yanis.open("/table/members").status_code == 403
    assert ana.open("/table/members/lyon-saone.csv").status_code == 404
    assert "Paul" not in ana.open("/table/members").text
    for somebody, status in ((yanis, 403), (ana, 404)):
        token = hidden(somebody.open("/table/").text)["csrf_token"]
        sent = {"csrf_token": token, "booking": booked, "until": "", "membership": one}
        assert somebody.client.post(f"{LIST}/member/note", data=sent).status_code == status
        assert somebody.client.post(f"{LIST}/member/recognise", data=sent).status_code == status
        somebody.client.post(f"{LIST}/member/take-back", data=sent | {"until": "2027-11-25"})
        somebody.client.post("/table/members/remove", data=sent)
        house.clock.pass_time(days=400)
        somebody.client.post("/table/members/renew?until=2027-11-25", data=sent)
        house.clock.pass_time(days=-400)
    assert kept(house) == [("Paul Exemple", "2027-11-25")]


@pytest.mark.parametrize("sent", [{"until": "soon"}, {"booking": "\0"}, {"membership": "\0", "until": "2027-11-25"}])
def test_forms_that_are_not_ours_break_nothing(house: BookingHouse, hugo: Browser, sent: dict[str, str]) -> None:
    data = {"csrf_token": hidden(hugo.open(LIST).text)["csrf_token"], "booking": "nobody", "until": ""} | sent
    for deed in ("note", "recognise", "take-back"):
        assert hugo.client.post(f"{LIST}/member/{deed}", data=data).status_code in (303, 400, 404)
    for deed in ("renew", "take-back", "remove"):
        address = f"/table/members/{deed}?until={data['until']}"
        assert hugo.client.post(address, data=data).status_code in (303, 400)


def test_a_member_sees_it_takes_it_along_and_is_forgotten(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Camille Exemple", contact="+33 6 39 98 00 42")
    (one,) = as_json(export(house.service, house.links, CAMILLE_BY_PHONE))["memberships"]
    assert (one["name"], one["until"], one["kept_until"]) == ("Camille Exemple", "2027-11-25", "2028-02-23")
    erase(house.service, house.links, house.voice, CAMILLE_BY_PHONE)
    assert kept(house) == []


CAMILLE_BY_PHONE = Contact(name=None, email=None, phone=CAMILLE.phone, language="fr")
CAMILLE_BY_EMAIL = Contact(name=None, email=CAMILLE.email, phone=None, language="fr")


def test_whoever_is_a_member_and_has_no_booking_any_more_gets_a_link_and_sees_it(
    house: BookingHouse, hugo: Browser
) -> None:
    hugo.send("/table/members", name="Ana Voisine", contact="ana@example.org")
    page = my_page(house, hugo, "ana@example.org")
    shown = html.unescape(hugo.open(f"{page}/kept").text)
    assert "La Tablée de Saône: Ana Voisine, until 25 November 2027." in shown and "23 February 2028" in shown


def test_a_copy_that_was_put_back_forgets_again_who_was_forgotten(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Ana Voisine", contact="ana@example.org")
    mark = marks_of(house.links, "ana@example.org")[0]
    house.hear(Erased(thing=mark, revision=1, erased_at=house.clock.at))
    assert kept(house) == []


def test_a_member_is_forgotten_by_the_other_contact_of_their_bookings(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Exemple Camille", contact="+33 6 39 98 00 42")
    erase(house.service, house.links, house.voice, CAMILLE_BY_EMAIL)
    assert kept(house) == []


def test_a_member_whose_number_stands_on_the_booking_of_another_stays_one(house: BookingHouse, hugo: Browser) -> None:
    hugo.send("/table/members", name="Bob Voisin", contact="+33 6 39 98 00 42")
    erase(house.service, house.links, house.voice, CAMILLE_BY_EMAIL)
    assert kept(house) == [("Bob Voisin", "2027-11-25")]
    with house.service.read() as conn:
        journal = set(conn.scalars(erasure.select().with_only_columns(erasure.c.mark)))
    assert journal == {marks_of(house.links, "camille@example.org")[0]}, "or a copy put back would forget them"


def test_a_copy_that_was_put_back_forgets_a_member_by_the_same_rule(house: BookingHouse, hugo: Browser) -> None:
    for name in ("Camille Exemple", "Bob Voisin"):
        hugo.send("/table/members", name=name, contact="+33 6 39 98 00 42")
    mark = marks_of(house.links, "camille@example.org")[0]
    house.hear(Erased(thing=mark, revision=1, erased_at=house.clock.at))
    assert kept(house) == [("Bob Voisin", "2027-11-25")]


def test_what_was_said_at_booking_goes_with_who_is_forgotten(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    browser.book(membership="1")
    (said,) = as_json(export(house.service, house.links, CAMILLE))["bookings"]
    assert said["is_a_member_or_would_like_to_be"]
    erase(house.service, house.links, house.voice, CAMILLE)
    assert not house.find(house.only_booking()).membership


def test_the_notice_and_the_canteen_say_what_it_is(house: BookingHouse, browser: Browser) -> None:
    house.announce(food_price=350)
    notice = html.unescape(browser.open("/cantines/lyon-saone/privacy").text)
    assert "you are a member of the association" in notice and "90 days after the membership has lapsed" in notice
    for page in ("/cantines/lyon-saone", "/meals/lunch"):
        shown = html.unescape(browser.open(page).text)
        assert "€3.50 for food and €9.00 for the kitchen and the house" in shown and "You give what you can" in shown
    assert "Nobody has to, to come and eat" in html.unescape(browser.open("/cantines/lyon-saone").text)

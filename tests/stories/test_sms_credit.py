"""Soon no SMS can be sent: the network's administrators hear of it, and only until one of them is on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from services.capacity.domain.alerts import NoSuchAlert
from services.capacity.domain.staff import Staff
from services.capacity.store import staff as staff_store
from services.capacity.use_cases import say_staff
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.sms_credit import answer_credit, credits_seen
from services.notifications.bootstrap import make_providers, make_send_due
from services.notifications.settings import Settings
from services.notifications.use_cases.look_at_credit import look_at_credit, say_all_credits
from services.notifications.use_cases.send_due import SendDue
from shared.contracts.staff import StaffRole
from tests.stories.house import House
from tests.stories.residents import CANTINE, rows

URL = "http://127.0.0.1:8000"


@dataclass
class Provider:
    """Tells how many SMS it will still send."""

    left: int
    name: str = "brevo"

    def credit(self) -> int:
        return self.left


@dataclass
class Network:
    """A house with two administrators, Awa and Bea, and a coordinator, whom it does not concern."""

    house: House
    sender: SendDue
    staff: dict[str, Staff] = field(default_factory=dict)

    def furnish(self) -> None:
        with self.house["capacity"].service.work() as work:
            add_cantine(work, CANTINE)
            for name, language in (("awa", "fr"), ("bea", "en")):
                role, address = StaffRole.ADMINISTRATOR, f"{name}@example.org"
                self.staff[name] = Staff(
                    id=name, name=name.title(), email=address, language=language, role=role, cantines=()
                )
                staff_store.save(work.conn, self.staff[name])
            self.staff["caro"] = add_coordinator(
                work, email="caro@example.org", name="Caro", language="en", cantines=(CANTINE.slug,)
            )

    def looks(self, left: int, **later: float) -> list[tuple[str, str]]:
        """Some time passes, notifications asks the provider. What was sent by then: (address, subject)."""
        self.house.clock.pass_time(**later or {"hours": 1})
        look_at_credit(self.house["notifications"].service, Provider(left), low_below=100)
        self.house.do_what_is_due()
        return self.mail()

    def mail(self) -> list[tuple[str, str]]:
        while self.sender.step():
            pass
        mailbox = rows(self.house, "notifications", self.house["notifications"].metadata.tables["mailbox"])
        return sorted((one.address, one.subject) for one in mailbox)

    def is_on_it(self, name: str) -> None:
        with self.house["capacity"].service.work() as work:
            answer_credit(work, self.staff[name], "brevo", URL)
        self.house.settle()


@pytest.fixture
def network(house: House) -> Iterator[Network]:
    settings, service = house["notifications"].settings, house["notifications"].service
    assert isinstance(settings, Settings)
    opened = Network(house, make_send_due(settings, service, make_providers(settings, service)))
    opened.furnish()
    house.settle()
    yield opened


AWA = ("awa@example.org", "Il ne reste que 87 SMS à envoyer")
BEA = ("bea@example.org", "Only 87 text messages can still be sent")


def test_it_is_told_once_to_each_administrator_in_their_language(network: Network) -> None:
    assert network.looks(500) == []
    assert network.looks(87) == [AWA, BEA]
    assert network.looks(60) == [AWA, BEA]
    assert network.looks(105) == [AWA, BEA]  # around the limit it is one alert
    say_all_credits(network.house["notifications"].service, 100)
    network.house.settle()
    assert network.mail() == [AWA, BEA]


def test_who_is_on_it_keeps_the_others_in_peace_and_it_is_over_by_itself(network: Network) -> None:
    network.looks(87)
    network.is_on_it("bea")
    network.is_on_it("awa")
    (seen,) = credits_seen(network.house["capacity"].service, network.staff["awa"])
    assert (seen.credit.remaining, seen.answered_by) == (87, "Bea")
    assert network.looks(80, days=2) == [AWA, BEA]
    network.looks(5000)
    assert credits_seen(network.house["capacity"].service, network.staff["awa"]) == []
    assert len(network.looks(87)) == 4  # it became low once more


def test_it_is_told_again_while_nobody_is_on_it_but_not_for_ever(network: Network) -> None:
    assert len(network.looks(87)) == 2
    assert len(network.looks(86, days=1)) == 4
    assert len(network.looks(85, days=1)) == 6
    assert len(network.looks(84, days=5)) == 6


def test_nearly_used_up_it_is_told_again_also_to_who_was_on_it(network: Network) -> None:
    network.looks(87)
    network.is_on_it("bea")
    assert ("bea@example.org", "Only 24 text messages can still be sent") in network.looks(24)
    (seen,) = credits_seen(network.house["capacity"].service, network.staff["awa"])
    assert seen.answered_by is None


def test_if_who_was_on_it_is_removed_the_others_are_asked_anew(network: Network) -> None:
    network.looks(87)
    network.is_on_it("bea")
    with network.house["capacity"].service.work() as work:
        bea = staff_store.lock(work.conn, ["bea"])["bea"]
        say_staff.remove(work, bea, by=network.staff["awa"])
    assert [address for address, _subject in network.looks(86)] == [AWA[0], AWA[0], BEA[0]]


def test_topped_up_before_the_letter_left_nobody_is_written_to(network: Network) -> None:
    look_at_credit(network.house["notifications"].service, Provider(87), low_below=100)
    network.house.settle()
    look_at_credit(network.house["notifications"].service, Provider(900), low_below=100)
    network.house.settle()
    assert network.mail() == []


def test_it_is_no_business_of_a_coordinator(network: Network) -> None:
    network.looks(87)
    assert credits_seen(network.house["capacity"].service, network.staff["caro"]) == []
    with pytest.raises(NoSuchAlert), network.house["capacity"].service.work() as work:
        answer_credit(work, network.staff["caro"], "brevo", URL)

"""Witnesses inside the databases of a house: every standing that was ever committed, and every seat ever held."""

from tests.faults.house import Watched
from tests.faults.residents import Residents
from tests.faults.verdict import Facts, Held, as_letters

_IN_BOOKING = """
CREATE TABLE witness_told (email text, told text);
CREATE FUNCTION witness_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO witness_told VALUES (NEW.email, NEW.told); RETURN NULL; END $$;
CREATE TRIGGER witness_told AFTER INSERT OR UPDATE ON booking
  FOR EACH ROW WHEN (NEW.told <> '') EXECUTE FUNCTION witness_told();
"""
_IN_CAPACITY = """
CREATE TABLE witness_held (number bigserial, deed bigint DEFAULT txid_current(), sitting text, booking text, seats int);
CREATE FUNCTION witness_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO witness_held (sitting, booking, seats)
    VALUES (NEW.sitting, NEW.booking, NEW.held_cooks + NEW.held_eaters + NEW.held_children);
  RETURN NULL;
END $$;
CREATE TRIGGER witness_held AFTER INSERT OR UPDATE ON claim FOR EACH ROW EXECUTE FUNCTION witness_held();
"""


def install(house: Watched) -> None:
    """Have the databases note what no outsider can see."""
    for service, script in (("booking", _IN_BOOKING), ("capacity", _IN_CAPACITY)):
        with house.look(service) as conn:
            conn.execute(script)


def gather(house: Watched, residents: Residents, of_each: int) -> Facts:
    """All facts about these residents, as they are now."""
    with house.look("booking") as conn:
        told = conn.execute("SELECT DISTINCT email, told FROM witness_told").fetchall()
    with house.look("capacity") as conn:
        held = conn.execute("SELECT deed, sitting, booking, seats FROM witness_held ORDER BY number").fetchall()
    committed: dict[str, set[tuple[str, int]]] = {}
    for email, words in told:
        committed.setdefault(str(email), set()).add(_told(str(words)))
    mails = [mail for mail in house.fleet.sink.mails if mail.to.startswith(residents.client.name)]
    return Facts(
        seats=dict.fromkeys(residents.sittings, of_each),
        wishes=dict(residents.wishes),
        standings=residents.standings(),
        letters=as_letters((mail.to, mail.key, mail.subject, mail.text) for mail in mails),
        committed={who: frozenset(standings) for who, standings in committed.items()},
        held=[Held(int(str(deed)), str(sitting), str(who), int(str(seats))) for deed, sitting, who, seats in held],
    )


def _told(words: str) -> tuple[str, int]:
    """From booking's own words for a standing: "confirmed 0 2 0"."""
    status, cooks, eaters, children = words.split()[:4]
    return status, int(cooks) + int(eaters) + int(children) if status in ("confirmed", "waitlisted") else 0

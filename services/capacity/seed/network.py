"""The invented cantines and staff. Telephone numbers are from the range reserved for fiction."""

from services.capacity.domain.allotments import Partner
from shared.contracts.sitting import Cantine
from shared.contracts.staff import StaffRole


def _cantine(slug: str, name: str, city: str, address: str, number: int, *, thanks: bool = False) -> Cantine:
    phone, email, zone = f"+336399800{number:02d}", f"{slug}@example.org", "Europe/Paris"
    return Cantine(slug=slug, name=name, city=city, address=address, phone=phone, email=email, zone=zone, thanks=thanks)


CANTINES = (
    _cantine("lyon-vaise", "Les Tablées de Vaise", "Lyon", "14 rue des Trois-Marmites, 69009 Lyon", 11, thanks=True),
    _cantine("lyon-guillotiere", "Les Tablées de la Guillotière", "Lyon", "3 place du Levain, 69007 Lyon", 12),
    _cantine("lille-wazemmes", "Les Tablées de Wazemmes", "Lille", "27 rue de la Soupière, 59000 Lille", 13),
    _cantine("dijon-gresilles", "Les Tablées des Grésilles", "Dijon", "8 allée du Pain-d’Épices, 21000 Dijon", 14),
    _cantine("metz-sablon", "Les Tablées du Sablon", "Metz", "51 rue des Mirabelliers, 57000 Metz", 15),
    _cantine("macon-saone", "Les Tablées de Saône", "Mâcon", "6 quai des Cuillères, 71000 Mâcon", 16),
)

IN_ALSACE_MOSELLE = ("metz-sablon",)  # two more public holidays

PARTNERS = {
    "lyon-vaise": Partner(id="amis-du-quai", name="Les Amis du Quai", seats=2, monthly=15),
    "lille-wazemmes": Partner(id="atelier-du-beffroi", name="L’Atelier du Beffroi", seats=3, monthly=30),
}
"""Associations that book for their own people."""

COORDINATORS = (
    ("camille@example.org", "Camille Rey", "fr", ("lyon-vaise", "lyon-guillotiere")),
    ("samira@example.org", "Samira Belkacem", "fr", ("lille-wazemmes",)),
    ("hugo@example.org", "Hugo Perrin", "fr", ("dijon-gresilles", "macon-saone")),
    ("emma@example.org", "Emma Hughes", "en", ("metz-sablon",)),
)

OTHERS = (
    ("nora@example.org", "Nora Lambert", "fr", StaffRole.ADMINISTRATOR, ()),
    ("yanis@example.org", "Yanis Morel", "fr", StaffRole.HELPER, ("dijon-gresilles", "macon-saone")),
)

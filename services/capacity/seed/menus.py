"""Menus of a French neighbourhood kitchen, by season, with what the EU's list of allergens says of them."""

WINTER = (
    ("Velouté de potimarron, hachis parmentier aux lentilles, compote de pommes", ("milk",)),
    ("Salade de mâche et noix, blanquette de légumes d’hiver, riz, poires pochées", ("milk", "nuts")),
    ("Soupe à l’oignon, gratin de chou-fleur, crumble aux pommes", ("gluten", "milk")),
    ("Carottes râpées au cumin, couscous aux sept légumes, orange à la cannelle", ("celery", "gluten")),
    ("Céleri rémoulade, pot-au-feu, clafoutis aux poires", ("celery", "eggs", "gluten", "milk", "mustard")),
    ("Endives aux pommes, dahl de lentilles corail, riz au lait", ("milk", "mustard")),
    ("Poireaux vinaigrette, brandade de morue, salade d’agrumes", ("fish", "milk", "mustard")),
    ("Betteraves et pois chiches, chili végétarien, sorbet au cassis", ()),
)

SPRING = (
    ("Radis et beurre, navarin d’agneau printanier, fraises", ("celery", "milk")),
    ("Asperges vinaigrette, quiche aux petits pois, tarte à la rhubarbe", ("eggs", "gluten", "milk", "mustard")),
    ("Soupe de fanes, curry de pois chiches, riz, salade de fruits", ()),
    ("Œufs mimosa, risotto aux fèves, fraises à la menthe", ("celery", "eggs", "milk", "mustard")),
    ("Taboulé aux herbes, dos de colin au citron, fromage blanc au miel", ("fish", "gluten", "milk")),
    ("Salade de lentilles, tarte aux blettes, compote de rhubarbe", ("eggs", "gluten", "milk", "mustard")),
)

SUMMER = (
    ("Melon, ratatouille et polenta, abricots rôtis", ("milk",)),
    ("Gaspacho, tian de courgettes, clafoutis aux cerises", ("eggs", "gluten", "milk")),
    ("Salade de tomates, poulet basquaise, riz, pêches", ()),
    ("Concombre à la menthe, lasagnes d’été, salade de fruits rouges", ("celery", "gluten", "milk")),
    ("Houmous et crudités, salade niçoise, tarte aux abricots", ("eggs", "fish", "gluten", "milk", "sesame")),
    ("Soupe au pistou, caviar d’aubergine, faisselle et coulis", ("celery", "milk", "nuts")),
)

AUTUMN = (
    ("Velouté de courge, tartiflette aux champignons, pommes au four", ("milk",)),
    ("Salade de lentilles, tajine de coings et carottes, semoule, raisin", ("celery", "gluten", "mustard")),
    ("Soupe de panais, bœuf bourguignon, tarte aux quetsches", ("celery", "gluten", "milk", "sulphites")),
    ("Champignons à la grecque, gratin de blettes, poires au miel", ("milk",)),
    ("Betteraves aux noix, parmentier de potimarron, flan aux œufs", ("eggs", "milk", "nuts")),
    ("Salade de chou, curry de légumes racines, riz, compote de coings", ("mustard",)),
    ("Crème de céleri, pâtes aux cèpes, gâteau aux noisettes", ("celery", "eggs", "gluten", "milk", "nuts")),
    ("Carottes à l’orange, chou farci aux lentilles, pommes au four", ()),
)

BRUNCH = (
    ("Brunch : œufs brouillés, pain perdu, salades de saison, gâteau au yaourt", ("eggs", "gluten", "milk")),
    ("Brunch : tartines, galettes de légumes, fromages, salade de fruits", ("eggs", "gluten", "milk")),
    ("Brunch : soupe du marché, crêpes, compotes, granola maison", ("eggs", "gluten", "milk", "nuts")),
)


def menus_of(month: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The menus that suit a month."""
    return {0: WINTER, 1: SPRING, 2: SUMMER, 3: AUTUMN}[(month % 12) // 3]


_WITH_MEAT_OR_FISH = ("agneau", "bœuf", "brandade", "colin", "niçoise", "pot-au-feu", "poulet")


def diets_of(menu: str) -> tuple[str, ...]:
    """Which diets an invented menu suits: none of them has pork."""
    return ("without_pork",) if any(word in menu for word in _WITH_MEAT_OR_FISH) else ("vegetarian", "without_pork")

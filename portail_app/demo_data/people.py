"""Invented households: who they are, where they live, how much water they use."""

import unicodedata
from dataclasses import dataclass
from random import Random

from portail_app.demo_data.stories import Story

_FIRST_NAMES = """
    Adèle Agnès Amandine Amélie André Anne Antoine Arnaud Aurélie Baptiste Benoît Bernard Camille Catherine Cécile
    Chantal Charlotte Christophe Claire Claude Corinne Daniel David Delphine Denis Didier Dominique Élise Émilie
    Éric Fabien Fatima Florence François Françoise Gaëlle Geneviève Gérard Guillaume Hélène Henri Hugo Inès Isabelle
    Jacques Jean Jérôme Jeanne Joëlle Julien Karim Laurence Laurent Léa Léo Loïc Louise Lucas Lucie Manon Marc Marie
    Mathieu Maxime Michel Mohamed Monique Nadia Nathalie Nicolas Noé Odile Olivier Pascal Patricia Paul Philippe
    Pierre Raphaël Régine Rémi René Roland Sabine Samuel Sandrine Sébastien Simone Sophie Stéphane Sylvie Théo
    Thérèse Thierry Thomas Valérie Véronique Vincent Xavier Yann Yvette Zoé
"""
_LAST_NAMES = """
    André Aubert Barbier Benali Bernard Bertrand Blanc Bonnet Boucher Boyer Brun Caron Carpentier Chevalier Clément
    Colin Da_Silva David Delmas Denis Deschamps Dubois Dufour Dumas Dumont Dupont Dupuis Durand Fabre Faure
    Fernandez Fleury Fontaine Fournier François Gaillard Garcia Garnier Gauthier Gérard Girard Giraud Guérin
    Guillaume Haddad Henry Hubert Jacquet Joly Lacroix Lambert Laurent Le_Gall Lebrun Leclerc Lefebvre Lemaire
    Leroux Leroy Lopez Lucas Marchand Marie Martinez Masson Mathieu Mercier Meunier Meyer Michel Moreau Morel Morin
    Moulin N’Diaye Nguyen Nicolas Noël Olivier Perez Perrin Philippe Picard Poirier Rey Richard Rivière Robert Robin
    Roche Rolland Rousseau Roux Roy Sanchez Schmitt Simon Thomas Traoré Vidal Vincent
"""
_STREETS = """
    rue de la République, rue du Moulin, avenue Jean-Jaurès, place de l’Église, chemin des Vignes, rue des Écoles,
    impasse des Lilas, rue Victor-Hugo, route de Clermont, allée des Tilleuls, rue du Lavoir, quai de la Lys, rue
    des Tanneurs, lotissement Les Peupliers, rue Pasteur, boulevard Gambetta, rue de la Fontaine, chemin du Château
    d’Eau, rue du 8-Mai-1945, cours du Pont
"""
TOWNS = ("Clermont-sur-Lys", "Saint-Aubin-la-Source", "Vieux-Pont", "Les Aulnes", "Montreuil-en-Lys", "Bellefontaine")
SHOPS = ("Boulangerie", "SARL", "SCI", "Restaurant", "GAEC", "Garage", "Pressing", "Camping")
FIRST_NAMES, LAST_NAMES = _FIRST_NAMES.split(), _LAST_NAMES.split()
STREETS = " ".join(_STREETS.split()).split(", ")


@dataclass(frozen=True)
class Household:
    """A subscriber as billing software knows them; the last four are not in its files."""

    utility: str
    number: str
    name: str
    email: str
    address: str
    postal_code: str
    city: str
    pays_by_direct_debit: bool = False
    yearly_m3: int = 120
    has_sewer: bool = True
    delivery_days: int = 20
    story: Story = Story.HALF_YEARLY


def draw_household(random: Random, utility: str, number: int) -> Household:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES).replace("_", " ")
    town = random.randrange(len(TOWNS))
    is_business = random.random() < 0.03
    return Household(
        utility=utility,
        number=str(number),
        name=f"{random.choice(SHOPS)} {last}" if is_business else f"{first} {last}",
        email=f"{_plain(first)}.{_plain(last)}.{number}@example.fr" if random.random() < 0.85 else "",
        address=f"{random.randint(1, 120)} {random.choice(STREETS)}",
        postal_code=f"{59900 + town * 10}",
        city=TOWNS[town],
        pays_by_direct_debit=random.random() < 0.35,
        yearly_m3=_draw_yearly_m3(random, is_business),
        has_sewer=random.random() < 0.9,
        delivery_days=random.randint(14, 35),
    )


def _draw_yearly_m3(random: Random, is_business: bool) -> int:
    """About 120 m³ a year for a household, with a long tail."""
    volume = random.lognormvariate(4.66, 0.5)
    return max(4, round(volume * (random.uniform(2, 15) if is_business else 1)))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in letters if letter.isalpha())

"""What a new kind of data may be called, and what its names are in each layer."""

import pytest

from portail_app.scaffolding.noun import NotANoun, read_noun


@pytest.mark.parametrize(
    ("one", "many", "entity", "state"),
    [
        ("vehicle", "vehicles", "Vehicle", "VehiclesState"),
        ("meter_seal", "meter_seals", "MeterSeal", "MeterSealsState"),
        ("supply", "supplies", "Supply", "SuppliesState"),
        ("key", "keys", "Key", "KeysState"),
    ],
)
def test_the_same_noun_names_each_layer(one, many, entity, state):
    noun = read_noun(one, "Titre", "Ligne")

    assert (noun.one, noun.many, noun.entity, noun.state) == (one, many, entity, state)


@pytest.mark.parametrize(
    ("title", "route"),
    [("Mes véhicules", "/vehicules"), ("Les clés d’accès", "/cles-d-acces"), ("Redevances", "/redevances")],
)
def test_the_address_is_made_of_the_title(title, route):
    assert read_noun("thing", title, "Chose").route == route


def test_plural_and_address_may_be_said():
    noun = read_noun("child", "Mes enfants", "Enfant", many="children", route="/cantine/enfants")

    assert (noun.many, noun.route) == ("children", "/cantine/enfants")


@pytest.mark.parametrize(
    ("one", "more", "sentence"),
    [
        ("Vehicle", {}, "« Vehicle » ne peut pas nommer un fichier : un nom anglais, comme water_meter."),
        ("véhicule", {}, "« véhicule » ne peut pas nommer un fichier"),
        ("../vehicle", {}, "« ../vehicle » ne peut pas nommer un fichier"),
        ("class", {}, "« class » ne peut pas nommer un fichier"),
        ("", {}, "«  » ne peut pas nommer un fichier"),
        ("vehicle", {"many": "../vehicles"}, "« ../vehicles » ne peut pas nommer un fichier"),
        ("sheep", {"many": "sheep"}, "Le pluriel de « sheep » doit s’en distinguer : --plural."),
        ("vehicle", {"route": "vehicules"}, "« vehicules » n’est pas une adresse de page, comme /vehicules."),
        ("vehicle", {"route": "/../agent"}, "« /../agent » n’est pas une adresse de page"),
        ("vehicle", {"title": " "}, "Le titre de la page et le nom d’une ligne sont des mots français"),
        ("vehicle", {"title": "Mes véhicules\\"}, "Le titre de la page et le nom d’une ligne sont des mots français"),
        ("vehicle", {"called": "V | W"}, "Le titre de la page et le nom d’une ligne sont des mots français"),
        ("vehicle", {"called": 'V"'}, "Le titre de la page et le nom d’une ligne sont des mots français"),
    ],
)
def test_anything_else_is_refused_in_words(one, more, sentence):
    with pytest.raises(NotANoun) as refused:
        read_noun(one, more.pop("title", "Mes véhicules"), more.pop("called", "Véhicule"), **more)

    assert str(refused.value).startswith(sentence)

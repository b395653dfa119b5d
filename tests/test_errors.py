"""Every "no" is a French sentence that says what happened and what to do; and says the right number."""

import pytest

from portail_app import errors
from portail_app.errors import Invalid, NotFound, NotSignedIn, Overtaken, Refusal, TooLarge, TooManyTries

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refusal)]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 minute"),
        (1, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (119, "2 minutes"),
        (120, "2 minutes"),
        (3600, "60 minutes"),
    ],
)
def test_whoever_tried_too_often_waits_long_enough_to_be_let_in(seconds, words):
    assert TooManyTries(seconds).sentence == f"Trop de tentatives. Réessayez dans {words}."


@pytest.mark.parametrize(
    ("at_most", "words"),
    [
        (25_000_000, "25 Mo"),
        (1_500_000, "1,5 Mo"),
        (10_485_760, "10,5 Mo"),
        (500_000, "0,5 Mo"),
        (2_000_000_000, "2000 Mo"),
    ],
)
def test_a_file_that_is_too_large_is_told_how_large_it_may_be(at_most, words):
    assert TooLarge(at_most).sentence == f"Ce fichier est trop gros : {words} au plus. Il n’a pas été enregistré."


@pytest.mark.parametrize(("who", "words"), [("Chloé Durand", "Chloé Durand a écrit"), ("", "Quelqu’un a écrit")])
def test_whoever_wrote_meanwhile_is_named_or_somebody(who, words):
    assert Overtaken(who).sentence.startswith(f"{words} entre-temps. Votre texte est gardé")


def test_a_sentence_of_ones_own_takes_the_place_of_the_usual_one():
    assert Invalid().sentence == str(Invalid()) == "Les informations envoyées ne sont pas valides."
    assert Invalid("Indiquez une date.", field="date").sentence == "Indiquez une date."
    assert (Invalid(field="date").field, Invalid().field) == ("date", "")


def test_a_row_that_is_missing_is_named_by_what_it_would_be():
    assert NotFound("Facture").sentence == "Facture introuvable."


def test_who_must_sign_in_comes_back_to_where_they_were():
    assert (NotSignedIn("/factures?page=2").return_to, NotSignedIn().return_to) == ("/factures?page=2", "/")


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_is_a_whole_sentence_in_french(kind):
    sentence = kind.sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "'" not in sentence

"""Which passwords are good enough, and what is said of the others."""

import pytest

from portail_app.errors import Invalid
from portail_app.services.password_policy import (
    AT_AN_END,
    DIFFERENT,
    SAME_AS_NUMBER,
    TOO_EASY,
    Owner,
    advise,
    common_words,
    require_good,
    require_same,
)

ALICE = Owner.of(["100042", "AB-77X"], ["Alice Martin", "alice.martin@exemple.fr", "Régie des eaux de Lys"], 8)


@pytest.mark.parametrize(
    "good",
    [
        "Ruisseau-1789",
        "Krypt9!vo",
        "cheval agrafe pile verte",
        "tr0mbinoscope",
        "8402957163048275",
        "Œuf-brouillé-3",
        "😀Tromp3tte",
    ],
)
def test_a_password_that_is_hard_to_guess_lacks_nothing(good):
    assert advise(good, ALICE).missing == ()
    require_good(good, ALICE)


@pytest.mark.parametrize(
    ("short", "lacking"),
    [("Ab3!", "Ajoutez au moins 4 caractère(s)."), ("Ab3!xy7", "Ajoutez au moins 1 caractère(s).")],
)
def test_eight_characters_at_least(short, lacking):
    assert advise(short, ALICE).missing == (lacking,)


@pytest.mark.parametrize("plain", ["ruisselet", "ruisselet7", "RUISSELET"])
def test_three_kinds_of_characters_or_a_longer_one(plain):
    (said,) = advise(plain, ALICE).missing
    assert "trois sortes" in said


@pytest.mark.parametrize("same", ["100042", " 100042 ", "ab-77x", "AB-77X"])
def test_the_subscribers_number_is_refused_in_the_manuals_words(same):
    assert advise(same, ALICE).missing == (SAME_AS_NUMBER,)
    with pytest.raises(Invalid, match="différent de votre numéro d'abonné"):
        require_good(same, ALICE)


@pytest.mark.parametrize(
    "easy",
    [
        "Facture2026!",
        "Soleil34Paris",
        "Azerty123!",
        "M0tdepasse1",
        "Bonjour-1",
        "P@ssword2024",
        "Abcdefgh1!",
        "Aaaaaaaa1!",
        "Doudou2012!",
        "Marseille13!",
    ],
)
def test_what_everybody_chooses_is_refused(easy):
    assert advise(easy, ALICE).missing == (TOO_EASY,)


@pytest.mark.parametrize("own", ["Alice-Martin1", "Martin100042!", "Exemple.fr1", "Regie-Eaux-2026"])
def test_what_is_known_of_the_person_is_refused(own):
    assert TOO_EASY in advise(own, ALICE).missing


def test_the_same_words_are_good_for_somebody_else():
    assert advise("Wagner-Koval7", Owner()).missing == ()
    assert advise("Wagner-Koval7", Owner.of([], ["Koval Wagner"], 8)).missing == (TOO_EASY,)


def test_the_utilitys_floor_raises_the_length_and_cannot_lower_it():
    assert advise("Krypt9!vo", Owner.of([], [], 12)).missing == ("Ajoutez au moins 3 caractère(s).",)
    assert Owner.of([], [], 5).least_length == 8


def test_strength_grows_with_what_is_added():
    words = [advise(password, ALICE).strength for password in ("Krypt9!v", "Krypt9!vo-Zu", "Krypt9!vo-Zumbel-4")]
    assert words == ["moyen", "bon", "excellent"]
    assert advise("abc", ALICE).strength == "faible"


def test_nothing_is_said_of_nothing_but_it_is_refused():
    assert advise("", ALICE).missing == ()
    with pytest.raises(Invalid) as refused:
        require_good("", ALICE)
    assert refused.value.field == "password"


def test_a_very_long_one_is_answered_quickly():
    assert "Raccourcissez" in advise("Aé3!" * 60, ALICE).missing[0]


def test_the_common_words_are_as_they_are_compared():
    assert len(common_words()) > 400
    assert all(word == word.lower() and word.isascii() for word in common_words())


@pytest.mark.parametrize("spaced", [" Ruisseau-1789", "Ruisseau-1789 ", "Ruisseau-1789\u00a0"])
def test_a_space_at_an_end_is_told_of_and_is_no_reason_to_refuse(spaced):
    assert (advise(spaced, ALICE).missing, advise(spaced, ALICE).hint) == ((), AT_AN_END)
    require_good(spaced, ALICE)


@pytest.mark.parametrize("plain", ["", "Ruisseau-1789", "cheval agrafe pile verte"])
def test_without_one_there_is_nothing_to_tell(plain):
    assert advise(plain, ALICE).hint == ""


@pytest.mark.parametrize(
    ("password", "confirmation", "said"),
    [
        ("Ruisseau-1789", "Ruisseau-1790", DIFFERENT),
        ("Ruisseau-1789", "ruisseau-1789", DIFFERENT),
        ("Ruisseau-1789", "", DIFFERENT),
        ("Ruisseau-1789 ", "Ruisseau-1790", DIFFERENT),
        ("Ruisseau-1789 ", "Ruisseau-1789", f"{DIFFERENT} {AT_AN_END}"),
        ("Ruisseau-1789", " Ruisseau-1789", f"{DIFFERENT} {AT_AN_END}"),
    ],
)
def test_a_confirmation_that_differs_is_refused_and_a_space_alone_is_named(password, confirmation, said):
    with pytest.raises(Invalid) as refused:
        require_same(password, confirmation)
    assert (refused.value.sentence, refused.value.field) == (said, "confirmation")


def test_a_confirmation_is_the_same_with_its_spaces():
    require_same(" Ruisseau-1789 ", " Ruisseau-1789 ")

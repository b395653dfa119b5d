"""Names made of words: short, plain, never twice, and never those of a form's own fields."""

import pytest

from portail_app.services.slugs import OUR_OWN, first_free, slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Relève contestée", "releve-contestee"),
        ("  Où est la fuite ?  ", "ou-est-la-fuite"),
        ("N° de série", "n-de-serie"),
        ("Œuvre d’art", "uvre-dart"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("???", "question"),
        ("", "question"),
        ("水", "question"),
        ("_viewer", "viewer"),
    ],
)
def test_words_become_what_an_address_can_hold(words, slug):
    assert slug_of(words) == slug


def test_the_first_number_that_makes_it_new_is_put_behind():
    assert first_free("fuite", set()) == "fuite"
    assert first_free("fuite", {"fuite"}) == "fuite-2"
    assert first_free("fuite", {"fuite", "fuite-2", "autre"}) == "fuite-3"


@pytest.mark.parametrize("name", sorted(OUR_OWN))
def test_no_question_has_the_name_of_a_field_that_every_form_sends(name):
    assert first_free(name, set()) == f"{name}-2"

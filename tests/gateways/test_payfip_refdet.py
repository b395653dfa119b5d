"""The references of debts."""

import re

import pytest

from portail_app.gateways.payfip.refdet import (
    REGIE,
    ROLE,
    TEST_EXER,
    TEST_REFDET_ROLE,
    TEST_REFDET_TITRE,
    TITRE,
    RefdetError,
    RefdetRule,
    basket_refdet,
    number_values,
)


def test_a_regie_refers_by_the_digits_of_the_number():
    assert REGIE.render(number_values("2017-020-002099", 2017)) == "2017020002099"


def test_a_titre_has_eighteen_digits():
    refdet = TITRE.render({"exer": "2026", "piece": 1234, "ligne": "1"})

    assert refdet == "202600001234000001"
    assert len(refdet) == len(TEST_REFDET_TITRE) == 18


def test_a_role_has_twenty_one_digits():
    refdet = ROLE.render({"exer": 2026, "rolrec": "11", "roldeb": "02", "roldet": "2059"})

    assert refdet == "202611020000000002059"
    assert len(refdet) == len(TEST_REFDET_ROLE) == 21


def test_the_test_constants_meet_the_patterns():
    assert re.fullmatch(TITRE.pattern, TEST_REFDET_TITRE)
    assert re.fullmatch(ROLE.pattern, TEST_REFDET_ROLE)
    assert TITRE.render({"exer": TEST_EXER, "piece": 0, "ligne": 999999}) == TEST_REFDET_TITRE
    assert ROLE.render({"exer": TEST_EXER, "rolrec": "99", "roldeb": "99", "roldet": 0}) == TEST_REFDET_ROLE


def test_letters_of_a_number_may_be_kept():
    rule = RefdetRule("EAU{alphanumeric}", REGIE.pattern)

    assert rule.render(number_values("FA-2017/020", 2017)) == "EAUFA2017020"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"digits": ""},
        {"digits": "12"},
        {"digits": "1" * 31},
        {"digits": "2017-020"},
        {"digits": "2017020é"},
    ],
)
def test_a_reference_that_payfip_would_refuse_is_not_made(values):
    with pytest.raises(RefdetError):
        REGIE.render(values)


@pytest.mark.parametrize("roldet", ["12345678901234", "12a", "", "-5", "٣"])
def test_a_padded_field_takes_only_a_number_that_fits(roldet):
    with pytest.raises(RefdetError):
        ROLE.render({"exer": 2026, "rolrec": "11", "roldeb": "02", "roldet": roldet})


@pytest.mark.parametrize(
    "template",
    ["", "{}", "{digits", "{digits!r}", "{digits.__class__}", "{digits[0]}", "{digits:>9}", "EAU-{digits}", "{DIGITS}"],
)
def test_a_template_is_letters_digits_and_fields_only(template):
    with pytest.raises(RefdetError):
        RefdetRule(template, REGIE.pattern).check()


def test_a_pattern_that_is_no_expression_is_refused():
    with pytest.raises(RefdetError):
        RefdetRule("{digits}", "[0-9").check()


def test_a_basket_has_a_reference_of_its_own():
    assert basket_refdet(2026, 42) == "B2026000042"
    assert basket_refdet(2026, 12_345_678) == "B202612345678"
    assert re.fullmatch(REGIE.pattern, basket_refdet(2026, 1))


@pytest.mark.parametrize(("year", "sequence"), [(26, 1), (2026, 0), (2026, -1), (2026, 10**25)])
def test_a_basket_out_of_bounds_is_refused(year, sequence):
    with pytest.raises(RefdetError):
        basket_refdet(year, sequence)

"""The fields that billing writes: what differs is a change, what cannot be is refused at its field."""

import pytest

from models import Subscriber
from portail_app.errors import Invalid
from portail_app.services.owned_fields import OWNED, changes_of

ALICE = Subscriber(
    utility_id=1, number="100001", name="Alice Martin", address="12 rue du Moulin", postal_code="59900", city="Lys"
)


def test_what_is_typed_as_it_was_is_no_change():
    assert changes_of(ALICE, {"name": "  Alice   Martin ", "city": "Lys"}) == ()


def test_what_is_not_typed_stays():
    (change,) = changes_of(ALICE, {"city": "Vieux-Pont"})

    assert (change.field, change.label, change.former, change.proposed) == ("city", "Ville", "Lys", "Vieux-Pont")


def test_what_nobody_may_ask_for_is_not_read():
    assert changes_of(ALICE, {"number": "100002", "utility_id": "2", "email": "bruno@example.fr"}) == ()


@pytest.mark.parametrize("field", [field.name for field in OWNED if field.is_required])
@pytest.mark.parametrize("emptied", ["", "   ", "\t\n"])
def test_what_a_bill_needs_is_not_emptied(field, emptied):
    with pytest.raises(Invalid, match="Remplissez ce champ") as refused:
        changes_of(ALICE, {field: emptied})
    assert refused.value.field == field


def test_a_telephone_may_be_taken_away():
    reachable = ALICE.model_copy(update={"phone": "06 12 34 56 78"})
    (change,) = changes_of(reachable, {"phone": ""})

    assert (change.former, change.proposed) == ("06 12 34 56 78", "")


@pytest.mark.parametrize("field", OWNED, ids=lambda field: field.name)
def test_a_field_takes_no_more_than_its_column(field):
    with pytest.raises(Invalid, match=f"Pas plus de {field.longest} caractères") as refused:
        changes_of(ALICE, {field.name: "1" * (field.longest + 1)})
    assert refused.value.field == field.name


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("postal_code", "599"), ("postal_code", "59_900"), ("phone", "12345"), ("phone", "appelez")],
)
def test_a_value_has_the_shape_of_its_field(field, wrong):
    with pytest.raises(Invalid, match="Exemple") as refused:
        changes_of(ALICE, {field: wrong})
    assert refused.value.field == field


@pytest.mark.parametrize(("field", "right"), [("postal_code", "1050 AB"), ("phone", "+33 (0)6.12.34.56.78")])
def test_a_value_from_abroad_is_taken(field, right):
    (change,) = changes_of(ALICE, {field: right})
    assert change.proposed == right

"""Whether what was chosen may be paid together, said in words that name the one at fault."""

from datetime import date

import pytest

from models import InvoiceKind, InvoiceRow
from portail_app.errors import NotPayable
from portail_app.gateways.payfip import MAXIMUM_CENTS
from portail_app.services.payability import SUSPENDED
from portail_app.services.payables import Payable
from portail_app.services.payments.choices import check_lines, check_total

LATE = "La date limite du paiement en ligne est dépassée depuis le 01/11/2026."


def payable(number: str = "F1", cents: int = 10_000, obstacle: str = "", *, several: bool = True) -> Payable:
    row = InvoiceRow.model_construct(
        number=number,
        kind=InvoiceKind.INVOICE,
        amount_cents=cents,
        billed_paid_cents=0,
        settled_cents=0,
        due_on=date(2026, 12, 1),
    )
    return Payable(row, several=several, obstacle=obstacle, resume="")


def refusal_of(check, *arguments) -> str:
    with pytest.raises(NotPayable) as refused:
        check(*arguments)
    return refused.value.sentence


def test_what_has_no_obstacle_may_be_paid_alone_or_together():
    assert check_lines([payable()]) is None
    assert check_lines([payable("F1"), payable("F2")]) is None


def test_alone_the_obstacle_is_said_without_a_number():
    assert refusal_of(check_lines, [payable(obstacle=LATE)]) == LATE


def test_among_several_the_one_at_fault_is_named_and_the_first_is_said():
    chosen = [payable("F1"), payable("F2", obstacle=LATE), payable("F3", obstacle="Cette facture est déjà réglée.")]
    assert refusal_of(check_lines, chosen) == f"Facture F2 : {LATE}"


def test_a_suspension_is_nobodys_fault_and_names_no_invoice():
    chosen = [payable("F1", obstacle=SUSPENDED), payable("F2", obstacle=SUSPENDED)]
    assert refusal_of(check_lines, chosen) == SUSPENDED


def test_several_are_refused_where_the_utility_takes_one_at_a_time():
    one, other = payable("F1", several=False), payable("F2", several=False)

    assert check_lines([one]) is None
    assert refusal_of(check_lines, [one, other]) == "Une seule facture peut être réglée à la fois."


def test_an_obstacle_is_said_before_the_rule_of_one_at_a_time():
    chosen = [payable("F1", several=False), payable("F2", obstacle=LATE, several=False)]
    assert LATE in refusal_of(check_lines, chosen)


@pytest.mark.parametrize("shown", [0, 19_999, 20_001, -20_000])
def test_a_total_that_is_not_the_one_shown_is_told_with_the_true_one(shown):
    sentence = refusal_of(check_total, [payable("F1"), payable("F2")], shown)
    assert sentence == "Le montant à régler a changé : il est maintenant de 200,00\u00a0€. Vérifiez-le, puis payez."


def test_the_total_shown_is_paid():
    assert check_total([payable("F1"), payable("F2", 1)], 10_001) is None


def test_payfips_limit_is_reached_and_not_passed():
    assert check_total([payable("F1", MAXIMUM_CENTS)], MAXIMUM_CENTS) is None
    sentence = refusal_of(check_total, [payable("F1", MAXIMUM_CENTS), payable("F2", 1)], MAXIMUM_CENTS + 1)
    assert sentence.startswith("Le paiement en ligne est limité à 99\u202f999,99\u00a0€")

"""The first words of a bill: how much, until when, what to do; each sentence as it is printed."""

from datetime import date

import pytest

from models import InvoiceKind
from portail_app.pdf.headline import Headline, headline_of
from tests.pdf.bills import alice, invoice, utility

AMOUNT = {"amount_cents": 24311}
PORTAL = "portail.example.fr"


def headline(*, of=None, by=None, portal=PORTAL, **changes) -> Headline:
    return headline_of(invoice(**AMOUNT | changes), of or alice(), by or utility(), portal)


def test_what_is_owed_is_to_be_paid_online_before_its_day():
    assert headline() == Headline(
        "Montant à régler",
        24311,
        "avant le 21 juillet 2017",
        "Réglez en ligne, à toute heure",
        (
            "Sur portail.example.fr, menu «\xa0Mes factures\xa0».",
            "Première visite\xa0: munissez-vous de votre numéro d’abonné.",
            "Paiement en ligne possible jusqu’au 20/08/2017.",
        ),
    )


def test_without_a_last_day_none_is_announced():
    assert len(headline(online_until=None).advice) == 2


@pytest.mark.parametrize(
    "closed", [{"by": utility(online_payment_open=False)}, {"by": utility(payfip_client=None)}, {"portal": ""}]
)
def test_where_nothing_is_paid_online_the_service_says_how(closed):
    told = headline(**closed)

    assert (told.advice_title, told.when) == ("Comment régler", "avant le 21 juillet 2017")
    assert told.advice == ("Le service vous indique les moyens de paiement acceptés.",)


def test_the_first_of_a_month_is_written_as_the_french_say_it():
    assert headline(due_on=date(2017, 8, 1)).when == "avant le 1er août 2017"


@pytest.mark.parametrize("paid", [24311, 30_000])
def test_a_paid_bill_thanks_and_names_its_whole_amount(paid):
    assert headline(settled_cents=paid) == Headline(
        "Facture réglée",
        24311,
        "",
        "Merci pour votre règlement",
        ("Il ne vous reste rien à régler.", "Conservez ce document avec vos justificatifs."),
    )


def test_a_bill_at_the_treasury_is_explained():
    told = headline(sent_to_treasury_on=date(2017, 9, 1), settled_cents=311)

    assert (told.label, told.amount_cents, told.when) == ("Montant dû", 24_000, "")
    assert told.advice_title == "Facture en trésorerie"
    assert told.advice == (
        "Cette facture n’a pas été réglée dans les délais imposés, elle a été transmise en trésorerie.",
        "Un avis de somme à payer sera transmis par courrier pour procéder au règlement.",
    )


@pytest.mark.parametrize(
    ("debited", "day"),
    [
        ({"of": alice(pays_by_direct_debit=True)}, "21 juillet 2017"),
        ({"debited_on": date(2017, 7, 25)}, "25 juillet 2017"),
        ({"of": alice(pays_by_direct_debit=True), "debited_on": date(2017, 7, 25)}, "25 juillet 2017"),
    ],
)
def test_who_is_debited_is_told_what_and_when_and_has_nothing_to_do(debited, day):
    assert headline(billed_paid_cents=311, **debited) == Headline(
        "Montant prélevé",
        24_000,
        f"le {day}",
        "Prélèvement automatique",
        (f"La somme de 240,00\xa0€ sera prélevée le {day}.", "Vous n’avez rien à faire."),
    )


@pytest.mark.parametrize("amount", [-500, 0])
def test_a_credit_note_is_owed_to_the_subscriber_whatever_else_is_true(amount):
    told = headline(
        kind=InvoiceKind.CREDIT_NOTE,
        amount_cents=amount,
        sent_to_treasury_on=date(2017, 9, 1),
        debited_on=date(2017, 8, 1),
    )

    assert told == Headline(
        "Montant en votre faveur",
        -amount,
        "",
        "Un avoir",
        ("Cette somme vous est due\xa0: elle n’est pas à régler.", "Le service vous précise son utilisation."),
    )


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"settled_cents": 24311}, {"sent_to_treasury_on": date(2017, 9, 1)}),
        ({"settled_cents": 24311}, {"debited_on": date(2017, 8, 1)}),
        ({"sent_to_treasury_on": date(2017, 9, 1)}, {"debited_on": date(2017, 8, 1)}),
    ],
)
def test_what_is_over_is_said_before_what_was_to_come(first, then):
    assert headline(**first, **then) == headline(**first)

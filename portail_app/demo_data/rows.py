"""The rows of the demonstration's files, cell by cell, under the columns of `docs/import.md`."""

from collections.abc import Iterator

from portail_app.demo_data.bills import Bill
from portail_app.demo_data.cells import day_cell, euros_cell, price_cell, rate_cell, truth_cell
from portail_app.demo_data.fates import Fate
from portail_app.demo_data.people import Household

SUBSCRIBER_COLUMNS = ("collectivite", "abonne", "nom", "courriel", "adresse", "code_postal", "ville", "prelevement")
INVOICE_COLUMNS = (
    "collectivite",
    "facture",
    "abonne",
    "nature",
    "objet",
    "date",
    "echeance",
    "payable_en_ligne_jusqu_au",
    "en_tresorerie_le",
    "prelevee_le",
    "en_litige",
    "periode_du",
    "periode_au",
    "montant",
    "deja_regle",
)
LINE_COLUMNS = (
    "collectivite",
    "facture",
    "ligne",
    "rubrique",
    "libelle",
    "quantite",
    "unite",
    "prix_unitaire",
    "montant_ht",
    "tva",
)


def household_row(household: Household) -> tuple[str, ...]:
    return (
        household.utility,
        household.number,
        household.name,
        household.email,
        household.address,
        household.postal_code,
        household.city,
        truth_cell(household.pays_by_direct_debit),
    )


def invoice_row(household: Household, bill: Bill, fate: Fate) -> tuple[str, ...]:
    return (
        household.utility,
        bill.number,
        household.number,
        bill.kind,
        bill.subject,
        day_cell(bill.issued_on),
        day_cell(bill.due_on),
        day_cell(fate.online_until),
        day_cell(fate.sent_to_treasury_on),
        day_cell(fate.debited_on),
        truth_cell(fate.is_disputed),
        day_cell(bill.period_start),
        day_cell(bill.period_end),
        euros_cell(bill.amount_cents),
        euros_cell(fate.paid_cents),
    )


def line_rows(household: Household, bill: Bill) -> Iterator[tuple[object, ...]]:
    for position, line in enumerate(bill.lines, start=1):
        yield (
            household.utility,
            bill.number,
            position,
            line.rubric,
            line.label,
            line.quantity,
            line.unit,
            price_cell(line.price),
            euros_cell(line.amount_cents),
            rate_cell(line.vat_basis_points),
        )

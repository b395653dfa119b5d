"""The file of a leak on paper: every line that its page has, the decision, and the certificates that can be read."""

from datetime import date

import pytest

from models import LeakCertificate, LeakKind
from portail_app.errors import NotFound
from portail_app.gateways.storage import storage
from portail_app.services.leaks.papers import compose_leak_sheet
from tests.dwellings import Dwelling, create_dwelling
from tests.factories import NOW, TODAY, create_utility, save
from tests.services.leaks.files import pdf, photo
from tests.services.leaks.places import tell
from tests.services.test_costs import rate


@pytest.fixture
async def home(session, cast, alice) -> Dwelling:
    return await create_dwelling(session, cast.utility, alice, number="C1")


async def sheet_of(session, viewer, alert):
    return await compose_leak_sheet(session, viewer, alert.id, TODAY)


async def said(session, viewer, alert) -> dict[str, dict[str, str]]:
    """What each section says, with plain blanks."""
    sections = (await sheet_of(session, viewer, alert)).sections
    return {section.title: {label: plain(words) for label, words in section.lines} for section in sections}


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


async def certify(session, alert, alice, content: bytes, media_type: str, **values) -> LeakCertificate:
    usual = {"leak_place": "Jardin", "repaired_on": date(2026, 11, 20), "plumber": "SARL Plomberie Lys"}
    file = {"file_key": storage().add(content), "media_type": media_type, "size_bytes": len(content)}
    sent = {"alert_id": alert.id, "sent_at": NOW, "sent_by": alice.account_id}
    return await save(session, LeakCertificate(**{**usual, **file, **sent, **values}))


async def test_a_file_without_a_tariff_says_its_figures_and_no_cost(session, alice, home):
    alert = await tell(session, home)

    sections = await said(session, alice, alert)

    assert list(sections) == ["Consommation", "Écrêtement", "Attestations", "Décision"]
    assert sections["Consommation"] == {
        "Contrat": f"n° C1, {home.point.address}, Clermont-sur-Lys",
        "Période": "du 01/04/2026 au 30/09/2026",
        "Volume relevé": "180 m³",
        "Volume moyen": "60 m³, consommé dans ce logement, à la même période des trois années précédentes",
        "Alerte envoyée le": "22/11/2026 à 10:30",
        "Attestation jusqu’au": "22/12/2026",
    }
    assert sections["Écrêtement"] == {
        "Eau due au plus": "120 m³ (le double du volume moyen)",
        "Assainissement compté": "60 m³ (le volume moyen)",
    }
    assert sections["Attestations"] == {"": "Aucune attestation reçue."}
    assert sections["Décision"]["État"] == "Attestation attendue"
    assert "L. 2224-12-4 (III bis)" in sections["Décision"][""]


async def test_with_a_tariff_both_costs_are_said_to_be_estimates(session, alice, home):
    await save(session, rate("1.00", utility_id=home.contract.utility_id, vat_basis_points=0))

    capped = (await said(session, alice, await tell(session, home)))["Écrêtement"]

    assert capped["Coût sans écrêtement"] == "180,00 € TTC (estimation)"
    assert capped["Coût avec écrêtement"] == "120,00 € TTC (estimation)"


async def test_a_warning_of_telemetry_compares_with_nothing_and_caps_nothing(session, alice, home):
    alert = await tell(session, home, kind=LeakKind.CONTINUOUS, mean_litres=None, years=0)

    sections = await said(session, alice, alert)

    assert "Écrêtement" not in sections
    assert "Volume moyen" not in sections["Consommation"]


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ({"certified_at": NOW}, "Attestation reçue, à décider"),
        ({"certified_at": NOW, "accepted_at": NOW}, "Écrêtement accordé"),
        ({"refused_at": NOW, "reason": "Chauffe-eau."}, "Écrêtement refusé"),
        ({"closed_at": NOW, "reason": "Erreur de relève."}, "Classé sans suite"),
    ],
)
async def test_the_decision_says_when_and_why_it_was_taken(session, alice, home, done, state):
    decision = (await said(session, alice, await tell(session, home, **done)))["Décision"]

    is_decided = "certified_at" not in done or "accepted_at" in done
    assert decision["État"] == state
    assert decision.get("Décidé le") == ("22/11/2026 à 10:30" if is_decided else None)
    assert decision.get("Motif") == done.get("reason")


async def test_each_certificate_says_where_when_and_who_and_is_joined_in_order(session, alice, home):
    alert = await tell(session, home)
    await certify(session, alert, alice, pdf(), "application/pdf")
    await certify(session, alert, alice, photo(), "image/jpeg", plumber="Dupont", leak_place="Cave")

    sheet = await sheet_of(session, alice, alert)

    lines = [(plain(label), words) for label, words in sheet.sections[2].lines]
    assert lines == [
        ("Reçue le 22/11/2026 à 10:30", "Jardin, réparée le 20/11/2026 par SARL Plomberie Lys"),
        ("Reçue le 22/11/2026 à 10:30", "Cave, réparée le 20/11/2026 par Dupont"),
    ]
    assert [(one.title, one.media_type) for one in sheet.attachments] == [
        *(("Attestation de SARL Plomberie Lys", "application/pdf"), ("Attestation de Dupont", "image/jpeg")),
    ]
    assert sheet.attachments[0].content == pdf()


async def test_a_certificate_that_the_store_has_lost_is_still_told_of(session, alice, home):
    alert = await tell(session, home)
    await certify(session, alert, alice, photo(), "image/jpeg", file_key="0" * 64)

    sheet = await sheet_of(session, alice, alert)

    assert sheet.attachments == ()
    assert "Aucune attestation reçue." not in dict(sheet.sections[2].lines).values()


async def test_the_sheet_is_addressed_to_who_pays_from_the_utility_of_the_contract(session, cast, alice, home):
    alert = await tell(session, home)
    nobodys = await tell(session, await create_dwelling(session, await create_utility(session)))

    sheet = await sheet_of(session, alice, alert)

    assert (sheet.number, sheet.dated, sheet.addressee[0]) == (str(alert.id), TODAY, "Alice Martin")
    assert sheet.head.name == cast.utility.name
    with pytest.raises(NotFound):
        await sheet_of(session, alice, nobodys)

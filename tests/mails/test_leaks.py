"""What is written of a leak: the figures, the law's words, and one way to answer."""

import pytest

from models import LeakKind
from portail_app.mails import leaks
from tests.mails.letters import ENDS, PLACE, SENDER, alert

FILE = "https://portail.example/contrats/C%2F1%20%C3%A9/fuite"


def test_the_warning_gives_the_volume_the_mean_and_the_last_day():
    text = leaks.warning(alert(), PLACE, SENDER)

    assert "Contrat n° C/1 é, 12 rue du Moulin" in text
    assert "Du 01/05/2026 au 31/10/2026 : 250,3\u00a0m³" in text
    assert "consommé dans ce logement, à la même période des trois années précédentes : 60\u00a0m³." in text
    assert f"Transmettez cette attestation jusqu'au 22/12/2026 inclus :\n{FILE}\n" in text


def test_the_warning_cites_the_law_and_says_what_it_leaves_out():
    text = leaks.warning(alert(), PLACE, SENDER)

    assert "articles L. 2224-12-4 et R. 2224-20-1" in text
    assert "Les fuites d'appareils ménagers, de sanitaires ou de chauffage ne sont pas concernées." in text
    assert "vous pouvez demander au service, dans le même délai, de vérifier votre compteur." in text


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (0, "consommé par les logements de votre secteur, sur une durée égale"),
        (1, "à la même période d’une des trois années précédentes"),
        (2, "à la même période de deux des trois années précédentes"),
        (3, "à la même période des trois années précédentes"),
    ],
)
def test_the_mean_says_what_it_is_of(years, words):
    told = alert()
    told.years = years
    assert words in leaks.warning(told, PLACE, SENDER)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LeakKind.CONTINUOUS, "Votre compteur n'a pas cessé de tourner pendant un jour entier."),
        (LeakKind.EMPTY_HOME, "De l'eau a coulé pendant l'absence que vous nous avez signalée."),
        (LeakKind.THRESHOLD, "Votre consommation d'un jour a dépassé le seuil que vous avez choisi."),
    ],
)
def test_telemetry_says_what_was_seen_and_asks_for_no_certificate(kind, words):
    text = leaks.warning(alert(kind), PLACE, SENDER)

    assert words in text
    assert FILE in text
    assert "attestation" not in text
    assert "L. 2224-12-4" not in text


@pytest.mark.parametrize("kind", LeakKind)
def test_every_kind_has_a_subject_of_its_own(kind):
    assert leaks.SUBJECTS[kind]
    assert list(leaks.SUBJECTS.values()).count(leaks.SUBJECTS[kind]) == 1


def test_who_is_granted_relief_reads_both_volumes_and_that_the_bill_will_be_corrected():
    text = leaks.decision(alert(accepted_at=ENDS), (120, 60), PLACE, SENDER)

    assert "Votre demande d'écrêtement est acceptée." in text
    assert "Volume d'eau à payer : 120\u00a0m³, le double de votre consommation moyenne." in text
    assert "Volume compté pour l'assainissement : 60\u00a0m³." in text
    assert "Votre facture sera corrigée." in text


def test_who_is_refused_reads_the_reason_and_no_volume_to_pay():
    text = leaks.decision(alert(refused_at=ENDS, reason="La fuite est avant compteur."), (120, 60), PLACE, SENDER)

    assert "est refusée, pour la raison suivante :\n\nLa fuite est avant compteur.\n" in text
    assert "120" not in text
    assert FILE in text


@pytest.mark.parametrize(
    ("litres", "shown"), [(0, "0"), (49, "0"), (51, "0,1"), (1000, "1"), (1_234_567, "1\u202f234,6")]
)
def test_a_volume_is_shown_to_the_tenth_of_a_cubic_metre(litres, shown):
    assert leaks.shown(litres) == f"{shown}\u00a0m³"

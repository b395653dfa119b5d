"""Indexes in mails: as they were sent, to the litre, with what the service corrected and nothing where it did not."""

import pytest

from portail_app.mails import readings
from tests.mails.letters import CONTRACT, SENDER, sent_reading


@pytest.mark.parametrize(
    ("litres", "shown"),
    [(812_345, "812,345"), (812_000, "812"), (812_300, "812,3"), (0, "0"), (1_204_000, "1\u202f204")],
)
def test_an_index_is_written_back_as_it_was_sent_to_the_litre(litres, shown):
    sent = sent_reading().model_copy(update={"index_litres": litres, "refusal_reason": "Illisible."})

    for write in (readings.accepted, readings.refused):
        assert f"Votre relève du 20/11/2026 ({shown}\u00a0m³) pour le contrat C/1 é" in write(SENDER, sent, CONTRACT)[1]


@pytest.mark.parametrize(
    ("litres", "said"),
    [
        (None, "a été validée.\n"),
        (0, "a été validée, avec l'index 0\u00a0m³ que le service a corrigé.\n"),
        (812_354, "a été validée, avec l'index 812,354\u00a0m³ que le service a corrigé.\n"),
    ],
)
def test_a_correction_is_said_even_where_the_meter_shows_nothing(litres, said):
    assert said in readings.accepted(SENDER, sent_reading(corrected_index_litres=litres), CONTRACT)[1]

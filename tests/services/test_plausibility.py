"""Whether an index can be: what is refused, what is asked again, and what goes without a word."""

from datetime import date

import pytest

from models import Meter, Reading, ReadingKind
from portail_app.errors import Invalid
from portail_app.services.consumption import history_of
from portail_app.services.meter_history import MeterHistory
from portail_app.services.plausibility import Verdict, judge

TODAY = date(2026, 11, 22)
READINGS = (("2026-06-30", 461), ("2025-12-31", 400), ("2025-06-30", 340), ("2024-12-31", 280))


def verdict(index_m3: float, on: date = TODAY, readings=READINGS, **meter: object) -> Verdict:
    known = {"installed_on": date(2015, 1, 1), "digits": 4, **meter}
    own = Meter(id=1, utility_id=1, delivery_point_id=1, serial="C1", **known)
    told = [
        Reading(meter_id=1, read_on=date.fromisoformat(day), index_litres=m3 * 1000, kind=ReadingKind.READ)
        for day, m3 in readings
    ]
    history = MeterHistory((own,), tuple(told), history_of([own], told, since=date(2024, 12, 31)))
    return judge(history, own, round(index_m3 * 1000), on, TODAY)


def refused(*arguments: object, **values: object) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        verdict(*arguments, **values)
    return refusal.value


def test_what_was_to_be_expected_goes_without_a_word():
    assert verdict(509) == Verdict("", 48_000, date(2026, 6, 30))


def test_an_index_lower_than_the_last_is_asked_again():
    assert verdict(452).doubt == "Cet index est inférieur au dernier connu (461\u00a0m³ le 30/06/2026)."


def test_an_index_that_turned_over_is_asked_again_and_its_volume_is_known():
    found = verdict(38, readings=(("2026-06-30", 9_990),))

    assert found.litres == 48_000
    assert "repassé par zéro" in found.doubt


def test_far_more_than_usual_is_asked_again_with_both_figures():
    found = verdict(600)

    assert found.doubt == (
        "C’est beaucoup plus que d’habitude : 139\u00a0m³ depuis le 30/06/2026, pour 48\u00a0m³ attendus."
    )


def test_far_less_than_usual_is_asked_again():
    assert verdict(462).doubt.startswith("C’est beaucoup moins que d’habitude : 1\u00a0m³ depuis le 30/06/2026")


@pytest.mark.parametrize("index", [474, 509, 560])
def test_within_a_third_and_twice_of_what_is_usual_nothing_is_asked(index: int):
    assert verdict(index).doubt == ""


def test_a_few_days_after_a_reading_little_is_not_surprising():
    assert verdict(461, on=date(2026, 7, 4)).doubt == ""


def test_a_date_before_the_last_reading_is_asked_again():
    assert verdict(430, on=date(2026, 3, 31)).doubt == (
        "Une relève plus récente est déjà connue (461\u00a0m³ le 30/06/2026)."
    )
    assert verdict(470, on=date(2026, 3, 31)).doubt.endswith("et cet index lui est supérieur.")


def test_without_history_a_households_120_m3_a_year_are_the_measure():
    assert verdict(20, readings=(), installed_on=date(2026, 10, 1)).doubt == ""
    assert "17\u00a0m³ attendus" in verdict(90, readings=(), installed_on=date(2026, 10, 1)).doubt


def test_without_history_and_without_the_first_index_nothing_can_be_asked():
    assert verdict(5_000, readings=()) == Verdict()


@pytest.mark.parametrize(
    ("index", "on", "field"),
    [
        (470, date(2026, 11, 23), "read_on"),
        (470, date(2014, 12, 31), "read_on"),
        (470, date(2026, 6, 30), "read_on"),
        (10_000, TODAY, "index"),
        (-1, TODAY, "index"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(index: int, on: date, field: str):
    assert refused(index, on).field == field


def test_a_meter_that_is_read_from_afar_needs_nobody():
    assert "relevé à distance" in refused(470, is_telemetered=True).sentence


def test_on_the_29th_of_february_too():
    assert verdict(330, on=date(2024, 2, 29), readings=()) == Verdict()


@pytest.mark.parametrize(
    ("index", "doubt"),
    [
        (472.022, "C’est beaucoup moins"),
        (472.023, ""),
        (562.136, ""),
        (562.137, "C’est beaucoup plus"),
    ],
)
def test_a_third_and_twice_of_the_usual_48_068_litres_have_a_margin_of_5_cubic_metres(index: float, doubt: str):
    found = verdict(index).doubt

    assert found.startswith(doubt)
    assert bool(found) is bool(doubt)


GREAT_CONSUMER = (("2026-06-30", 5_000), ("2025-12-31", 3_190))  # ten cubic metres a day


@pytest.mark.parametrize(("on", "is_asked"), [(date(2026, 7, 29), False), (date(2026, 7, 30), True)])
def test_nothing_at_all_is_surprising_after_thirty_days(on: date, is_asked: bool):
    assert bool(verdict(5_000, on=on, readings=GREAT_CONSUMER).doubt) is is_asked


def test_the_same_index_as_the_last_is_not_said_to_be_lower():
    found = verdict(461, on=date(2026, 7, 30))

    assert (found.doubt, found.litres, found.since) == ("", 0, date(2026, 6, 30))


def test_who_has_used_nothing_since_they_moved_in_is_not_asked_again():
    assert verdict(0, readings=(), installed_on=date(2026, 1, 1)).doubt == ""


@pytest.mark.parametrize(("installed_on", "litres"), [(date(2025, 11, 1), 100_000), (date(2025, 10, 31), None)])
def test_the_first_index_of_a_meter_is_a_measure_for_a_year(installed_on: date, litres: int | None):
    assert verdict(100, readings=(), installed_on=installed_on).litres == litres


def test_the_first_index_of_a_used_meter_is_not_nothing():
    used = {"installed_on": date(2026, 6, 1), "installed_index_litres": 300_000}

    assert verdict(340, readings=(), **used) == Verdict("", 40_000, date(2026, 6, 1))
    assert verdict(299, readings=(), **used).doubt.startswith("Cet index est inférieur au dernier connu (300")


@pytest.mark.parametrize("index", [0, 9_999.999])
def test_all_that_the_wheels_can_show_may_be_sent(index: float):
    assert verdict(index, readings=()) == Verdict()


@pytest.mark.parametrize("on", [TODAY, date(2015, 1, 1)])
def test_today_and_the_day_of_installation_are_days_to_read_on(on: date):
    assert verdict(3, on=on, readings=()).doubt == ""


def test_what_is_refused_says_what_to_do():
    assert refused(470, date(2014, 12, 31)).sentence == "Ce compteur a été posé le 01/01/2015, après cette date."
    assert refused(10_000).sentence == ("Ce compteur a 4 chiffres pour les mètres cubes : recopiez ceux-là seulement.")
    assert refused(470, date(2026, 6, 30)).sentence == "Une relève du 30/06/2026 est déjà enregistrée."


def test_an_index_equal_to_a_newer_one_is_not_said_to_be_higher():
    assert "supérieur" not in verdict(461, on=date(2026, 3, 31)).doubt


def test_of_two_newer_readings_the_nearest_is_named():
    assert "(340\u00a0m³ le 30/06/2025)" in verdict(300, on=date(2025, 3, 31)).doubt


def test_the_readings_of_another_meter_of_the_home_neither_refuse_nor_measure():
    own, other = (
        Meter(id=id, utility_id=1, delivery_point_id=1, serial=f"C{id}", installed_on=date(2015, 1, 1)) for id in (1, 2)
    )
    told = (
        Reading(meter_id=2, read_on=TODAY, index_litres=900_000, kind=ReadingKind.READ),
        Reading(meter_id=1, read_on=date(2026, 6, 30), index_litres=461_000, kind=ReadingKind.READ),
        Reading(meter_id=2, read_on=date(2026, 1, 1), index_litres=800_000, kind=ReadingKind.READ),
    )
    history = MeterHistory((own, other), told, history_of([own], [told[1]]))

    assert judge(history, own, 500_000, TODAY, TODAY).litres == 39_000

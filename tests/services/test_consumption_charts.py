"""What a graph shows: bars of equal and unequal lengths, the year before, the mean, and days by month and year."""

from datetime import date

import pytest

from portail_app.reading import reader_of
from portail_app.services.consumption_charts import Chart, View, find_chart
from portail_app.services.contracts import find_tenure
from portail_app.services.meter_history import find_history
from tests.supplies import count_days, create_supply, read

TELEMETERED = {"is_telemetered": True}


async def chart_of(session, viewer, supply, view: View, at: str = "") -> Chart:
    reader = await reader_of(session)
    tenure = await find_tenure(reader, viewer, supply.contract.number)
    return await find_chart(reader, tenure, await find_history(reader, tenure), view, at)


@pytest.fixture
async def counted(session, alice):
    """Ten years of Alice's days: 300 L, and 500 L in 2026."""
    supply = await create_supply(session, alice, meter=TELEMETERED | {"installed_on": date(2015, 1, 1)},
                                 started_on=date(2016, 11, 1))  # fmt: skip
    await count_days(session, supply.meter, date(2015, 1, 1), date(2025, 12, 31))
    await count_days(session, supply.meter, date(2026, 1, 1), date(2026, 11, 15), litres=500)
    return supply


async def test_periods_of_about_the_same_length_are_compared_in_cubic_metres(session, alice):
    supply = await create_supply(session, alice)
    await read(session, supply.meter)

    chart = await chart_of(session, alice, supply, View.PERIODS)

    assert [bar.litres for bar in chart.bars] == [60_000, 62_000, 58_000, 61_000, 58_000, 62_000]
    assert chart.bars[-1].name == "du 01/01/2026 au 30/06/2026"
    assert chart.bars[-1].litres_before == 61_000
    assert (chart.is_average, round(chart.mean), chart.known_on) == (False, 60_167, date(2026, 6, 30))


async def test_periods_of_unequal_lengths_are_compared_by_the_day(session, alice):
    supply = await create_supply(session, alice)
    await read(session, supply.meter, ("2024-12-31", 0), ("2025-06-30", 181), ("2025-07-10", 191))

    chart = await chart_of(session, alice, supply, View.PERIODS)

    assert chart.is_average
    assert chart.mean == 1000
    assert [bar.litres_a_day for bar in chart.bars] == [1000, 1000]


async def test_a_meter_without_days_has_periods_whatever_is_asked(session, alice):
    supply = await create_supply(session, alice)
    await read(session, supply.meter)

    for view in View:
        assert (await chart_of(session, alice, supply, view)).view is View.PERIODS


async def test_ten_years_are_bars_and_the_newest_is_compared_until_the_same_day(session, alice, counted):
    chart = await chart_of(session, alice, counted, View.YEARS)

    assert [bar.label for bar in chart.bars] == [str(year) for year in range(2016, 2027)]
    assert chart.bars[-1].litres == 319 * 500
    assert chart.bars[-1].litres_before == 319 * 300
    assert chart.bars[-2].litres_before == 366 * 300
    assert chart.mean == pytest.approx(300 * (365 * 7 + 366 * 2) / 9)


async def test_days_before_the_contract_are_not_shown(session, alice, counted):
    chart = await chart_of(session, alice, counted, View.YEARS)

    assert chart.bars[0].litres == 61 * 300


async def test_months_of_a_year_have_those_of_the_year_before_beside_them(session, alice, counted):
    chart = await chart_of(session, alice, counted, View.MONTHS)

    assert chart.title == "Consommation de 2026, mois par mois"
    assert [bar.label for bar in chart.bars][:2] == ["janv.", "févr."]
    assert (chart.bars[0].litres, chart.bars[0].litres_before) == (31 * 500, 31 * 300)
    assert (chart.bars[10].litres, chart.bars[10].litres_before) == (15 * 500, 15 * 300)
    assert (chart.bars[11].litres, chart.bars[11].litres_before) == (None, 31 * 300)
    assert (chart.previous, chart.next) == ("2025", "")


async def test_days_of_a_month_and_the_way_to_its_neighbours(session, alice, counted):
    chart = await chart_of(session, alice, counted, View.DAYS, "2026-10")

    assert chart.title == "Consommation d’octobre 2026, jour par jour"
    assert len(chart.bars) == 31
    assert {bar.litres for bar in chart.bars} == {500}
    assert {bar.litres_before for bar in chart.bars} == {300}
    assert (chart.previous, chart.next) == ("2026-09", "2026-11")


NO_MONTHS = [
    *("", "hier", "2026-13", "9999-01", "0000-01", "0001-01", "1900-12", "-1", "2026-", "٢٠٢٦-01", "019990-01"),
    *("2026-00199", "1" * 5_000, "2026-0"),
]


@pytest.mark.parametrize("at", NO_MONTHS)
async def test_a_month_that_is_none_is_the_newest(session, alice, counted, at):
    chart = await chart_of(session, alice, counted, View.DAYS, at)

    assert chart.title == "Consommation de novembre 2026, jour par jour"
    assert sum(bar.litres is None for bar in chart.bars) == 15
    assert chart.known_on == date(2026, 11, 15)


async def test_a_day_without_data_is_not_a_day_without_water(session, alice):
    supply = await create_supply(session, alice, meter=TELEMETERED)
    await count_days(session, supply.meter, date(2026, 10, 1), date(2026, 10, 9), litres=0)
    await count_days(session, supply.meter, date(2026, 10, 11), date(2026, 10, 31))

    chart = await chart_of(session, alice, supply, View.DAYS)

    assert [bar.litres for bar in chart.bars[8:11]] == [0, None, 300]


async def test_a_new_subscriber_has_nothing_to_draw(session, alice):
    chart = await chart_of(session, alice, await create_supply(session, alice), View.PERIODS)

    assert (chart.bars, chart.mean, chart.known_on) == ((), None, None)


async def test_a_graph_has_the_twelve_newest_periods(session, alice):
    supply = await create_supply(session, alice)
    months = [(f"{year}-{month:02}-01", year * 12 + month) for year in (2024, 2025) for month in range(1, 13)]
    await read(session, supply.meter, *months[:14])

    bars = (await chart_of(session, alice, supply, View.PERIODS)).bars

    assert (len(bars), bars[0].name, bars[-1].name) == (
        12,
        "du 02/02/2024 au 01/03/2024",
        "du 02/01/2025 au 01/02/2025",
    )


@pytest.mark.parametrize(("last", "is_average"), [("2026-07-30", False), ("2026-07-31", True)])
async def test_periods_are_of_about_the_same_length_up_to_a_tenth(session, alice, last, is_average):
    """A hundred days, then a hundred and ten or one more."""
    supply = await create_supply(session, alice)
    await read(session, supply.meter, ("2026-01-01", 0), ("2026-04-11", 10), (last, 20))

    assert (await chart_of(session, alice, supply, View.PERIODS)).is_average is is_average


async def test_the_28th_of_february_is_compared_once_with_a_month_of_29_days(session, alice, counted):
    february = (await chart_of(session, alice, counted, View.MONTHS, "2024")).bars[1]
    last = (await chart_of(session, alice, counted, View.DAYS, "2024-02")).bars[-1]
    after = (await chart_of(session, alice, counted, View.MONTHS, "2025")).bars[1]

    assert (february.days, february.litres, february.litres_before) == (29, 29 * 300, 28 * 300)
    assert (last.label, last.litres, last.litres_before) == ("29", 300, 300)
    assert (after.days, after.litres, after.litres_before) == (28, 28 * 300, 28 * 300)


@pytest.mark.parametrize(
    ("view", "at", "previous", "next_"),
    [
        (View.MONTHS, "2016", "", "2017"),
        (View.MONTHS, "2017", "2016", "2018"),
        (View.MONTHS, "2025", "2024", "2026"),
        (View.MONTHS, "2026", "2025", ""),
        (View.DAYS, "2016-11", "", "2016-12"),
        (View.DAYS, "2016-12", "2016-11", "2017-01"),
        (View.DAYS, "2026-11", "2026-10", ""),
    ],
)
async def test_there_is_a_way_to_what_is_known_and_none_beyond(session, alice, counted, view, at, previous, next_):
    chart = await chart_of(session, alice, counted, view, at)

    assert (chart.previous, chart.next) == (previous, next_)


async def test_a_single_known_day_beside_a_month_is_a_way_to_it(session, alice):
    supply = await create_supply(session, alice, meter=TELEMETERED)
    await count_days(session, supply.meter, date(2026, 9, 30), date(2026, 11, 1))

    chart = await chart_of(session, alice, supply, View.DAYS, "2026-10")

    assert (chart.previous, chart.next) == ("2026-09", "2026-11")


async def test_a_month_that_is_not_over_does_not_lower_the_mean(session, alice, counted):
    chart = await chart_of(session, alice, counted, View.MONTHS, "2026")

    assert chart.mean == pytest.approx(500 * (304 / 10))

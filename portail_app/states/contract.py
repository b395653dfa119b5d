"""One contract: its meter, its readings, and the graph of what was used with the same in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

import reflex as rx

from models import Contract, DeliveryPoint, Meter
from portail_app.errors import NotFound
from portail_app.reading import reading
from portail_app.services.consumption_charts import Bar, Chart, View, find_chart
from portail_app.services.contracts import find_tenure
from portail_app.services.meter_history import MeterHistory, find_history
from portail_app.states.access import subscriber_event
from portail_app.states.consumption_figure import figure_of, mean_in_words, unit_of
from portail_app.states.urls import read_choice, read_last
from portail_app.viewer import Viewer

SHOWN_READINGS = 24


@dataclass(frozen=True, slots=True)
class ReadingRow:
    read_on: date
    index_litres: int
    kind: str
    serial: str
    received_at: datetime | None
    comment: str


class ContractState(rx.State):
    contract: Contract | None = None
    point: DeliveryPoint | None = None
    meters: tuple[Meter, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    bars: tuple[Bar, ...] = ()
    figure: str = ""
    words: dict[str, str] = {}

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        asked = self.router.url.query_parameters
        view = read_choice(View, asked.get("vue", ""), View.PERIODS)
        try:
            async with reading(viewer) as reader:
                tenure = await find_tenure(reader, viewer, read_last(self.router.url.path))
                told = await find_history(reader, tenure)
                chart = await find_chart(reader, tenure, told, view, asked.get("au", ""))
        except NotFound as missing:
            self.contract, self.words = None, {"missing": missing.sentence}
            return
        self.figure, self.bars = figure_of(chart), chart.bars
        self.meters, self.readings = told.meters, _rows(told)
        self.words = _words(tenure.contract, told, chart)
        self.contract, self.point = tenure.contract, tenure.point


def _rows(told: MeterHistory) -> tuple[ReadingRow, ...]:
    serials = {meter.id: meter.serial for meter in told.meters}
    return tuple(
        ReadingRow(
            reading.read_on,
            reading.index_litres,
            reading.kind.value,
            serials[reading.meter_id],
            reading.received_at,
            reading.comment,
        )
        for reading in told.readings[:SHOWN_READINGS]
    )


def _words(contract: Contract, told: MeterHistory, chart: Chart) -> dict[str, str]:
    """What is said around the graph, and the links that change it."""
    address = f"/contrats/{quote(contract.number, safe='')}"
    files = f"/telecharger{address}/consommations"
    asked = urlencode({"vue": chart.view.value})
    return {
        "missing": "",
        "view": chart.view.value,
        "title": f"{chart.title} ({unit_of(chart)})",
        "mean": mean_in_words(chart),
        "known_on": chart.known_on.isoformat() if chart.known_on else "",
        "reads": "" if told.meter is None or told.meter.removed_on else _who_reads(told.meter),
        "is_telemetered": "oui" if told.is_telemetered else "",
        "csv": f"{files}.csv?{asked}",
        "json": f"{files}.json?{asked}",
        "previous": _link(address, {"vue": chart.view.value, "au": chart.previous}) if chart.previous else "",
        "next": _link(address, {"vue": chart.view.value, "au": chart.next}) if chart.next else "",
        **{view.value: _link(address, {"vue": view.value}) for view in View},
    }


def _who_reads(meter: Meter) -> str:
    return "de loin" if meter.is_telemetered else "par vous"


def _link(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(asked)}"

"""One contract: its meter, its readings, and the graph of what was used with the same in a table."""

import reflex as rx

from models import Contract, DeliveryPoint, Meter
from portail_app.errors import NotFound
from portail_app.services.consumption_charts import Bar, View, find_chart
from portail_app.services.meter_history import find_history
from portail_app.states.access import subscriber_event
from portail_app.states.consumption_figure import figure_of
from portail_app.states.contract_words import words_of
from portail_app.states.one_contract import OfContract, open_contract
from portail_app.states.reading_rows import ReadingRow, rows_of
from portail_app.states.urls import read_choice
from portail_app.viewer import Viewer


class ContractState(OfContract, rx.State):
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
            async with open_contract(viewer, self._number()) as (reader, tenure):
                told = await find_history(reader, tenure)
                chart = await find_chart(reader, tenure, told, view, asked.get("au", ""))
        except NotFound as missing:
            self.contract, self.words = None, {"missing": missing.sentence}
            return
        self.figure, self.bars = figure_of(chart), chart.bars
        self.meters, self.readings = told.meters, rows_of(told)
        self.words = words_of(tenure, told, chart)
        self.contract, self.point = tenure.contract, tenure.point

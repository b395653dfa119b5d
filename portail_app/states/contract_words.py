"""What is said around the graph of a contract, and the links that change it."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from models import Meter
from portail_app.services.consumption_charts import Chart, View
from portail_app.services.contracts import Tenure
from portail_app.services.meter_history import MeterHistory
from portail_app.states.consumption_figure import mean_in_words, unit_of


def words_of(tenure: Tenure, told: MeterHistory, chart: Chart) -> dict[str, str]:
    address = f"/contrats/{quote(tenure.contract.number, safe='')}"
    files = f"/telecharger{address}/consommations"
    asked = urlencode({"vue": chart.view.value})
    return {
        "missing": "",
        "view": chart.view.value,
        "title": f"{chart.title} ({unit_of(chart)})",
        "mean": mean_in_words(chart),
        "known_on": chart.known_on.isoformat() if chart.known_on else "",
        "reads": "" if told.meter is None or told.meter.removed_on else _who_reads(told.meter, tenure.may_act),
        "is_telemetered": "oui" if told.is_telemetered else "",
        "csv": f"{files}.csv?{asked}",
        "json": f"{files}.json?{asked}",
        "previous": _link(address, {"vue": chart.view.value, "au": chart.previous}) if chart.previous else "",
        "next": _link(address, {"vue": chart.view.value, "au": chart.next}) if chart.next else "",
        **{view.value: _link(address, {"vue": view.value}) for view in View},
    }


def _who_reads(meter: Meter, may_send: bool) -> str:
    if meter.is_telemetered:
        return "de loin"
    return "par vous" if may_send else "par son titulaire"


def _link(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(asked)}"

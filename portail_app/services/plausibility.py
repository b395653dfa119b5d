"""Whether an index can be what a meter shows: what is impossible is refused, what is surprising is asked again."""

from dataclasses import dataclass
from datetime import date

from models import Meter, Reading
from portail_app.errors import Invalid
from portail_app.formats import cubic_metres, day
from portail_app.services.consumption import volume_litres
from portail_app.services.meter_history import MeterHistory

TYPICAL_LITRES_A_DAY = 120_000 / 365  # a household's 120 m³ a year
HIGH, LOW = 2.0, 1 / 3
MARGIN_LITRES = 5_000
FEWEST_DAYS = 30  # before that, little says nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """`doubt` is empty for what was to be expected; `litres` is what flowed since the reading of `since`."""

    doubt: str = ""
    litres: int | None = None
    since: date | None = None


def judge(told: MeterHistory, meter: Meter, index_litres: int, read_on: date, today: date) -> Verdict:
    """Raises Invalid for what cannot be; a doubt is a sentence that asks to look at the meter again."""
    _refuse_impossible(told, meter, index_litres, read_on, today)
    own = [reading for reading in told.readings if reading.meter_id == meter.id]
    before = next((reading for reading in own if reading.read_on < read_on), None)
    after = next((reading for reading in reversed(own) if reading.read_on > read_on), None)
    start, start_index = (before.read_on, before.index_litres) if before else (None, None)
    if start is None and meter.installed_on >= read_on.replace(year=read_on.year - 1, day=1):
        start, start_index = meter.installed_on, meter.installed_index_litres
    flowed = None if start_index is None else volume_litres(start_index, index_litres, meter.turns_over_at_litres)
    if after is not None:
        return Verdict(_after_a_newer(after, index_litres), flowed, start)
    if start is None or start_index is None:
        return Verdict()
    return Verdict(_doubt(told, start, start_index, index_litres, flowed, read_on), flowed, start)


def _refuse_impossible(told: MeterHistory, meter: Meter, index_litres: int, read_on: date, today: date) -> None:
    if meter.is_telemetered:
        raise Invalid("Ce compteur est relevé à distance : il n’y a pas d’index à transmettre.")
    if read_on > today:
        raise Invalid("Cette date est à venir : indiquez le jour où vous avez lu le compteur.", field="read_on")
    if read_on < meter.installed_on:
        raise Invalid(f"Ce compteur a été posé le {day(meter.installed_on)}, après cette date.", field="read_on")
    if not 0 <= index_litres < meter.turns_over_at_litres:
        raise Invalid(
            f"Ce compteur a {meter.digits} chiffres pour les mètres cubes : recopiez ceux-là seulement.", field="index"
        )
    if any(reading.read_on == read_on and reading.meter_id == meter.id for reading in told.readings):
        raise Invalid(f"Une relève du {day(read_on)} est déjà enregistrée.", field="read_on")


def _after_a_newer(after: Reading, index_litres: int) -> str:
    higher = " et cet index lui est supérieur" if index_litres > after.index_litres else ""
    return f"Une relève plus récente est déjà connue ({_shown(after.index_litres)} le {day(after.read_on)}){higher}."


def _doubt(
    told: MeterHistory, start: date, start_index: int, index_litres: int, flowed: int | None, read_on: date
) -> str:
    known = f"{_shown(start_index)} le {day(start)}"
    if flowed is None:
        return f"Cet index est inférieur au dernier connu ({known})."
    if index_litres < start_index:
        return f"Cet index est inférieur au dernier connu ({known}) : le compteur serait repassé par zéro."
    days = (read_on - start).days
    usual = round((told.history.mean_litres_a_day or TYPICAL_LITRES_A_DAY) * days)
    expected = f"{_shown(flowed)} depuis le {day(start)}, pour {_shown(usual)} attendus"
    if flowed > HIGH * usual + MARGIN_LITRES:
        return f"C’est beaucoup plus que d’habitude : {expected}."
    if days >= FEWEST_DAYS and told.history.periods and flowed < LOW * usual - MARGIN_LITRES:
        return f"C’est beaucoup moins que d’habitude : {expected}."
    return ""


def _shown(litres: int) -> str:
    return cubic_metres(round(litres / 1000))

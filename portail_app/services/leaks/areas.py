"""What a dwelling of an area uses: compared with where a dwelling has no history of its own."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import text

from portail_app.reading import Prepared, Reader

Area = tuple[int, str]
LEAST_DWELLINGS = 5
"""Of fewer, the mean would say what one neighbour uses (RGPD), and would mean little."""
YEARS_OF_READINGS = timedelta(days=3 * 365 + 1)


class AreaMeans:
    """Litres a day by utility and area, over the last three years; each area is read once, however many ask."""

    def __init__(self) -> None:
        self._known: dict[Area, float | None] = {}

    async def learn(self, reader: Reader, areas: Collection[Area], today: date) -> None:
        missing = [area for area in set(areas) if area not in self._known]
        if not missing:
            return
        self._known |= dict.fromkeys(missing)
        utilities, names = zip(*missing, strict=True)
        values = {"utilities": list(utilities), "areas": list(names), "since": today - YEARS_OF_READINGS}
        for utility_id, name, mean in await reader.rows(_MEANS, **values, least=LEAST_DWELLINGS):
            self._known[utility_id, name] = mean

    def of(self, area: Area) -> float | None:
        """None where it was not learned, or where too few dwellings are known."""
        return self._known.get(area)


_MEANS = Prepared(
    text("""
    WITH step AS (
        SELECT point.utility_id, point.area, point.id, reading.read_on - lag(reading.read_on) OVER course AS days,
            reading.index_litres - lag(reading.index_litres) OVER course AS litres
        FROM delivery_point AS point JOIN meter ON meter.delivery_point_id = point.id
        JOIN reading ON reading.meter_id = meter.id
        WHERE point.is_dwelling AND reading.kind <> 'estimee' AND reading.read_on >= :since
        AND (point.utility_id, point.area) IN
            (SELECT * FROM unnest(CAST(:utilities AS integer[]), CAST(:areas AS text[])))
        WINDOW course AS (PARTITION BY reading.meter_id ORDER BY reading.read_on)
    )
    SELECT utility_id, area, sum(litres)::float8 / sum(days) FROM step WHERE litres >= 0
    GROUP BY utility_id, area HAVING count(DISTINCT id) >= :least
    """)
)

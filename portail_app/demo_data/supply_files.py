"""The files about contracts, meters and what they showed."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from portail_app.demo_data import supply_rows as rows
from portail_app.demo_data.cast import DEMO, NEIGHBOUR
from portail_app.demo_data.supplies import Supply
from portail_app.demo_data.writers import Writer, open_csv


@dataclass(frozen=True)
class SupplyFiles:
    points: Writer
    contracts: Writer
    parties: Writer
    links: Writer
    meters: Writer
    readings: Writer
    days: Writer

    @classmethod
    def opened(cls, files: ExitStack, folder: Path, today: date) -> Self:
        tariffs = open_csv(files, folder / "tarifs.csv", rows.TARIFF_COLUMNS)
        for utility in (DEMO, NEIGHBOUR):
            tariffs.writerows(rows.tariff_rows(utility, today))
        return cls(
            points=open_csv(files, folder / "points.csv", rows.POINT_COLUMNS),
            contracts=open_csv(files, folder / "contrats.csv", rows.CONTRACT_COLUMNS),
            parties=open_csv(files, folder / "parties.csv", rows.PARTY_COLUMNS),
            links=open_csv(files, folder / "factures_contrats.csv", rows.LINK_COLUMNS),
            meters=open_csv(files, folder / "compteurs.csv", rows.METER_COLUMNS),
            readings=open_csv(files, folder / "releves.csv", rows.READING_COLUMNS),
            days=open_csv(files, folder / "volumes_journaliers.csv", rows.DAILY_COLUMNS),
        )

    def write(self, supplies: Iterable[Supply]) -> None:
        for supply in supplies:
            self.points.writerow(rows.point_row(supply))
            self.contracts.writerow(rows.contract_row(supply))
            self.parties.writerows(rows.party_rows(supply))
            self.links.writerows(rows.link_rows(supply))
            for meter in supply.meters:
                self.meters.writerow(rows.meter_row(supply, meter))
                self.readings.writerows(rows.reading_rows(supply, meter))
                self.days.writerows(rows.daily_rows(supply, meter))

"""The rows of the files about contracts and meters, under the columns of `docs/import.md`."""

from collections.abc import Iterator
from datetime import date, timedelta

from portail_app.demo_data.bills import Line
from portail_app.demo_data.cast import MULTI_SERVICES
from portail_app.demo_data.cells import cubic_metres_cell, day_cell, price_cell, rate_cell, truth_cell
from portail_app.demo_data.metering import DemoMeter
from portail_app.demo_data.supplies import WITH_SEWER, WITHOUT_SEWER, Supply
from portail_app.demo_data.tariffs import WASTEWATER_VAT, Rate, rates_of

Row = tuple[object, ...]
POINT_COLUMNS = (
    *("collectivite", "point", "adresse", "code_postal", "ville", "secteur", "habitation", "emplacement_compteur"),
)
METER_COLUMNS = (
    *("collectivite", "compteur", "point", "diametre", "annee", "chiffres", "telereleve"),
    *("pose_le", "index_pose", "depose_le", "index_depose"),
)
CONTRACT_COLUMNS = ("collectivite", "contrat", "point", "service", "tarif", "facture_tous_les", "debut", "fin")
PARTY_COLUMNS = ("collectivite", "contrat", "abonne", "role", "depuis", "jusqu_au")
LINK_COLUMNS = ("collectivite", "facture", "contrat", "volume")
READING_COLUMNS = ("collectivite", "compteur", "releve_le", "index", "nature", "recue_le", "commentaire")
DAILY_COLUMNS = ("collectivite", "compteur", "jour", "volume", "volume_horaire_minimum")
TARIFF_COLUMNS = (
    *("collectivite", "tarif", "applicable_le", "ligne", "rubrique", "libelle", "assiette", "prix_unitaire"),
    *("part_fixe", "au_dela_de", "jusqu_a", "mois", "tva"),
)
RECEIVED_AFTER = {"relevee": 3, "telerelevee": 0}
FIRST_YEAR = 2016
SEWER, NO_SEWER = "Eau et assainissement", "Eau"


def point_row(supply: Supply) -> Row:
    home = supply.household
    dwelling = truth_cell(not home.name.split()[0].isupper() and home.yearly_m3 < 600)
    address = (supply.address, home.postal_code, home.city)
    return (home.utility, supply.point, *address, home.city, dwelling, supply.place)


def contract_row(supply: Supply) -> Row:
    service = SEWER if supply.household.has_sewer else NO_SEWER
    dates = (day_cell(supply.started_on), day_cell(supply.ended_on))
    return (supply.household.utility, supply.contract, supply.point, service, supply.tariff, 6, *dates)


def party_rows(supply: Supply) -> Iterator[Row]:
    for role in ("redevable", "occupant"):
        yield supply.household.utility, supply.contract, supply.household.number, role, "", ""


def link_rows(supply: Supply) -> Iterator[Row]:
    for bill in supply.bills:
        yield supply.household.utility, bill.number, supply.contract, bill.volume_m3


def meter_row(supply: Supply, meter: DemoMeter) -> Row:
    return (
        supply.household.utility,
        meter.serial,
        supply.point,
        15 if supply.household.yearly_m3 < 600 else 30,
        2000 + int(meter.serial[1:3]),
        meter.digits,
        truth_cell(meter.is_telemetered),
        day_cell(meter.installed_on),
        cubic_metres_cell(meter.installed_index_litres),
        day_cell(meter.removed_on),
        "" if meter.removed_index_litres is None else cubic_metres_cell(meter.removed_index_litres),
    )


def reading_rows(supply: Supply, meter: DemoMeter) -> Iterator[Row]:
    for read_on, index, kind in meter.readings:
        days = RECEIVED_AFTER.get(kind)
        received = "" if days is None else day_cell(read_on + timedelta(days=days))
        yield (
            *(supply.household.utility, meter.serial, day_cell(read_on), cubic_metres_cell(index)),
            *(kind, received, "Personne ne répondait" if kind == "estimee" else ""),
        )


def daily_rows(supply: Supply, meter: DemoMeter) -> Iterator[Row]:
    for day, litres, least in meter.days:
        volumes = (cubic_metres_cell(litres), cubic_metres_cell(least))
        yield (supply.household.utility, meter.serial, day_cell(day), *volumes)


def tariff_rows(utility: str, today: date) -> Iterator[Row]:
    """A version a year; that of 2017 is the one of the manual's bill."""
    for year in range(FIRST_YEAR, today.year + 1):
        for code, has_sewer in ((WITH_SEWER, True), (WITHOUT_SEWER, False)):
            of_2017 = year == MULTI_SERVICES.period_end.year and has_sewer
            lines = map(_line_cells, MULTI_SERVICES.lines) if of_2017 else map(_rate_cells, rates_of(year, has_sewer))
            for position, cells in enumerate(lines, start=1):
                yield (utility, code, day_cell(date(year, 1, 1)), position, *cells)


def _rate_cells(rate: Rate) -> Row:
    return (
        *(rate.rubric, rate.label, _basis_cell(rate.vat_basis_points), price_cell(rate.price)),
        *(truth_cell(rate.is_fixed), rate.above_m3, rate.up_to_m3 or "", 6, rate_cell(rate.vat_basis_points)),
    )


def _line_cells(line: Line) -> Row:
    is_fixed = truth_cell(line.unit != "m³")
    told = (line.rubric, line.label, _basis_cell(line.vat_basis_points), price_cell(line.price))
    return (*told, is_fixed, 0, "", 6, rate_cell(line.vat_basis_points))


def _basis_cell(vat_basis_points: int) -> str:
    """Water and wastewater have each its rate of VAT."""
    return "assainissement" if vat_basis_points == WASTEWATER_VAT else "eau"

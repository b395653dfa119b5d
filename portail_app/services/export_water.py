"""What a copy of one's data holds of water and papers: contracts, readings, daily volumes, leaks, documents.

A party is given what was read in their own time, as on the pages (services/contracts.py).
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import col

from models import (
    Contract,
    ContractParty,
    DailyVolume,
    DeliveryPoint,
    Document,
    LeakAlert,
    Meter,
    PartyRole,
    Reading,
    SentReading,
    StoredFile,
)
from portail_app.services.export_section import Section, named

FOREVER = date(9999, 12, 31)


def water_sections(mine: int, own: list[int]) -> tuple[Section, ...]:
    return (_contracts(own), _readings(own), _volumes(own), _sent(mine), _leaks(own), _documents(own))


def _contracts(own: list[int]) -> Section:
    statement = (
        select(
            *named(
                contrat=Contract.number,
                service=Contract.service,
                role=ContractParty.role,
                adresse=DeliveryPoint.address,
                debut=Contract.started_on,
                fin=Contract.ended_on,
                depuis=ContractParty.since,
                jusqu_au=ContractParty.until,
            )
        )
        .join(ContractParty, col(ContractParty.contract_id) == Contract.id)
        .join(DeliveryPoint, col(DeliveryPoint.id) == Contract.delivery_point_id)
        .where(col(ContractParty.subscriber_id).in_(own))
        .order_by(col(Contract.started_on), col(Contract.id))
    )
    return Section("contrats", statement)


def _readings(own: list[int]) -> Section:
    statement = (
        select(
            *named(compteur=Meter.serial, date=Reading.read_on, index_litres=Reading.index_litres, nature=Reading.kind)
        )
        .join(Meter, col(Meter.id) == Reading.meter_id)
        .where(_in_their_time(own, Reading.read_on))
        .order_by(col(Meter.id), col(Reading.read_on))
    )
    return Section("releves", statement)


def _volumes(own: list[int]) -> Section:
    statement = (
        select(*named(compteur=Meter.serial, jour=DailyVolume.day, litres=DailyVolume.volume_litres))
        .join(Meter, col(Meter.id) == DailyVolume.meter_id)
        .where(_in_their_time(own, DailyVolume.day))
        .order_by(col(Meter.id), col(DailyVolume.day))
    )
    return Section("volumes_journaliers", statement)


def _sent(mine: int) -> Section:
    statement = (
        select(
            *named(
                compteur=Meter.serial,
                date=SentReading.read_on,
                index_litres=SentReading.index_litres,
                index_corrige_litres=SentReading.corrected_index_litres,
                remarque=SentReading.comment,
                envoyee_le=SentReading.sent_at,
                validee_le=SentReading.accepted_at,
                refusee_le=SentReading.refused_at,
                motif=SentReading.refusal_reason,
            )
        )
        .join(Meter, col(Meter.id) == SentReading.meter_id)
        .where(col(SentReading.sent_by) == mine)
        .order_by(col(SentReading.id))
    )
    return Section("releves_envoyees", statement)


def _leaks(own: list[int]) -> Section:
    statement = (
        select(
            *named(
                contrat=Contract.number,
                nature=LeakAlert.kind,
                du=LeakAlert.period_start,
                au=LeakAlert.period_end,
                litres=LeakAlert.litres,
                moyenne_litres=LeakAlert.mean_litres,
                signalee_le=LeakAlert.recorded_at,
            )
        )
        .join(Contract, col(Contract.id) == LeakAlert.contract_id)
        .where(exists().where(*_party(own, LeakAlert.period_end)))
        .order_by(col(LeakAlert.period_end), col(LeakAlert.id))
    )
    return Section("alertes_de_fuite", statement)


def _documents(own: list[int]) -> Section:
    statement = (
        select(
            *named(
                document=StoredFile.name,
                type=StoredFile.media_type,
                octets=StoredFile.size_bytes,
                transmis_par_vous=Document.is_deposit,
                date=Document.placed_at,
            )
        )
        .join(StoredFile, col(StoredFile.id) == Document.file_id)
        .where(col(Document.subscriber_id).in_(own))
        .order_by(col(Document.id))
    )
    return Section("documents", statement)


def _in_their_time(own: list[int], day: Any) -> ColumnElement[bool]:
    return exists().where(col(Contract.delivery_point_id) == col(Meter.delivery_point_id), *_party(own, day))


def _party(own: list[int], day: Any) -> tuple[ColumnElement[bool], ...]:
    begins = func.greatest(col(Contract.started_on), func.coalesce(col(ContractParty.since), col(Contract.started_on)))
    ends = func.least(func.coalesce(col(Contract.ended_on), FOREVER), func.coalesce(col(ContractParty.until), FOREVER))
    return (
        col(ContractParty.contract_id) == col(Contract.id),
        col(ContractParty.subscriber_id).in_(own),
        or_(col(ContractParty.role) == PartyRole.PAYER, col(ContractParty.role) == PartyRole.OCCUPANT),
        and_(col(day) >= begins, col(day) <= ends),
    )

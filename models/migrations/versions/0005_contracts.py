"""contracts, meters and readings"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '0005'
down_revision: str | None = '0004'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('delivery_point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('postal_code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('city', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('area', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('is_dwelling', sa.Boolean(), nullable=False),
    sa.Column('meter_place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_delivery_point_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_point')),
    sa.UniqueConstraint('utility_id', 'number', name=op.f('uq_delivery_point_utility_id_number'))
    )
    op.create_table('tariff_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('tariff_code', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('rubric', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('unit_price', sa.Numeric(precision=12, scale=5), nullable=False),
    sa.Column('is_fixed', sa.Boolean(), nullable=False),
    sa.Column('above_m3', sa.Integer(), nullable=False),
    sa.Column('up_to_m3', sa.Integer(), nullable=True),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('vat_basis_points', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_tariff_line_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tariff_line')),
    sa.UniqueConstraint('utility_id', 'tariff_code', 'starts_on', 'position', name=op.f('uq_tariff_line_utility_id_tariff_code_starts_on_position'))
    )
    op.create_table('contract',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('delivery_point_id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('service', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('tariff_code', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('billed_every_months', sa.Integer(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['delivery_point_id'], ['delivery_point.id'], name=op.f('fk_contract_delivery_point_id_delivery_point')),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_contract_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract')),
    sa.UniqueConstraint('utility_id', 'number', name=op.f('uq_contract_utility_id_number'))
    )
    op.create_index('ix_contract_delivery_point_id_started_on', 'contract', ['delivery_point_id', 'started_on'], unique=False)
    op.create_table('meter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('delivery_point_id', sa.Integer(), nullable=False),
    sa.Column('serial', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('diameter_mm', sa.Integer(), nullable=True),
    sa.Column('made_in', sa.Integer(), nullable=True),
    sa.Column('digits', sa.Integer(), nullable=False),
    sa.Column('is_telemetered', sa.Boolean(), nullable=False),
    sa.Column('installed_on', sa.Date(), nullable=False),
    sa.Column('installed_index_litres', sa.Integer(), nullable=False),
    sa.Column('removed_on', sa.Date(), nullable=True),
    sa.Column('removed_index_litres', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['delivery_point_id'], ['delivery_point.id'], name=op.f('fk_meter_delivery_point_id_delivery_point')),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_meter_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meter')),
    sa.UniqueConstraint('utility_id', 'serial', name=op.f('uq_meter_utility_id_serial'))
    )
    op.create_index('ix_meter_delivery_point_id_installed_on', 'meter', ['delivery_point_id', 'installed_on'], unique=False)
    op.create_table('contract_party',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('subscriber_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('redevable', 'occupant', 'proprietaire', name='partyrole', native_enum=False, length=32), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_party_contract_id_contract')),
    sa.ForeignKeyConstraint(['subscriber_id'], ['subscriber.id'], name=op.f('fk_contract_party_subscriber_id_subscriber')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_party')),
    sa.UniqueConstraint('contract_id', 'subscriber_id', 'role', name=op.f('uq_contract_party_contract_id_subscriber_id_role'))
    )
    op.create_index('ix_contract_party_subscriber_id', 'contract_party', ['subscriber_id'], unique=False)
    op.create_table('daily_volume',
    sa.Column('meter_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('volume_litres', sa.Integer(), nullable=False),
    sa.Column('least_hourly_litres', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['meter_id'], ['meter.id'], name=op.f('fk_daily_volume_meter_id_meter')),
    sa.PrimaryKeyConstraint('meter_id', 'day', name=op.f('pk_daily_volume'))
    )
    op.create_table('invoice_contract',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('volume_litres', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_invoice_contract_contract_id_contract')),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_invoice_contract_invoice_id_invoice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice_contract')),
    sa.UniqueConstraint('invoice_id', 'contract_id', name=op.f('uq_invoice_contract_invoice_id_contract_id'))
    )
    op.create_index('ix_invoice_contract_contract_id', 'invoice_contract', ['contract_id'], unique=False)
    op.create_table('reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meter_id', sa.Integer(), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=False),
    sa.Column('index_litres', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('relevee', 'estimee', 'transmise', 'telerelevee', name='readingkind', native_enum=False, length=32), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['meter_id'], ['meter.id'], name=op.f('fk_reading_meter_id_meter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading')),
    sa.UniqueConstraint('meter_id', 'read_on', name=op.f('uq_reading_meter_id_read_on'))
    )
    op.create_table('sent_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('meter_id', sa.Integer(), nullable=False),
    sa.Column('index_litres', sa.Integer(), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=False),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('doubt', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('photo_key', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('refusal_reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_sent_reading_contract_id_contract')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_sent_reading_decided_by_account')),
    sa.ForeignKeyConstraint(['meter_id'], ['meter.id'], name=op.f('fk_sent_reading_meter_id_meter')),
    sa.ForeignKeyConstraint(['sent_by'], ['account.id'], name=op.f('fk_sent_reading_sent_by_account')),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_sent_reading_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_reading'))
    )
    op.create_index('ix_sent_reading_contract_id_sent_at', 'sent_reading', ['contract_id', 'sent_at'], unique=False)
    op.create_index(op.f('ix_sent_reading_utility_id'), 'sent_reading', ['utility_id'], unique=False)
    op.create_index('uq_sent_reading_waiting', 'sent_reading', ['meter_id'], unique=True, postgresql_where=sa.text('accepted_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL'))


def downgrade() -> None:
    op.drop_index('uq_sent_reading_waiting', table_name='sent_reading', postgresql_where=sa.text('accepted_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL'))
    op.drop_index(op.f('ix_sent_reading_utility_id'), table_name='sent_reading')
    op.drop_index('ix_sent_reading_contract_id_sent_at', table_name='sent_reading')
    op.drop_table('sent_reading')
    op.drop_table('reading')
    op.drop_index('ix_invoice_contract_contract_id', table_name='invoice_contract')
    op.drop_table('invoice_contract')
    op.drop_table('daily_volume')
    op.drop_index('ix_contract_party_subscriber_id', table_name='contract_party')
    op.drop_table('contract_party')
    op.drop_index('ix_meter_delivery_point_id_installed_on', table_name='meter')
    op.drop_table('meter')
    op.drop_index('ix_contract_delivery_point_id_started_on', table_name='contract')
    op.drop_table('contract')
    op.drop_table('tariff_line')
    op.drop_table('delivery_point')

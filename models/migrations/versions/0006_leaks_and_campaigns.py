"""leaks and campaigns"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = '0006'
down_revision: str | None = '0005'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('reading_campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('remind_on', sa.Date(), nullable=True),
    sa.Column('city', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('area', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('unread_since', sa.Date(), nullable=True),
    sa.Column('launched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('launched_by', sa.Integer(), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['launched_by'], ['account.id'], name=op.f('fk_reading_campaign_launched_by_account')),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_reading_campaign_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading_campaign'))
    )
    op.create_index(op.f('ix_reading_campaign_utility_id'), 'reading_campaign', ['utility_id'], unique=False)
    op.create_table('campaign_contract',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['reading_campaign.id'], name=op.f('fk_campaign_contract_campaign_id_reading_campaign')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_campaign_contract_contract_id_contract')),
    sa.PrimaryKeyConstraint('campaign_id', 'contract_id', name=op.f('pk_campaign_contract'))
    )
    op.create_index(op.f('ix_campaign_contract_contract_id'), 'campaign_contract', ['contract_id'], unique=False)
    op.create_table('leak_check',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=True),
    sa.Column('index_litres', sa.Integer(), nullable=True),
    sa.Column('counted_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_leak_check_contract_id_contract')),
    sa.PrimaryKeyConstraint('contract_id', name=op.f('pk_leak_check'))
    )
    op.create_table('leak_watch',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('warns_of_flow', sa.Boolean(), nullable=False),
    sa.Column('most_litres_a_day', sa.Integer(), nullable=True),
    sa.Column('away_from', sa.Date(), nullable=True),
    sa.Column('away_until', sa.Date(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['account.id'], name=op.f('fk_leak_watch_changed_by_account')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_leak_watch_contract_id_contract')),
    sa.PrimaryKeyConstraint('contract_id', name=op.f('pk_leak_watch'))
    )
    op.create_table('leak_alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('volume_anormal', 'debit_continu', 'logement_vide', 'seuil_depasse', name='leakkind', native_enum=False, length=32), nullable=False),
    sa.Column('reading_id', sa.Integer(), nullable=True),
    sa.Column('period_start', sa.Date(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('litres', sa.Integer(), nullable=False),
    sa.Column('mean_litres', sa.Integer(), nullable=True),
    sa.Column('years', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_until', sa.Date(), nullable=False),
    sa.Column('mailed_to', sa.Integer(), nullable=False),
    sa.Column('certified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_leak_alert_contract_id_contract')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_leak_alert_decided_by_account')),
    sa.ForeignKeyConstraint(['reading_id'], ['reading.id'], name=op.f('fk_leak_alert_reading_id_reading')),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_leak_alert_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leak_alert')),
    sa.UniqueConstraint('contract_id', 'kind', 'period_start', name=op.f('uq_leak_alert_contract_id_kind_period_start'))
    )
    op.create_index(op.f('ix_leak_alert_utility_id'), 'leak_alert', ['utility_id'], unique=False)
    op.create_table('leak_certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('leak_place', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('repaired_on', sa.Date(), nullable=False),
    sa.Column('plumber', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('file_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('media_type', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['leak_alert.id'], name=op.f('fk_leak_certificate_alert_id_leak_alert')),
    sa.ForeignKeyConstraint(['sent_by'], ['account.id'], name=op.f('fk_leak_certificate_sent_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leak_certificate'))
    )
    op.create_index(op.f('ix_leak_certificate_alert_id'), 'leak_certificate', ['alert_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_leak_certificate_alert_id'), table_name='leak_certificate')
    op.drop_table('leak_certificate')
    op.drop_index(op.f('ix_leak_alert_utility_id'), table_name='leak_alert')
    op.drop_table('leak_alert')
    op.drop_table('leak_watch')
    op.drop_table('leak_check')
    op.drop_index(op.f('ix_campaign_contract_contract_id'), table_name='campaign_contract')
    op.drop_table('campaign_contract')
    op.drop_index(op.f('ix_reading_campaign_utility_id'), table_name='reading_campaign')
    op.drop_table('reading_campaign')

"""personal data: paper, mails, delegates, accesses, exports, addresses that an account has left"""

import sqlalchemy as sa

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('data_export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.Column('parts_in_all', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_data_export_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_export'))
    )
    op.create_index(op.f('ix_data_export_account_id'), 'data_export', ['account_id'], unique=False)
    op.create_index('uq_data_export_unfinished', 'data_export', ['account_id'], unique=True, postgresql_where=sa.text('done_at IS NULL AND failed_at IS NULL'))
    op.create_table('email_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('former', sa.String(length=254), nullable=False),
    sa.Column('chosen', sa.String(length=254), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_email_change_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_email_change'))
    )
    op.create_index(op.f('ix_email_change_account_id'), 'email_change', ['account_id'], unique=False)
    op.create_index(op.f('ix_email_change_former'), 'email_change', ['former'], unique=False)
    op.create_table('notification_choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.Enum('acces', 'compte', 'recu', 'prelevement', 'fuite', 'papier', 'facture', 'rappel', 'demande', 'document', 'releve', 'consommation', 'avis', 'service', name='mailevent', native_enum=False, length=32), nullable=False),
    sa.Column('is_wanted', sa.Boolean(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_notification_choice_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_choice')),
    sa.UniqueConstraint('account_id', 'event', name=op.f('uq_notification_choice_account_id_event'))
    )
    op.create_table('access_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('connexion', 'consultation', name='accesskind', native_enum=False, length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('subscriber_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('browser', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_access_record_account_id_account')),
    sa.ForeignKeyConstraint(['subscriber_id'], ['subscriber.id'], name=op.f('fk_access_record_subscriber_id_subscriber')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_record'))
    )
    op.create_index('ix_access_record_account_id_at', 'access_record', ['account_id', 'at'], unique=False)
    op.create_index('ix_access_record_subscriber_id_at', 'access_record', ['subscriber_id', 'at'], unique=False)
    op.create_table('delegate_invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subscriber_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('hold', sa.Enum('titulaire', 'delegue_consultation', 'delegue_paiement', name='hold', native_enum=False, length=32), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_delegate_invitation_account_id_account')),
    sa.ForeignKeyConstraint(['subscriber_id'], ['subscriber.id'], name=op.f('fk_delegate_invitation_subscriber_id_subscriber')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegate_invitation'))
    )
    op.create_index(op.f('ix_delegate_invitation_email'), 'delegate_invitation', ['email'], unique=False)
    op.create_index(op.f('ix_delegate_invitation_subscriber_id'), 'delegate_invitation', ['subscriber_id'], unique=False)
    op.create_index('uq_delegate_invitation_open', 'delegate_invitation', ['subscriber_id', 'email'], unique=True, postgresql_where=sa.text('accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL'))
    op.create_table('paper_choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subscriber_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('wants_paper', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_paper_choice_account_id_account')),
    sa.ForeignKeyConstraint(['subscriber_id'], ['subscriber.id'], name=op.f('fk_paper_choice_subscriber_id_subscriber')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_choice'))
    )
    op.create_index(op.f('ix_paper_choice_account_id'), 'paper_choice', ['account_id'], unique=False)
    op.create_index(op.f('ix_paper_choice_subscriber_id'), 'paper_choice', ['subscriber_id'], unique=False)
    op.add_column('access_link', sa.Column('email', sa.String(length=254), nullable=False, server_default=''))
    op.add_column('subscriber', sa.Column('phone', sa.String(), nullable=False, server_default=''))


def downgrade() -> None:
    op.drop_column('subscriber', 'phone')
    op.drop_column('access_link', 'email')
    op.drop_index(op.f('ix_paper_choice_subscriber_id'), table_name='paper_choice')
    op.drop_index(op.f('ix_paper_choice_account_id'), table_name='paper_choice')
    op.drop_table('paper_choice')
    op.drop_index('uq_delegate_invitation_open', table_name='delegate_invitation', postgresql_where=sa.text('accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL'))
    op.drop_index(op.f('ix_delegate_invitation_subscriber_id'), table_name='delegate_invitation')
    op.drop_index(op.f('ix_delegate_invitation_email'), table_name='delegate_invitation')
    op.drop_table('delegate_invitation')
    op.drop_index('ix_access_record_subscriber_id_at', table_name='access_record')
    op.drop_index('ix_access_record_account_id_at', table_name='access_record')
    op.drop_table('access_record')
    op.drop_table('notification_choice')
    op.drop_index(op.f('ix_email_change_former'), table_name='email_change')
    op.drop_index(op.f('ix_email_change_account_id'), table_name='email_change')
    op.drop_table('email_change')
    op.drop_index('uq_data_export_unfinished', table_name='data_export', postgresql_where=sa.text('done_at IS NULL AND failed_at IS NULL'))
    op.drop_index(op.f('ix_data_export_account_id'), table_name='data_export')
    op.drop_table('data_export')

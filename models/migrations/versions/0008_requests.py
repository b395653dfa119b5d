"""requests: their types, their thread, what is not sent yet; and who is told that one changed"""

import json

import sqlalchemy as sa
import sqlmodel
from sqlalchemy import text

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def question(name, label, kind="texte", hint="", is_required=True, choices=()):
    return {
        "name": name, "label": label, "kind": kind, "hint": hint, "is_required": is_required, "choices": list(choices)
    }


def optional(name, label, kind="texte", hint="", choices=()):
    return question(name, label, kind, hint, False, choices)


WITHIN_DAYS = "Votre demande est enregistrée. Nous vous répondons ici, et un message électronique vous en prévient."
INDEX = "Les chiffres noirs du compteur, en m³."
BILL = "Il figure en haut de votre facture."
TYPES = (  # a utility begins with these, and changes them as it likes
    {
        "code": "installation", "kind": "formulaire", "name": "Problème sur mon installation", "due_days": 5,
        "guidance": "Compteur, pression, qualité de l’eau, robinet : dites-nous ce que vous constatez. "
        "En cas d’urgence, appelez le numéro indiqué à la page Contact.",
        "questions": [
            question("nature", "De quoi s’agit-il ?", "choix", choices=(
                "Compteur", "Pression de l’eau", "Qualité de l’eau", "Robinet ou vanne avant compteur",
                "Assainissement", "Autre chose",
            )),
            optional("depuis", "Depuis quand ?", "date"),
            question("description", "Ce que vous constatez", "texte_long"),
        ],
    },
    {
        "code": "emmenagement", "kind": "formulaire", "name": "Emménagement", "due_days": 5,
        "guidance": "Vous arrivez dans un logement : demandez votre abonnement, si possible avant le jour de votre arrivée.",
        "questions": [
            question("adresse", "Adresse du logement"),
            question("arrivee", "Date d’arrivée", "date"),
            optional("compteur", "Numéro du compteur", hint="Gravé sur le compteur."),
            optional("index", "Index à l’arrivée", "nombre", INDEX),
            optional("predecesseur", "Nom de l’occupant précédent"),
            optional("remarques", "Remarques", "texte_long"),
        ],
    },
    {
        "code": "resiliation", "kind": "formulaire", "name": "Résiliation", "due_days": 5,
        "guidance": "Vous quittez votre logement : votre facture de clôture sera établie sur l’index que vous relevez le jour du départ.",
        "questions": [
            question("depart", "Date de départ", "date"),
            optional("index", "Index au départ", "nombre", INDEX),
            question("nouvelle_adresse", "Votre nouvelle adresse", hint="La facture de clôture y sera envoyée."),
            optional("remarques", "Remarques", "texte_long"),
        ],
    },
    {
        "code": "fuite", "kind": "formulaire", "name": "Fuite", "due_days": 2,
        "guidance": "Fermez le robinet d’arrêt si vous le pouvez. Une fuite après compteur peut ouvrir droit à un plafonnement "
        "de la facture, sur attestation d’une entreprise de plomberie (article L. 2224-12-4 du code général des collectivités territoriales).",
        "questions": [
            question("lieu", "Où est la fuite ?", "choix", choices=(
                "Après le compteur", "Au compteur", "Avant le compteur", "Sur la voie publique", "Je ne sais pas",
            )),
            question("constatee", "Constatée le", "date"),
            question("reparee", "Est-elle réparée ?", "oui_non"),
            optional("index", "Index du compteur", "nombre", INDEX),
            question("description", "Ce que vous constatez", "texte_long"),
        ],
    },
    {
        "code": "reclamation", "kind": "formulaire", "name": "Réclamation", "due_days": 15,
        "guidance": "Une facture, une relève ou une réponse que vous contestez : expliquez-nous pourquoi.",
        "questions": [
            question("motif", "Elle concerne", "choix", choices=(
                "Une facture", "Une relève", "Une intervention", "La qualité du service", "Autre chose",
            )),
            optional("facture", "Numéro de la facture", hint=BILL),
            question("description", "Votre réclamation", "texte_long"),
        ],
    },
    {
        "code": "delai-de-paiement", "kind": "formulaire", "name": "Délai de paiement", "due_days": 5,
        "guidance": "Vous ne pouvez pas régler une facture à temps : demandez un délai avant son échéance. "
        "L’accord vous est donné par écrit, ici.",
        "questions": [
            question("facture", "Numéro de la facture", hint=BILL),
            question("souhait", "Ce que vous souhaitez", "choix", choices=(
                "Un délai d’un mois", "Payer en deux fois", "Payer en trois fois", "Autre chose",
            )),
            question("description", "Votre situation", "texte_long"),
        ],
    },
    {
        "code": "changement-de-rib", "kind": "formulaire", "name": "Changement de RIB", "due_days": 10,
        "guidance": "Pour le prélèvement de vos prochaines factures. Le service vous envoie le mandat à signer.",
        "questions": [
            question("titulaire", "Titulaire du compte"),
            question("iban", "IBAN", hint="Il commence par FR, et figure sur votre relevé d’identité bancaire."),
            optional("remarques", "Remarques", "texte_long"),
        ],
    },
    {
        "code": "autre", "kind": "formulaire", "name": "Autre demande", "due_days": 10, "guidance": "",
        "questions": [question("objet", "Objet"), question("description", "Votre demande", "texte_long")],
    },
    {
        "code": "message", "kind": "message", "name": "Message", "due_days": 10, "guidance": "",
        "questions": [question("message", "Votre message", "texte_long")],
    },
    {
        "code": "donnees-personnelles", "kind": "donnees_personnelles", "name": "Changement de données personnelles",
        "due_days": 10, "guidance": "", "questions": [],
    },
)

GIVE = """
INSERT INTO request_type (
    utility_id, code, kind, name, guidance, acknowledgement, due_days, position, is_active, declared_questions
)
SELECT {utility_id}, given ->> 'code', given ->> 'kind', given ->> 'name', given ->> 'guidance', {told},
       (given ->> 'due_days')::integer, place, true, (given -> 'questions')::json
FROM {utilities} jsonb_array_elements({types}::jsonb) WITH ORDINALITY AS listed (given, place)
ON CONFLICT (utility_id, code) DO NOTHING
"""

CHANGED = """
CREATE FUNCTION request_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('request_changed', to_jsonb(NEW) ->> TG_ARGV[0]);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.create_table('request_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_key', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_request_draft_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_draft')),
    sa.UniqueConstraint('account_id', 'place', name=op.f('uq_request_draft_account_id_place'))
    )
    op.create_table('request_type',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('kind', sa.Enum('formulaire', 'message', 'donnees_personnelles', name='requestkind', native_enum=False, length=32), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('guidance', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('acknowledgement', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('handler_id', sa.Integer(), nullable=True),
    sa.Column('due_days', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('declared_questions', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['handler_id'], ['account.id'], name=op.f('fk_request_type_handler_id_account')),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_request_type_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_type')),
    sa.UniqueConstraint('utility_id', 'code', name=op.f('uq_request_type_utility_id_code'))
    )
    op.create_table('request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('utility_id', sa.Integer(), nullable=False),
    sa.Column('subscriber_id', sa.Integer(), nullable=False),
    sa.Column('type_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('formulaire', 'message', 'donnees_personnelles', name='requestkind', native_enum=False, length=32), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('summary', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('status', sa.Enum('nouvelle', 'en_cours', 'en_attente', 'resolue', 'refusee', 'annulee', name='requeststatus', native_enum=False, length=32), nullable=False),
    sa.Column('assignee_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('opened_by', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_key', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['assignee_id'], ['account.id'], name=op.f('fk_request_assignee_id_account')),
    sa.ForeignKeyConstraint(['opened_by'], ['account.id'], name=op.f('fk_request_opened_by_account')),
    sa.ForeignKeyConstraint(['subscriber_id'], ['subscriber.id'], name=op.f('fk_request_subscriber_id_subscriber')),
    sa.ForeignKeyConstraint(['type_id'], ['request_type.id'], name=op.f('fk_request_type_id_request_type')),
    sa.ForeignKeyConstraint(['utility_id'], ['utility.id'], name=op.f('fk_request_utility_id_utility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request')),
    sa.UniqueConstraint('number', name=op.f('uq_request_number')),
    sa.UniqueConstraint('opened_by', 'sent_key', name=op.f('uq_request_opened_by_sent_key'))
    )
    op.create_index(op.f('ix_request_assignee_id'), 'request', ['assignee_id'], unique=False)
    op.create_index('ix_request_subscriber_id_opened_at', 'request', ['subscriber_id', 'opened_at'], unique=False)
    op.create_index(op.f('ix_request_type_id'), 'request', ['type_id'], unique=False)
    op.create_index('ix_request_utility_id_opened_at', 'request', ['utility_id', 'opened_at'], unique=False)
    op.create_table('proposed_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('field', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('former', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('proposed', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refusal_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_proposed_change_decided_by_account')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_proposed_change_request_id_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposed_change')),
    sa.UniqueConstraint('request_id', 'field', name=op.f('uq_proposed_change_request_id_field'))
    )
    op.create_table('request_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('is_staff', sa.Boolean(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('status', sa.Enum('nouvelle', 'en_cours', 'en_attente', 'resolue', 'refusee', 'annulee', name='requeststatus', native_enum=False, length=32), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_key', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_request_message_account_id_account')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_message_request_id_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_message')),
    sa.UniqueConstraint('request_id', 'sent_key', name=op.f('uq_request_message_request_id_sent_key'))
    )
    op.create_table('request_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_key', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_request_note_account_id_account')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_note_request_id_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_note')),
    sa.UniqueConstraint('request_id', 'sent_key', name=op.f('uq_request_note_request_id_sent_key'))
    )
    op.create_table('request_attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.Column('attached_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_request_attachment_account_id_account')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_request_attachment_file_id_stored_file')),
    sa.ForeignKeyConstraint(['message_id'], ['request_message.id'], name=op.f('fk_request_attachment_message_id_request_message')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_attachment_request_id_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_attachment')),
    sa.UniqueConstraint('file_id', name=op.f('uq_request_attachment_file_id'))
    )
    op.create_index('ix_request_attachment_account_id_place', 'request_attachment', ['account_id', 'place'], unique=False)
    op.create_index(op.f('ix_request_attachment_request_id'), 'request_attachment', ['request_id'], unique=False)

    give_request_types()
    for table, column in (("request", "id"), ("request_message", "request_id"), ("request_note", "request_id")):
        op.execute(
            text(
                f"CREATE TRIGGER request_changed AFTER INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION request_changed('{column}')"
            )
        )


def give_request_types() -> None:
    """To each utility there is, and to each that will be: by whatever way it comes."""
    types = quoted(json.dumps(TYPES, ensure_ascii=False))
    driver = op.get_bind().connection.driver_connection
    driver.execute(GIVE.format(utility_id="u.id", told=quoted(WITHIN_DAYS), types=types, utilities="utility u,"))
    to_new = GIVE.format(utility_id="NEW.id", told=quoted(WITHIN_DAYS), types=types, utilities="")
    driver.execute(
        f"CREATE FUNCTION give_request_types() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {to_new}; RETURN NULL; END $$"
    )
    driver.execute(
        "CREATE TRIGGER give_request_types AFTER INSERT ON utility FOR EACH ROW EXECUTE FUNCTION give_request_types()"
    )
    driver.execute(CHANGED)


def quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def downgrade() -> None:
    op.execute(text("DROP FUNCTION give_request_types() CASCADE"))
    op.execute(text("DROP FUNCTION request_changed() CASCADE"))
    op.drop_table('request_attachment')
    op.drop_table('request_note')
    op.drop_table('request_message')
    op.drop_table('proposed_change')
    op.drop_index('ix_request_utility_id_opened_at', table_name='request')
    op.drop_index(op.f('ix_request_type_id'), table_name='request')
    op.drop_index('ix_request_subscriber_id_opened_at', table_name='request')
    op.drop_index(op.f('ix_request_assignee_id'), table_name='request')
    op.drop_table('request')
    op.drop_table('request_type')
    op.drop_table('request_draft')

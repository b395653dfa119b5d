"""What the tests of the outbox write and read."""

import psycopg
from sqlmodel import select

from models import Mail, MailBody
from portail_app.database import database_url, transaction
from portail_app.services.mails import write_mail
from portail_app.viewer import Viewer

SECRET = "https://portail.example/mot-de-passe?lien=secret"


async def write(event_key="essai-1", **values):
    """A mail to Alice, committed."""
    async with transaction(Viewer.system()) as session:
        return await write_mail(
            session,
            **{
                "event_key": event_key,
                "recipient": "alice@example.fr",
                "subject": "Accès au portail des factures",
                "text": f"Bonjour,\n\nCliquez sur le lien suivant\n{SECRET}\n",
                **values,
            },
        )


async def find_mail(event_key="essai-1") -> Mail:
    async with transaction(Viewer.system()) as session:
        return (await session.exec(select(Mail).where(Mail.event_key == event_key))).one()


async def find_body(mail_id) -> str | None:
    async with transaction(Viewer.system()) as session:
        return (await session.exec(select(MailBody.text).where(MailBody.mail_id == mail_id))).one_or_none()


def run_sql(sql, *values):
    with psycopg.connect(database_url(), autocommit=True) as connection:
        answer = connection.execute(sql, values)
        return answer.fetchall() if answer.description else []


def make_retries_due():
    run_sql("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

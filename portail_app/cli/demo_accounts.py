"""`portail demo-accounts`: the demo's cast, able to sign in at once."""

import asyncio
from datetime import UTC, datetime

import click

from portail_app.database import transaction
from portail_app.demo_data.passwords import CAST, PASSWORD, give_passwords
from portail_app.demo_data.personal_affairs import write_affairs
from portail_app.demo_data.requests import ask_in_the_demonstration
from portail_app.demo_data.treasury import pay_in_the_demonstration, write_statement
from portail_app.services.accounts import open_account
from portail_app.settings import settings
from portail_app.viewer import Viewer


@click.command("demo-accounts", short_help="Active les comptes de la démonstration.")
def demo_accounts_command() -> None:
    """Active les comptes d'Alice, de Bruno et de Chloé, avec un mot de passe connu de tous."""
    if not settings().is_demo:
        raise click.ClickException("Refusé : ces comptes n’existent qu’en démonstration (PORTAL_DEMO=1).")
    asyncio.run(_activate_the_cast())
    for email in CAST:
        click.echo(f"{email}  {PASSWORD}")


async def _activate_the_cast() -> None:
    async with transaction(Viewer.system()) as session:
        await give_passwords(session, datetime.now(UTC))
        await ask_in_the_demonstration(session, datetime.now(UTC))
        alice, bruno, chloe = [await open_account(session, email, datetime.now(UTC)) for email in CAST]
        await write_affairs(session, alice, bruno, chloe, datetime.now(UTC))
        statement = await pay_in_the_demonstration(session, bruno, chloe, datetime.now(UTC))
    write_statement(settings().data_folder / "demo", statement)

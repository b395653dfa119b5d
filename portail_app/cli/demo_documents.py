"""`portail demo-documents`: what the demonstration's utility has published, and what Alice has sent."""

import asyncio
from datetime import UTC, datetime

import click

from portail_app.demo_data.shown_papers import place_papers
from portail_app.settings import settings


@click.command("demo-documents", short_help="Range les documents de la démonstration.")
def demo_documents_command() -> None:
    """Publie deux documents et en dépose deux au nom d’Alice, s’il n’y en a pas encore."""
    if not settings().is_demo:
        raise click.ClickException("Refusé : ces documents n’existent qu’en démonstration (PORTAL_DEMO=1).")
    asyncio.run(place_papers(datetime.now(UTC)))

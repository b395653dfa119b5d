"""The simulator alone: `python -m portail_app.simulators.payfip --port 8300`."""

from pathlib import Path

import click
import uvicorn

from portail_app.simulators.payfip.app import DEMO_CLIENTS, create_simulator
from portail_app.simulators.payfip.records import Client


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8300, show_default=True)
@click.option(
    "--state", type=click.Path(dir_okay=False, path_type=Path), help="Fichier JSON gardé d'un lancement à l'autre."
)
@click.option("--client", "clients", multiple=True, metavar="NUMCLI:LIBELLE", help="Collectivité connue (répétable).")
def main(host: str, port: int, state: Path | None, clients: tuple[str, ...]) -> None:
    """Sert un PayFiP simulé : service web, page de paiement et réglages."""
    known = [_read_client(text) for text in clients] or DEMO_CLIENTS
    click.echo(f"Service web     http://{host}:{port}/services/securite?wsdl")
    click.echo(f"Réglages        http://{host}:{port}/reglages")
    uvicorn.run(create_simulator(production=False, clients=known, state_file=state), host=host, port=port)


def _read_client(text: str) -> Client:
    numcli, _, libelle = text.partition(":")
    try:
        return Client(numcli=numcli, libelle=libelle or numcli)
    except ValueError as invalid:
        raise click.BadParameter(f"{text} : six chiffres, puis « :libellé »") from invalid


if __name__ == "__main__":
    main()

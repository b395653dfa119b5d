"""The `portail` command: one module a subcommand, imported only when it is asked for."""

from importlib import import_module

import click

COMMANDS = {
    "backup": "portail_app.cli.backup:backup_command",
    "restore": "portail_app.cli.backup:restore_command",
    "demo": "portail_app.cli.demo:demo_command",
    "dev": "portail_app.cli.dev:dev_command",
    "lock": "portail_app.cli.lock:lock_command",
    "migrate": "portail_app.cli.migrate:migrate_command",
    "new": "portail_app.cli.new:new_command",
    "serve": "portail_app.cli.serve:serve_command",
    "import": "portail_app.cli.import_:import_command",
    "demo-data": "portail_app.cli.demo_data:demo_data_command",
    "demo-accounts": "portail_app.cli.demo_accounts:demo_accounts_command",
    "demo-documents": "portail_app.cli.demo_documents:demo_documents_command",
    "worker": "portail_app.cli.worker:worker_command",
}


class LazyGroup(click.Group):
    """Knows its subcommands by name: `portail import` starts without loading the web application."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup)
def main() -> None:
    """Le portail des abonnés, en ligne de commande."""

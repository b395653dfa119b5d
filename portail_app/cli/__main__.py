"""`python -m portail_app.cli` is `portail`."""

from portail_app.cli import main

main(prog_name="portail")

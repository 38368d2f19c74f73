"""`rolecall openapi`: the contract files."""

import sys
from importlib import resources
from typing import Annotated

import typer

from rolecall.app import all_surfaces
from rolecall.commands.failures import Refused


def openapi(
    name: Annotated[str | None, typer.Argument(help="A contract's name. Without it, the names are listed.")] = None,
) -> None:
    """Print a contract as OpenAPI 3.1 (YAML).

    Example:  rolecall openapi bindbee > bindbee.yaml
    """
    names = [surface.name for surface in all_surfaces()]
    if name is None:
        typer.echo("\n".join(names))
        return
    if name not in names:
        raise Refused(f"There is no contract {name}. There are: {', '.join(names)}.")
    sys.stdout.write(resources.files(f"rolecall.surfaces.{name}").joinpath("contract.yaml").read_text(encoding="utf-8"))

"""`rolecall term`: what jobs are filed under, and what that is called in other languages."""

from enum import StrEnum
from typing import Annotated

import typer

from rolecall.actions.filing import translate_name
from rolecall.commands.options import DataDir, WorkspaceSlug
from rolecall.commands.running import Operator, as_operator

app = typer.Typer(no_args_is_help=True, help="What jobs are filed under: say it in other languages.")


class Kind(StrEnum):
    """What can be translated."""

    DEPARTMENT = "department"
    JOB_TYPE = "job_type"
    EDUCATION_LEVEL = "education_level"
    TAG = "tag"


@app.callback()
def term() -> None:
    """Keeps `translate` a command of its own, though there is no other yet."""


@app.command("translate")
def translate(
    kind: Annotated[Kind, typer.Argument(help="What it is.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called now.")],
    workspace: WorkspaceSlug,
    language: Annotated[str, typer.Option(help="Code of the language, as in nl.", show_default=False)],
    translation: Annotated[str, typer.Option("--as", help="The name in this language.", show_default=False)],
    data: DataDir = None,
) -> None:
    """Say what a department, job type, education level or tag is called in another language."""

    async def act(operator: Operator) -> int:
        return await translate_name(
            operator.ctx, kind=kind.value, name=name, language=language, translation=translation
        )

    as_operator(data, workspace, act)
    typer.echo(f"{name}: {translation} in {language}.")

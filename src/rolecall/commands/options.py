"""Options that several commands have."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

DataDir: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Data folder. Default: ROLECALL_DATA_DIR, else a folder of this user.",
        show_default=False,
    ),
]
WorkspaceSlug: TypeAlias = Annotated[
    str, typer.Option("--workspace", "-w", metavar="SLUG", help="The workspace, by its slug.", show_default=False)
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Host: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Address to listen on. Default: ROLECALL_HOST, else 127.0.0.1.", show_default=False),
]
Port: TypeAlias = Annotated[
    int | None,
    typer.Option(
        min=0, max=65535, help="Port. 0 takes a free one. Default: ROLECALL_PORT, else 8000.", show_default=False
    ),
]

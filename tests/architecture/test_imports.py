"""What import-linter cannot say: a whole layer without third-party packages."""

import ast
import sys
from pathlib import Path

import rolecall

DOMAIN = Path(rolecall.__file__).parent / "domain"


def imported(file: Path) -> set[str]:
    """The top-level names that a module imports."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def test_the_domain_needs_the_standard_library_only():
    files = list(DOMAIN.rglob("*.py"))
    assert files
    foreign = {str(file): imported(file) - sys.stdlib_module_names - {"rolecall"} for file in files}
    assert {file: names for file, names in foreign.items() if names} == {}

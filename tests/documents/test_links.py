"""Whatever the documents link to exists."""

import re

import pytest

from tests.documents.markdown import ROOT, Document, documents, tree

PAGE_NAME = re.compile(r"\bdocs/[\w/-]+\.md")
MACHINE_PATH = re.compile(r"(?<![\w/.~-])/(?:work|root|tmp|home/\w+)/\w")
TEXT_FILE = re.compile(r"[^.]+|.*\.(?:conf|css|html|js|json|lua|md|py|sh|sql|svg|toml|yaml|yml)")


@pytest.mark.parametrize("found", documents(), ids=str)
def test_every_relative_link_leads_somewhere(found: Document) -> None:
    broken = []
    for target in found.targets():
        path, _, anchor = target.partition("#")
        if ":" in path:
            continue  # another site
        linked = (found.path.parent / path).resolve() if path else found.path
        if not linked.exists() or (anchor and anchor not in Document(linked).anchors()):
            broken.append(target)
    assert broken == []


def test_the_pages_that_code_names_exist() -> None:
    sources = [path for path in tree() if path.suffix in {".py", ".toml"}]
    named = {name for path in sources for name in PAGE_NAME.findall(path.read_text(encoding="utf-8"))}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = []
    for path in tree():
        if TEXT_FILE.fullmatch(path.name):
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.is_relative_to(ROOT / "tests"):
                text = text.replace("/tmp/", "")  # what a test does with a temporary folder is its own affair
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert found == []

"""What the documents say about settings, contracts and decisions is so."""

import json
import re
import subprocess
import sys

import pytest
import yaml

from rolecall.actions.importing.postings import Posting
from rolecall.domain.reference_lists import parse_lists
from rolecall.settings import Settings
from tests.contract.contracts import NAMES, operations
from tests.contract.not_yet_served import SERVED
from tests.documents.markdown import ROOT, Document, document, documents

DECISIONS = [found for found in documents() if re.match(r"docs/decisions/\d{4}-", str(found))]
HEADINGS = ["Context", "Decision", "Alternatives", "Consequences", "Enforced by"]


def environment_name(field: str) -> str:
    return field.upper() if field in {"database_url", "redis_url"} else f"ROLECALL_{field.upper()}"


def default_of(field: str) -> str | None:
    """A setting's default as the table writes it; None where it depends on the machine."""
    default = Settings.model_fields[field].default
    if field == "data_dir":
        return None
    if default is None:
        return "unset"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_the_table_of_settings_has_each_of_them_with_its_default() -> None:
    rows = document("docs/operate/README.md").rows()
    told = {row[0].strip("`"): row[1] for row in rows if re.fullmatch(r"`[A-Z_]+`", row[0])}
    assert set(told) == {environment_name(field) for field in Settings.model_fields}
    for field in Settings.model_fields:
        assert default_of(field) in {None, told[environment_name(field)]}, field


def test_the_page_about_imports_explains_every_field_and_shows_it() -> None:
    page = document("docs/operate/import.md")
    explained = [name for row in page.rows() for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(explained) == sorted(Posting.__struct_fields__)
    (example,) = page.blocks("json")
    assert sorted(json.loads(example.text)) == sorted(Posting.__struct_fields__)


def test_the_page_about_partner_intake_shows_lists_that_can_be_read() -> None:
    (example,) = document("docs/surfaces/crosspath.md").blocks("yaml")
    assert parse_lists(yaml.safe_load(example.text)).sectors == (("optics",) * 2, ("paper",) * 2, ("food",) * 2)


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_counts_what_is_served(name: str) -> None:
    (row,) = (row for row in document("README.md").rows() if row[0].startswith(f"[{name}]"))
    served, known = len(SERVED[name]), len(list(operations(name)))
    assert row[2] == f"{served} of {known}"


@pytest.mark.parametrize("name", NAMES)
def test_a_surfaces_page_lists_what_is_served(name: str) -> None:
    listed = re.findall(r"^\| `([A-Z]+ /\S*)` \|", document(f"docs/surfaces/{name}.md").section("Served"), re.MULTILINE)
    assert sorted(listed) == sorted(
        f"{found.method} {found.path}" for found in operations(name) if found.name in SERVED[name]
    )


@pytest.mark.parametrize("decision", DECISIONS, ids=str)
def test_a_decision_has_its_headings_and_names_what_enforces_it(decision: Document) -> None:
    title, *headings = decision.headings()
    assert headings == HEADINGS
    assert title.startswith(f"{int(decision.path.name[:4])}. ")
    named = re.findall(r"`([^`\s]+/[^`\s]*|[^`\s]+\.\w+)`", decision.section("Enforced by"))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_list_of_decisions_is_whole() -> None:
    listed = [target for target in document("docs/decisions/README.md").targets() if target[0].isdigit()]
    assert listed == [decision.path.name for decision in DECISIONS]


def test_no_two_decisions_have_one_number() -> None:
    numbers = [decision.path.name[:4] for decision in DECISIONS]
    assert len(set(numbers)) == len(numbers)


def test_the_diagram_of_stages_shows_the_moves_that_the_domain_allows() -> None:
    drawn = subprocess.run([sys.executable, ROOT / "scripts" / "stage-diagram", "--check"], check=False, timeout=60)
    assert drawn.returncode == 0, "run scripts/stage-diagram"

"""Every surface answers every error of the domain and of the web kit, and its faults in the contract's words."""

import importlib
import inspect
import pkgutil
import string

import msgspec
import psycopg
import pytest

from rolecall import surfaces
from rolecall.app import all_surfaces
from rolecall.domain.errors import DomainError
from rolecall.pages.agency import answers as agency
from rolecall.pages.confirm import answers as confirm
from rolecall.pages.embed import answers as embed
from rolecall.pages.operator import answers as operator
from rolecall.ports.files import FilesUnavailable
from rolecall.web.errors import RateLimited, ServiceUnavailable, WebError
from rolecall.web.limits import Window
from tests.contract.contracts import examples, media, problems
from tests.contract.not_yet_served import served


def _descendants(error: type[Exception]) -> list[type[Exception]]:
    return [found for child in error.__subclasses__() for found in [child, *_descendants(child)]]


def _import_all_surfaces() -> None:
    for module in pkgutil.walk_packages(surfaces.__path__, "rolecall.surfaces."):
        importlib.import_module(module.name)


_import_all_surfaces()
SHARED = [error for error in _descendants(DomainError) if error.__module__.startswith("rolecall.domain")]
WEB = _descendants(WebError)


@pytest.mark.parametrize("surface", all_surfaces(), ids=lambda surface: surface.name)
@pytest.mark.parametrize("error", [*SHARED, *WEB], ids=lambda error: error.__name__)
def test_a_surface_answers_an_error(surface, error: type[Exception]) -> None:
    assert surface.errors.find(error) not in {None, Exception, DomainError, WebError}
    answer = surface.errors.answer(_raised(error))
    assert 400 <= answer.status_code < 500 or error is ServiceUnavailable
    assert answer.body


def _raised(error: type[Exception]) -> Exception:
    """One of its kind, with a word for each fact that its message tells."""
    if error is RateLimited:
        return RateLimited(Window(amount=1, used=2, resets_at=60, seconds_left=5))
    if not issubclass(error, DomainError):
        return error()
    facts = [name for _, name, _, _ in string.Formatter().parse(inspect.getdoc(error) or "") if name]
    return error(**dict.fromkeys(facts, "text"))


@pytest.mark.parametrize("error", SHARED, ids=lambda error: error.__name__)
def test_an_error_is_its_docstring_and_knows_no_http(error: type[Exception]) -> None:
    assert error.__doc__
    assert not any(word in error.__doc__ for word in ("HTTP", "400", "401", "403", "404", "422"))


@pytest.mark.parametrize("surface", all_surfaces(), ids=lambda surface: surface.name)
def test_a_limit_and_a_lost_database_have_answers(surface) -> None:
    window = Window(amount=1, used=2, resets_at=60, seconds_left=5)
    assert surface.errors.answer(RateLimited(window)).status_code < 500
    assert surface.errors.answer(ServiceUnavailable()).status_code in {500, 503}


PEOPLE = {
    "agency": agency.problem,
    "confirm": confirm.problem,
    "embed": lambda error: embed.problem(error, origins=()),
    "operator": operator.problem,
}


@pytest.mark.parametrize("pages", PEOPLE)
def test_people_are_told_of_every_error(pages: str) -> None:
    answers = {error.__name__: PEOPLE[pages](_raised(error)) for error in SHARED}
    assert [name for name, answer in answers.items() if not 400 <= answer.status_code < 500] == []
    for answer in (PEOPLE[pages](FilesUnavailable("s3")), PEOPLE[pages](psycopg.OperationalError("gone"))):
        assert answer.status_code == 503 or pages == "operator"  # which reads no files
    crashed = PEOPLE[pages](RuntimeError("a secret detail"))
    assert (crashed.status_code, b"secret detail" in crashed.body) == (500, False)


@pytest.mark.parametrize("operation", served(), ids=str)
def test_a_crash_is_answered_in_the_contracts_words(operation) -> None:
    documented = operation.responses.get("500", {})
    body = media(documented)
    surface = next(found for found in all_surfaces() if found.name == operation.contract)
    answer = surface.errors.answer(RuntimeError("a secret detail"))
    assert answer.status_code == 500
    assert b"secret detail" not in answer.body
    if body is not None:
        value = msgspec.json.decode(answer.body)
        assert problems(operation.contract, body["schema"], value) == []
        assert value in examples(documented)

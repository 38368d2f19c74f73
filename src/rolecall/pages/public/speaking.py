"""The languages of these pages: which one a reader asks for, and the templates in it."""

from functools import lru_cache

from jinja2 import Environment
from starlette.types import Scope

from rolecall.web.templates import environment
from rolecall.web.translation import SOURCE, Language, language, languages, preferred

PACKAGE = "rolecall.pages.public"
SPOKEN = languages(PACKAGE)
ENGLISH = language(PACKAGE, SOURCE)


@lru_cache
def templates(words: Language) -> Environment:
    """The templates of these pages, in one language."""
    return environment(PACKAGE, language=words)


def preferred_languages(scope: Scope) -> tuple[str, ...]:
    """The languages we speak that a request asks for, the most wanted first."""
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return preferred(value.decode("latin-1"), SPOKEN)
    return ()


def words_of(scope: Scope) -> Language:
    """The language to answer a request in where nothing else is known: the one it asks for, else English."""
    wanted = preferred_languages(scope)
    return language(PACKAGE, wanted[0] if wanted else SOURCE)

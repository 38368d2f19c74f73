"""Skills, as far as they are on the list in skills.txt."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from rolecall.adapters.resumes.sections import Line, Part
from rolecall.domain.texts import folded

_MOST = 60


def skills_of(lines: Sequence[Line]) -> list[str]:
    """The listed skills in the order in which they come, those under a heading about skills first."""
    told = [line.text for line in lines if line.part is Part.SKILLS]
    rest = [line.text for line in lines if line.part not in {Part.SKILLS, Part.REFERENCES, Part.OTHER}]
    anywhere, only_as_skills = _list()
    found = [only_as_skills[1][match[1]] for text in told for match in only_as_skills[0].finditer(text)]
    listed = [anywhere[1][folded(match[1])] for text in [*told, *rest] for match in anywhere[0].finditer(text)]
    return list(dict.fromkeys([*listed, *found]))[:_MOST]


@cache
def _list() -> tuple[tuple[re.Pattern[str], dict[str, str]], tuple[re.Pattern[str], dict[str, str]]]:
    """The patterns with what they stand for: words found anywhere in any letter case, and short ones that are not."""
    text = resources.files("rolecall.adapters.resumes").joinpath("skills.txt").read_text(encoding="utf-8")
    anywhere: dict[str, str] = {}
    strict: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            spellings = [spelling.strip() for spelling in line.lstrip("!").split("|")]
            for spelling in spellings:
                if line.startswith("!"):
                    strict[spelling] = spellings[0]
                else:
                    anywhere[folded(spelling)] = spellings[0]
    return (_pattern(anywhere, re.IGNORECASE), anywhere), (_pattern(strict, 0), strict)


def _pattern(words: dict[str, str], flags: int) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w+#.])({'|'.join(map(re.escape, longest_first))})(?![\w+#])", flags)

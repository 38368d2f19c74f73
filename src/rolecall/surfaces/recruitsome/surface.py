"""The RecruitSome surface: where it stands, who may call it, how often."""

from rolecall.domain.errors import NotAuthenticated
from rolecall.surfaces.recruitsome import (
    applications,
    articles,
    candidates,
    health,
    locations,
    resumes,
    team,
    vacancies,
)
from rolecall.surfaces.recruitsome.auth import anonymous_limit, authenticate, key_limit
from rolecall.surfaces.recruitsome.errors import ERRORS
from rolecall.web.limits import window_headers
from rolecall.web.surface import Limits, Surface

SURFACE = Surface(
    name="recruitsome",
    title="Vacancy publishing",
    prefixes=("/api/v1",),
    operations=[
        *applications.OPERATIONS,
        *articles.OPERATIONS,
        *candidates.OPERATIONS,
        *health.OPERATIONS,
        *locations.OPERATIONS,
        *resumes.OPERATIONS,
        *team.OPERATIONS,
        *vacancies.OPERATIONS,
    ],
    authenticate=authenticate,
    recalls=True,
    unauthenticated=NotAuthenticated,
    limits=Limits(of=key_limit, anonymous=anonymous_limit, headers=window_headers),
    errors=ERRORS,
)

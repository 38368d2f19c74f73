"""The MCP tools get_companies and create_company."""

from dataclasses import replace
from typing import Any

import msgspec

from rolecall.actions.companies import NewCompany
from rolecall.actions.companies import create_company as store_company
from rolecall.actions.places import Place, country_name, place_of
from rolecall.actions.quotas import check_companies
from rolecall.domain.jobs import LONGEST_WORD
from rolecall.store import quotas
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.fields import LONGEST_PLACE
from rolecall.surfaces.hirempire.mcp import company_queries
from rolecall.surfaces.hirempire.mcp.company_queries import CompanyRow
from rolecall.surfaces.hirempire.mcp.tools import Arguments, Tool, address, check_required, text
from rolecall.surfaces.hirempire.plans import plan_of, requests_per_hour
from rolecall.surfaces.hirempire.wire import time_text

_REQUIRED = ("name", "website", "logo", "industry")
_LONGEST_NAME = 200
_LONGEST_SIZE = 40


class CompanyShape(msgspec.Struct, kw_only=True):
    """A company by the names that create_company has for its parts."""

    id: str
    name: str
    slug: str
    board_url: str
    website: str | None
    logo: str | None
    industry: str | None
    linkedin_url: str | None
    location: str | None
    size: str | None
    active_jobs: int
    created_at: str


async def get_companies(call: TokenCall, _arguments: Arguments) -> Any:
    rows = await company_queries.companies(call.conn, call.principal.workspace_id)
    jobs_url = call.services.settings.jobs_url
    shapes = [_shape(row, jobs_url) for row in rows]
    return {"total_companies": len(shapes), "companies": shapes, "plan_limits": await plan_limits(call)}


async def plan_limits(call: TokenCall) -> dict[str, Any]:
    """What the plan still allows. Without one there are no limits, which is null."""
    settings, workspace_id = call.services.settings, call.principal.workspace_id
    plan = plan_of(settings)
    open_jobs = await quotas.open_jobs(call.conn, workspace_id)
    companies = await quotas.companies(call.conn, workspace_id)
    jobs_left = max(0, plan.active_jobs - open_jobs) if plan is not None else None
    companies_left = max(0, plan.companies - companies) if plan is not None else None
    return {
        "plan": settings.hirempire_plan,
        "active_jobs": open_jobs,
        "active_jobs_limit": plan.active_jobs if plan is not None else None,
        "active_jobs_remaining": jobs_left,
        "can_activate_job": jobs_left != 0,
        "companies": companies,
        "companies_limit": plan.companies if plan is not None else None,
        "companies_remaining": companies_left,
        "can_create_company": companies_left != 0,
        "requests_per_hour": requests_per_hour(settings),
    }


def _shape(row: CompanyRow, jobs_url: str) -> CompanyShape:
    country = country_name(row.country_code) if row.country_code is not None else None
    return CompanyShape(
        id=str(row.id),
        name=row.name,
        slug=row.slug,
        board_url=f"{jobs_url}/{row.slug}",
        website=row.website,
        logo=row.logo_url,
        industry=row.sector,
        linkedin_url=row.linkedin_url,
        location=", ".join(part for part in (row.city, country) if part) or None,
        size=row.size,
        active_jobs=row.active_jobs,
        created_at=time_text(row.created_at),
    )


async def create_company(call: TokenCall, arguments: Arguments) -> Any:
    check_required(arguments, _REQUIRED)
    new = NewCompany(
        name=text(arguments, "name", longest=_LONGEST_NAME) or "",
        website=address(arguments, "website"),
        logo_url=address(arguments, "logo"),
        sector=text(arguments, "industry", longest=LONGEST_WORD),
        linkedin_url=address(arguments, "linkedin_url"),
        place=_place(text(arguments, "location", longest=LONGEST_PLACE)),
        size=text(arguments, "size", longest=_LONGEST_SIZE),
    )
    ctx, plan = await acting(call), plan_of(call.services.settings)
    if plan is not None:
        await check_companies(ctx, at_most=plan.companies)
    company, _ = await store_company(ctx, new)
    board_url = f"{call.services.settings.jobs_url}/{company.slug}"
    return {"success": True, "company_id": str(company.id), "slug": company.slug, "board_url": board_url}


def _place(location: str | None) -> Place | None:
    """The place of "Porto, Portugal" or "Portugal"; what names no country is kept as it was written."""
    if location is None:
        return None
    city, _, country = location.rpartition(",")
    place = place_of(country, city)
    return place if place.country_code is not None else replace(place, city=location)


_ADDRESS = {"type": "string", "format": "uri"}

TOOLS = [
    Tool(
        name="get_companies",
        title="Companies and plan limits",
        description=(
            "All companies of the workspace, newest first, and what its plan still allows: plan_limits has "
            "active_jobs_remaining and can_activate_job, among others; null is no limit."
        ),
        run=get_companies,
        properties={},
    ),
    Tool(
        name="create_company",
        title="Add a company",
        description="Add a company profile. Jobs are then added to it by its company_id.",
        run=create_company,
        properties={
            "name": {"type": "string"},
            "website": _ADDRESS,
            "logo": _ADDRESS | {"description": "Address of the logo's picture."},
            "industry": {"type": "string"},
            "linkedin_url": _ADDRESS,
            "location": {"type": "string", "description": "City and country, as in Porto, Portugal."},
            "size": {
                "type": "string",
                "description": "Head-count band such as 1-10, 11-50, 51-100, up to 10000+.",
            },
        },
        required=_REQUIRED,
        writes=True,
        idempotent=False,
    ),
]

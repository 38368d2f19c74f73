"""HirEmpire companies: POST /create-company and DELETE /delete-company."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from rolecall.actions.companies import NewCompany, archive_company
from rolecall.actions.companies import create_company as store_company
from rolecall.actions.quotas import check_companies
from rolecall.domain.errors import CompanyUnknown
from rolecall.surfaces.hirempire import fields
from rolecall.surfaces.hirempire.auth import TokenCall, acting
from rolecall.surfaces.hirempire.errors import HEADER_TOLD, Refusal
from rolecall.surfaces.hirempire.parameters import id_or, only
from rolecall.surfaces.hirempire.plans import plan_of
from rolecall.surfaces.hirempire.wire import time_text
from rolecall.web.fields import web_address
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation

_REQUIRED = ("company_name", "company_domain", "company_logo_url")
_LONGEST_NAME = 200
_LONGEST_ADDRESS = 2_000


async def create_company(call: TokenCall) -> Response:
    body = await fields.read_object(call.request, at_most=call.services.settings.max_body_bytes)
    fields.check_required(body, _REQUIRED)
    name = fields.text(body["company_name"], longest=_LONGEST_NAME)
    new = NewCompany(
        name=_usable("company_name", name).strip(),
        website=_usable("company_domain", _website(body)),
        logo_url=_usable("company_logo_url", _address(body["company_logo_url"])),
    )
    ctx, plan = await acting(call), plan_of(call.services.settings)
    if plan is not None:
        await check_companies(ctx, at_most=plan.companies)
    company, _ = await store_company(ctx, new)
    return json_response({"success": True, "company_id": str(company.id)})


def _usable(field: str, value: str | None) -> str:
    if value is None:
        raise Refusal(f"Field '{field}' must be a string.")
    return value


def _website(body: Mapping[str, Any]) -> str | None:
    """The address at a bare domain, or a whole address as it is."""
    domain = fields.text(body["company_domain"], longest=_LONGEST_ADDRESS)
    if domain is None:
        return None
    domain = domain.strip()
    return _address(domain if "://" in domain else f"https://{domain}")


def _address(value: Any) -> str | None:
    text = fields.text(value, longest=_LONGEST_ADDRESS)
    return web_address(text.strip()) if text is not None else None


async def delete_company(call: TokenCall) -> Response:
    wanted = only(call.request, "company_id", missing="Missing required query parameter '{}'.")
    company_id = id_or(CompanyUnknown(company=wanted), wanted)
    ctx = await acting(call)
    await archive_company(ctx, company_id)
    return json_response(
        {
            "success": True,
            "company_id": str(company_id),
            "message": "Company deleted successfully",
            "deleted": time_text(ctx.now),
        }
    )


OPERATIONS = [
    Operation(
        method="POST",
        path="/create-company",
        name="createCompany",
        handle=create_company,
        writes=True,
        errors=HEADER_TOLD,
    ),
    Operation(
        method="DELETE",
        path="/delete-company",
        name="deleteCompany",
        handle=delete_company,
        writes=True,
        errors=HEADER_TOLD,
    ),
]

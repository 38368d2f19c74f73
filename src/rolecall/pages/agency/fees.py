"""Fees that clients agreed on with the agency, and the hires it is paid for. For team and finance managers."""

from starlette.responses import Response

from rolecall.domain.recruiters import Right, check_may
from rolecall.pages.agency import candidate_queries as queries
from rolecall.pages.agency.answers import view
from rolecall.pages.agency.visit import Visit


async def show(visit: Visit) -> Response:
    """Fees and hires."""
    check_may(visit.recruiter.role, Right.FEES)
    workspace_id, agency_id = visit.workspace.id, visit.agency.id
    today = visit.services.clock().date()
    async with visit.services.database.reading() as conn:
        fees = await queries.fees(conn, workspace_id, agency_id)
        hires = await queries.hires(conn, workspace_id, agency_id)
    return view(visit, "fees.html", fees=fees, hires=hires, today=today)

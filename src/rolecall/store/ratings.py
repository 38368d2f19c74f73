"""Ratings that candidates give an agency's recruiters when they confirm, as means of full groups."""

from uuid import UUID

from rolecall.domain.ratings import GROUP, Rating
from rolecall.store.db import Connection, fetch_one

# Of an agency `a`: `mean` and `people` of `domain.ratings`, null and 0 without a full group.
OF_AGENCY = f"""
    (select round(avg(r.recruiter_rating), 2) as mean, count(*) as people
     from (select s.recruiter_rating, row_number() over (order by s.confirmed_at, s.id) as place,
                  count(*) over () as total
           from submission s
           where s.workspace_id = a.workspace_id and s.agency_id = a.id and s.recruiter_rating is not null) r
     where r.place <= r.total - mod(r.total, {GROUP}))
"""


async def of_agency(conn: Connection, workspace_id: UUID, agency_id: UUID) -> Rating | None:
    """What candidates of all clients think of an agency; None before the first group is full."""
    query = f"""
        select g.mean, g.people from agency a cross join lateral {OF_AGENCY} g
        where a.workspace_id = %s and a.id = %s and g.people > 0
    """
    return await fetch_one(conn, Rating, query, (workspace_id, agency_id))

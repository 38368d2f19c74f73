"""A workspace with one record of every model of the unified API."""

from typing import Any
from uuid import UUID

from rolecall.actions.ids import new_id
from rolecall.actions.members import NewMember, create_member
from rolecall.actions.places import parse_place
from rolecall.store import departments, terms
from rolecall.store.departments import Department
from rolecall.store.terms import TAG, Term
from tests.people import NOW, make_everything
from tests.world import World


async def furnish(world: World, *, raw: Any = None) -> dict[str, UUID]:
    """One record of every model, linked to the others as far as they can be; their ids by the model's slug.

    `raw` is the payload that the records of an application came from.
    """
    workspace_id = world.workspace.id
    async with world.services.database.writing() as conn:
        department = Department(workspace_id=workspace_id, id=new_id(), name="Data", created_at=NOW, modified_at=NOW)
        department_id = await departments.put(conn, department)
    job = await world.job(places=[parse_place("SE-lund")], department_ids=[department_id])
    async with world.services.database.writing() as conn:
        new = NewMember(email="ines.duarte@example.org", first_name="Ines", last_name="Duarte")
        member = await create_member(world.context(conn), new)
        await terms.put(conn, Term(workspace_id=workspace_id, id=new_id(), kind=TAG, name="python"))
        made = await make_everything(conn, workspace_id, job.id, mark="mira", raw=raw)
    return {
        "job": job.id,
        "office": job.location_ids[0],
        "department": department_id,
        "remote_user": member.id,
        **made,
    }

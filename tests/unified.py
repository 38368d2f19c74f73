"""Builders of records of the unified API: one of every model that only this contract has, around one application."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Json, Jsonb

from rolecall.actions.ids import new_id
from rolecall.domain.applications import Application
from rolecall.store.db import Connection

NOW = datetime(2026, 3, 2, 9, 15, 27, 418_000, tzinfo=UTC)


async def insert(conn: Connection, table: str, **facts: Any) -> UUID:
    """A stored row, made now unless `facts` say otherwise; its id."""
    row: dict[str, Any] = {"id": new_id(), "created_at": NOW, "modified_at": NOW, **facts}
    query = f"insert into {table} ({', '.join(row)}) values ({', '.join(['%s'] * len(row))})"
    await conn.execute(query.encode(), list(row.values()))
    return row["id"]


async def make_records(
    conn: Connection, application: Application, *, member_id: UUID, mark: str = "Mira", raw: Any = None
) -> dict[str, UUID]:
    """One record of each model by its slug, with `mark` in its texts; `raw` is the payload that each came from."""
    own = {
        "workspace_id": application.workspace_id,
        "connector_id": application.connector_id,
        "remote_id": f"r-{mark}-{new_id()}",
        "raw": None if raw is None else Json(raw),
    }
    person = {"candidate_id": application.candidate_id}
    question = {"job_id": application.job_id, "position": 99, "text": f"Tools {mark}", "kind": "multi_select"}
    made = {
        "reject_reason": await insert(conn, "reject_reason", **own, name=f"Reason {mark}"),
        "activity": await insert(conn, "activity", **own, **person, member_id=member_id, kind="note", body=mark),
        "eeoc": await insert(conn, "eeoc", **own, **person, gender="non_binary", race=f"Race {mark}"),
        "screening_question": await insert(
            conn, "screening_question", **own, **question, choices=Jsonb([{"id": "opt-1", "label": "dbt"}])
        ),
        **await _make_process(conn, own | {"application_id": application.id}, member_id=member_id, mark=mark),
    }
    query = "update application set reject_reason_id = %s where workspace_id = %s and id = %s"
    await conn.execute(query, (made["reject_reason"], application.workspace_id, application.id))
    await map_field(conn, application.workspace_id, f"field_{mark}", connector_id=application.connector_id)
    return made


async def _make_process(conn: Connection, own: dict[str, Any], *, member_id: UUID, mark: str) -> dict[str, UUID]:
    """An interview of an application, what the interviewer thought, and an offer."""
    interview = {"organizer_id": member_id, "location": mark, "status": "scheduled"}
    interview_id = await insert(conn, "interview", **own, **interview)
    query = "insert into interview_member (workspace_id, interview_id, member_id, position) values (%s, %s, %s, 0)"
    await conn.execute(query, (own["workspace_id"], interview_id, member_id))
    card = {"interview_id": interview_id, "interviewer_id": member_id, "recommendation": f"Yes {mark}"}
    offer = {"creator_id": member_id, "status": f"Sent {mark}", "start_date": "2026-05-04"}
    return {
        "scheduled_interview": interview_id,
        "scorecard": await insert(conn, "scorecard", **own, **card),
        "offer": await insert(conn, "offer", **own, **offer),
    }


async def map_field(
    conn: Connection,
    workspace_id: UUID,
    name: str,
    *,
    model: str = "candidate",
    json_path: str = "notice",
    integration: str | None = None,
    connector_id: UUID | None = None,
) -> None:
    """A custom field of a model, mapped for an integration or one connector."""
    field_id = new_id()
    await conn.execute(
        """
        insert into custom_field (workspace_id, id, category, model, name, created_at)
        values (%s, %s, 'ATS', %s, %s, %s)
        on conflict (workspace_id, category, model, name) do nothing
        """,
        (workspace_id, field_id, model, name, NOW),
    )
    await conn.execute(
        """
        insert into custom_field_mapping (workspace_id, id, custom_field_id, integration, connector_id, json_path,
                                          created_at)
        select workspace_id, %s, id, %s, %s, %s, %s from custom_field
        where workspace_id = %s and category = 'ATS' and model = %s and name = %s
        """,
        (new_id(), integration, connector_id, json_path, NOW, workspace_id, model, name),
    )

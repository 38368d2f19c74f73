"""The peer of workload A: the same page by FastAPI, SQLAlchemy and pydantic response models.

The query is workspace, connector and after. The lists of related ids are left empty, in the peer's favour.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.stacks.running import App, run


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    connector_id: Mapped[UUID]
    remote_id: Mapped[str | None]
    modified_at: Mapped[datetime]
    title: Mapped[str]
    description: Mapped[str | None]
    code: Mapped[str | None]
    status: Mapped[str]
    confidential: Mapped[bool]
    remote_created_at: Mapped[datetime | None]
    remote_updated_at: Mapped[datetime | None]


class Url(BaseModel):
    value: str
    url_type: str


class JobOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    remote_id: str | None
    modified_at: datetime
    custom_fields: dict[str, Any] | None = None
    title: str
    description: str | None
    code: str | None
    status: str
    job_posting_urls: list[Url] = []
    remote_created_at: datetime | None
    remote_updated_at: datetime | None
    confidential: bool
    departments: list[UUID] = []
    offices: list[UUID] = []
    hiring_managers: list[UUID] = []
    recruiters: list[UUID] = []


class Page(BaseModel):
    cursor: str | None
    page_size: int
    items: list[JobOut]


async def make(url: str) -> App:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_size=8)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    app = FastAPI()

    @app.get("/jobs", response_model=Page)
    async def jobs(workspace: Annotated[UUID, Query()], connector: UUID, after: UUID) -> dict[str, Any]:
        query = (
            select(Job)
            .where(Job.workspace_id == workspace, Job.connector_id == connector, Job.id > after)
            .order_by(Job.id)
            .limit(51)
        )
        async with sessions() as session:
            found = list((await session.scalars(query)).all())
        return {"cursor": str(found[49].id), "page_size": 50, "items": found[:50]}

    return app


if __name__ == "__main__":
    run(make)

"""HirEmpire's reads of candidates, each in one statement, however many there are.

A candidate of the contract is an application, or a person who has none.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.store.candidates import shown_email
from rolecall.store.db import Connection, fetch_all, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """`id` is the application's, or the person's who has none; `job_id`, `job_title` and `motivation` are None then.

    `cv_file_id` and `cv_url` are of the resume of the application, else of the person's newest. `answers` are objects
    with question_id, question, answer and file_id, in order.
    """

    id: UUID
    person_id: UUID
    is_application: bool
    applied_at: datetime
    kind: str
    status: str | None
    source: str | None
    job_id: UUID | None
    job_title: str | None
    motivation: str | None
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    linkedin_url: str | None
    urls: list[dict[str, Any]]
    cv_file_id: UUID | None
    cv_url: str | None
    photo_id: UUID | None
    avatar_url: str | None
    nationality: str | None
    city: str | None
    country_code: str | None
    experience_years: Decimal | None
    salary_expectation: Decimal | None
    spoken_languages: list[dict[str, Any]]
    pool_stage: str | None
    tags: list[str]
    answers: list[dict[str, Any]]


# Somebody who came through a page applied, however the person was known before.
_APPLICATIONS = """
    select a.id, a.candidate_id as person_id, true as is_application,
           coalesce(a.applied_at, a.created_at) as applied_at,
           case when a.source_link_id is null and a.publication_id is null then c.kind else 'applicant' end as kind,
           a.status, coalesce(l.name, a.source) as source, a.job_id, j.title as job_title, a.motivation
    from application a
    join candidate c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
    join job j on j.workspace_id = a.workspace_id and j.id = a.job_id
    left join source_link l on l.workspace_id = a.workspace_id and l.id = a.source_link_id
    where a.workspace_id = %(workspace)s
"""
_PEOPLE = """
    select c.id, c.id as person_id, false as is_application,
           coalesce(c.remote_created_at, c.created_at) as applied_at, c.kind, c.standing as status,
           null as source, null::uuid as job_id, null as job_title, null as motivation
    from candidate c
    where c.workspace_id = %(workspace)s
      and not exists (select from application a where a.workspace_id = c.workspace_id and a.candidate_id = c.id)
"""
_LISTED = """
    s.id, s.person_id, s.is_application, s.applied_at, s.kind, s.status, s.source, s.job_id, s.job_title, s.motivation
"""
_ROWS = f"""
    select {_LISTED}, c.first_name, c.last_name, {shown_email(of="c")} as email,
           c.phone_numbers[1] as phone, c.linkedin_url, c.urls, cv.file_id as cv_file_id, cv.url as cv_url, c.photo_id,
           c.avatar_url, c.nationality, c.city, c.country_code, c.experience_years, c.salary_expectation,
           c.spoken_languages, c.pool_stage,
           array(select t.name from candidate_term ct
                 join term t on t.workspace_id = ct.workspace_id and t.id = ct.term_id
                 where ct.workspace_id = c.workspace_id and ct.candidate_id = c.id and t.kind = 'tag'
                 order by t.number) as tags,
           coalesce((select json_agg(json_build_object('question_id', n.question_id, 'question', n.question,
                                                       'answer', n.answer, 'file_id', n.file_id) order by n.position)
                     from application_answer n
                     where n.workspace_id = c.workspace_id and n.application_id = s.id), '[]') as answers
    from found s
    join candidate c on c.workspace_id = %(workspace)s and c.id = s.person_id
    left join lateral (
        select d.file_id, d.url from attachment d
        where d.workspace_id = c.workspace_id and d.candidate_id = c.id and d.kind = 'resume'
          and num_nonnulls(d.file_id, d.url) > 0
        order by d.application_id is not distinct from s.id desc, d.id desc limit 1
    ) cv on true
    order by s.applied_at desc, s.id desc
"""


async def candidates(conn: Connection, workspace_id: UUID, *, kind: str | None) -> list[CandidateRow]:
    """Every candidate of a workspace, of one kind if asked, newest first."""
    found = f"""
        with found as (
            select {_LISTED} from ({_APPLICATIONS} union all {_PEOPLE}) s
            where %(kind)s::text is null or s.kind = %(kind)s
        )
    """
    return await fetch_all(conn, CandidateRow, found + _ROWS, {"workspace": workspace_id, "kind": kind})


async def job_candidates(conn: Connection, workspace_id: UUID, job_id: UUID) -> list[CandidateRow]:
    """The candidates of one job, newest first."""
    found = f"with found as ({_APPLICATIONS} and a.job_id = %(job)s)"
    return await fetch_all(conn, CandidateRow, found + _ROWS, {"workspace": workspace_id, "job": job_id})


async def candidate(conn: Connection, workspace_id: UUID, candidate_id: UUID) -> CandidateRow | None:
    """One candidate. The id of a person who has applied since it was told stands for the newest application."""
    found = f"""
        with found as (
            {_APPLICATIONS} and (a.id = %(id)s or a.candidate_id = %(id)s)
            union all
            {_PEOPLE} and c.id = %(id)s
        )
    """
    params = {"workspace": workspace_id, "id": candidate_id}
    return await fetch_one(conn, CandidateRow, found + _ROWS + "limit 1", params)

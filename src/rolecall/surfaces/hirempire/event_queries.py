"""What HirEmpire's webhooks tell of a record, each read in one statement. Archived jobs are told of too."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.store.candidates import shown_email
from rolecall.store.db import Connection, fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTold:
    """A job with its company. Its place is its first location, its department its first one."""

    id: UUID
    title: str
    company_id: UUID
    company_name: str
    department: str | None
    place: str | None
    country_code: str | None
    career_level: str | None
    salary_min: Decimal | None
    salary_max: Decimal | None
    salary_currency: str | None
    salary_period: str | None
    salary_hidden: bool
    job_type: str | None
    workplace: str
    description: str | None
    sources: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantTold:
    """An application with its candidate, their newest resume and its answers, which are objects in order.

    `id` is the application's: that is what the contract calls a candidate.
    """

    job_id: UUID
    job_title: str
    company_id: UUID
    company_name: str
    id: UUID
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    linkedin_url: str | None
    photo_id: UUID | None
    avatar_url: str | None
    resume_file_id: UUID | None
    resume_url: str | None
    source: str | None
    nationality: str | None
    country_code: str | None
    city: str | None
    experience_years: Decimal | None
    spoken_languages: list[dict[str, Any]]
    answers: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTold:
    """An interview with its application. Who leads it is its organizer, else the first of its interviewers."""

    id: UUID
    application_id: UUID
    starts_at: datetime | None
    ends_at: datetime | None
    stage: str | None
    location: str | None
    leader_first_name: str | None
    leader_last_name: str | None
    leader_email: str | None


async def job_told(conn: Connection, workspace_id: UUID, job_id: UUID) -> JobTold | None:
    """A job as it is now."""
    return await fetch_one(
        conn,
        JobTold,
        """
        select j.id, j.title, c.id as company_id, c.name as company_name, o.name as place, o.country_code,
               j.career_level, j.salary_min, j.salary_max, j.salary_currency, j.salary_period, j.salary_hidden,
               j.workplace, j.description,
               (select d.name from job_department jd
                join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
                where jd.workspace_id = j.workspace_id and jd.job_id = j.id order by jd.position limit 1) as department,
               coalesce(j.contract_type, (select t.name from job_term jt
                                          join term t on t.workspace_id = jt.workspace_id and t.id = jt.term_id
                                          where jt.workspace_id = j.workspace_id and jt.job_id = j.id
                                            and t.kind = 'job_type'
                                          order by t.number limit 1)) as job_type,
               array(select l.name from source_link l
                     where l.workspace_id = j.workspace_id and l.job_id = j.id order by l.created_at, l.id) as sources
        from job j
        join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
        left join lateral (
            select o.name, o.country_code from job_location jl
            join location o on o.workspace_id = jl.workspace_id and o.id = jl.location_id
            where jl.workspace_id = j.workspace_id and jl.job_id = j.id order by jl.position limit 1
        ) o on true
        where j.workspace_id = %s and j.id = %s
        """,
        (workspace_id, job_id),
    )


async def applicant_told(conn: Connection, workspace_id: UUID, application_id: UUID) -> ApplicantTold | None:
    """An application as it is now."""
    return await fetch_one(
        conn,
        ApplicantTold,
        f"""
        select j.id as job_id, j.title as job_title, c.id as company_id, c.name as company_name,
               a.id, p.first_name, p.last_name, {shown_email(of="p")} as email,
               p.phone_numbers[1] as phone, p.linkedin_url, p.photo_id, p.avatar_url, d.file_id as resume_file_id,
               d.url as resume_url, a.source, p.nationality, p.country_code, p.city, p.experience_years,
               p.spoken_languages,
               coalesce((select json_agg(json_build_object('question', n.question, 'kind', n.kind, 'answer', n.answer,
                                                           'file_id', n.file_id) order by n.position)
                         from application_answer n
                         where n.workspace_id = a.workspace_id and n.application_id = a.id), '[]') as answers
        from application a
        join job j on j.workspace_id = a.workspace_id and j.id = a.job_id
        join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
        join candidate p on p.workspace_id = a.workspace_id and p.id = a.candidate_id
        left join lateral (
            select d.file_id, d.url from attachment d
            where d.workspace_id = p.workspace_id and d.candidate_id = p.id and d.kind = 'resume'
            order by d.id desc limit 1
        ) d on true
        where a.workspace_id = %s and a.id = %s
        """,
        (workspace_id, application_id),
    )


async def meeting_told(conn: Connection, workspace_id: UUID, interview_id: UUID) -> MeetingTold | None:
    """An interview as it is now."""
    return await fetch_one(
        conn,
        MeetingTold,
        """
        select i.id, i.application_id, i.starts_at, i.ends_at, s.name as stage, i.location,
               m.first_name as leader_first_name, m.last_name as leader_last_name, m.email as leader_email
        from interview i
        left join stage s on s.workspace_id = i.workspace_id and s.id = i.stage_id
        left join member m on m.workspace_id = i.workspace_id and m.id = coalesce(
            i.organizer_id,
            (select n.member_id from interview_member n
             where n.workspace_id = i.workspace_id and n.interview_id = i.id order by n.position, n.member_id limit 1))
        where i.workspace_id = %s and i.id = %s
        """,
        (workspace_id, interview_id),
    )

"""Vacancies in the contract's shape, as rows that `wire` finishes: those of a list's page, and a single one in full."""

from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_row
from rolecall.store.images import crops_of, sizes_of
from rolecall.surfaces.recruitsome.filters import LISTED

_TIME = "to_char({0} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"
_TERMS = "coalesce(json_agg({shape} order by t.number) filter (where t.kind = '{kind}'), '[]')"
_TRANSLATED = """
    coalesce((select n.name from translated_name n
              where n.workspace_id = {0}.workspace_id and n.record_id = {0}.id and n.language = %(locale)s), {0}.name)
"""


def rows_of(*, language: bool, media: bool, full: bool = False) -> str:
    """A select of the vacancies in `page`, which has their id, number and sort_key.

    `language` is whether names are wanted in the language `%(locale)s`, `media` whether the header image is wanted;
    a `full` row has all that the detail shows.
    """
    term, department = (_TRANSLATED.format(one) if language else f"{one}.name" for one in ("t", "d"))
    named = f"json_build_object('id', t.number, 'name', {term})"
    tag = f"json_build_object('id', t.number, 'name', {term}, 'parent_id', main.number)"
    return _ROWS.format(
        published_at=_TIME.format("p.published_at"),
        ends_at=_TIME.format("p.ends_at"),
        created_at=_TIME.format("p.created_at"),
        department=department,
        image=_image() if media else "null",
        full=_FULL.format(
            avatar=sizes_of("m.avatar_image_id"), crops=crops_of("p.header_image_id") if media else "null"
        )
        if full
        else "",
        job_types=_TERMS.format(shape=named, kind="job_type"),
        education_levels=_TERMS.format(shape=named, kind="education_level"),
        tags=_TERMS.format(shape=tag, kind="tag"),
    )


def _image() -> str:
    return f"case when p.header_image_id is not null then {sizes_of('p.header_image_id')} end"


_ROWS = """
    select p.number as id, p.slug, p.title, p.summary, p.language,
           {published_at} as published_at,
           {ends_at} as ends_at,
           {created_at} as created_at,
           (select json_build_object('id', l.number, 'name', l.name, 'city', coalesce(l.city, ''),
                                     'country_code', coalesce(l.country_code, 'ZZ'))
            from job_location jl join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
            where jl.workspace_id = j.workspace_id and jl.job_id = j.id order by jl.position limit 1) as location,
           (select json_build_object('id', d.number, 'name', {department})
            from job_department jd
            join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
            where jd.workspace_id = j.workspace_id and jd.job_id = j.id order by jd.position limit 1) as department,
           terms.job_types, terms.education_levels, terms.tags,
           case when c.is_client then
               json_build_object('id', c.number, 'company_name', c.name, 'city', c.city,
                                 'country_code', c.country_code)
           end as company_location,
           case when coalesce(j.salary_min, j.salary_max) is not null and not j.salary_hidden
                     and j.salary_currency is not null and j.salary_period is not null then
               json_build_object('min', trim_scale(j.salary_min / pay.parts),
                                 'max', trim_scale(j.salary_max / pay.parts),
                                 'currency', j.salary_currency, 'period', pay.period)
           end as compensation,
           {image} as header_image,
           {full}
           page.sort_key
    from page
    join publication p on p.workspace_id = %(workspace)s and p.id = page.id
    join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
    join company c on c.workspace_id = j.workspace_id and c.id = j.company_id
    cross join lateral (
        select case when j.salary_period = 'biweek' then 2 else 1 end as parts,
               case when j.salary_period = 'biweek' then 'week' else j.salary_period end as period
    ) pay
    cross join lateral (
        select {job_types} as job_types,
               {education_levels} as education_levels,
               {tags} as tags
        from job_term jt
        join term t on t.workspace_id = jt.workspace_id and t.id = jt.term_id
        left join term main on main.workspace_id = t.workspace_id and main.id = t.parent_id
        where jt.workspace_id = j.workspace_id and jt.job_id = j.id
    ) terms
"""
# The contact is the first recruiter of the job, or else its first hiring manager, who is still there.
_FULL = f"""
    coalesce(p.description, j.description) as description,
    {_TIME.format("p.updated_at")} as updated_at,
    {{crops}} as header_images,
    (select json_build_object('id', m.number, 'given_name', m.first_name, 'family_name', m.last_name, 'email', m.email,
                              'job_title', m.job_title, 'avatar', {{avatar}})
     from job_member jm join member m on m.workspace_id = jm.workspace_id and m.id = jm.member_id
     where jm.workspace_id = j.workspace_id and jm.job_id = j.id and m.disabled_at is null and m.kind = 'employee'
     order by jm.role desc, jm.position limit 1) as contact,
"""
_VACANCY = """
    with page as materialized (
        select p.id, p.number, null as sort_key from publication p
        where {listed} and p.id = coalesce(
            (select id from publication where workspace_id = %(workspace)s and slug = %(slug)s),
            (select publication_id from publication_slug where workspace_id = %(workspace)s and slug = %(slug)s))
    )
    select (select id from page), row_to_json(v)::text from ({rows}) v
"""


async def vacancy(
    conn: Connection, workspace_id: UUID, slug: str, *, locale: str | None, media: str, images: bool, now: datetime
) -> tuple[UUID, str] | None:
    """A listed publication's id and its row as a JSON object for `wire.vacancy`, by its slug or one that it had.

    `locale` is the language of translated names, None for the workspace's own. `media` is what the addresses of
    pictures begin with; `images` is whether the header image is wanted.
    """
    rows = rows_of(language=locale is not None, media=images, full=True)
    params = {"workspace": workspace_id, "slug": slug, "locale": locale, "media": media, "now": now}
    found = await fetch_row(conn, _VACANCY.format(listed=LISTED, rows=rows), params)
    return None if found is None else (found[0], found[1])

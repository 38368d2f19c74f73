"""A job. Its default record is stored with it, ready to send; see `rolecall.ports.unified`."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from rolecall.actions.linked_jobs import LinkedJob, create_linked_job
from rolecall.domain.jobs import MOST_OPENINGS, JobStatus
from rolecall.ports.unified import JOBS_URL_MARK
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Of, PostingUrl
from rolecall.surfaces.bindbee.model import Exactly, Ids, Json, Many, Model, Time, Value
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.wire import STATUS_WORDS

STATUSES = ("OPEN", "CLOSED", "DRAFT", "ARCHIVED", "PENDING", "-")
_CASES = " ".join(f"when '{ours}' then '{word}'" for ours, word in STATUS_WORDS.items())
_STATUS = f"coalesce(t.remote_status, case t.status {_CASES} end)"
_OF_JOB = "l.workspace_id = t.workspace_id and l.job_id = t.id"
_OFFICES = f"job_location l where {_OF_JOB}"
_URLS = f"""
    concat('[', concat_ws(',',
        (select concat('{{"value":"', chr({JOBS_URL_MARK[0]}), '/', c.slug, '/', p.slug, '","url_type":"JOB_POSTING"}}')
         from publication p join company c on c.workspace_id = t.workspace_id and c.id = t.company_id
         where p.workspace_id = t.workspace_id and p.job_id = t.id and p.channel = 'website'
         order by p.number limit 1),
        nullif(trim(both '[]' from t.posting_urls::text), '')), ']')
"""


class Status:
    """The filter by status: a closed list of words, or any word where the operator has chosen the later contract."""

    name = "status"
    condition = f"{_STATUS} = %(status)s"

    def read(self, parameters: Parameters) -> object | None:
        return parameters.text(self.name) if parameters.later else parameters.choice(self.name, STATUSES)


def _members(name: str, role: str) -> Many:
    rows = f"job_member l where {_OF_JOB} and l.role = '{role}'"
    return Many(name, "remote_user", rows=rows, id="l.member_id", order="l.position")


_BEGINS = {word: status for status, word in STATUS_WORDS.items()}


class NewJob(Body):
    name: Annotated[Line, Field(min_length=1)] | None = None
    description: str | None = None
    code: Line | None = None
    status: Literal["OPEN", "CLOSED", "DRAFT", "ARCHIVED", "PENDING", "-"] | None = None
    job_posting_urls: list[PostingUrl] | None = None
    confidential: bool | None = None
    departments: Annotated[list[UUID] | None, Of("department")] = None
    offices: Annotated[list[UUID] | None, Of("office")] = None
    hiring_managers: Annotated[list[UUID] | None, Of("remote_user")] = None
    recruiters: Annotated[list[UUID] | None, Of("remote_user")] = None
    template_id: Line | None = None
    openings: Annotated[int, Field(ge=1, le=MOST_OPENINGS)] | None = None


async def _create(making: Making, new: NewJob) -> UUID:
    return await create_linked_job(
        making.ctx,
        making.connector_id,
        LinkedJob(
            title=new.name,
            description=new.description,
            code=new.code,
            status=_BEGINS.get(new.status or "-", JobStatus.DRAFT),
            posting_urls=[url.stored() for url in new.job_posting_urls or ()],
            confidential=new.confidential,
            department_ids=new.departments,
            location_ids=new.offices,
            hiring_manager_ids=new.hiring_managers,
            recruiter_ids=new.recruiters,
            template=new.template_id,
            headcount=new.openings,
        ),
    )


MODEL = Model(
    title="Job",
    slug="job",
    path="jobs",
    table="job",
    stored="t.unified",
    fields=(
        Value("name", "t.title"),
        Value("description"),
        Value("code"),
        Value("status", _STATUS),
        Json("job_posting_urls", _URLS),
        Time("remote_created_at"),
        Time("remote_updated_at"),
        Value("confidential"),
        Many("departments", "department", f"job_department l where {_OF_JOB}", "l.department_id", "l.position"),
        Many("offices", "office", _OFFICES, "l.location_id", "l.position"),
        _members("hiring_managers", "hiring_manager"),
        _members("recruiters", "recruiter"),
    ),
    filters=(
        Exactly("remote_id"),
        Exactly("code"),
        Status(),
        Ids(
            "offices", where=f"exists (select from job_location l where {_OF_JOB} and l.location_id = any(%(offices)s))"
        ),
    ),
    create=Create(shape=lambda _sent: NewJob, act=_create, status=201, whole=True),
)

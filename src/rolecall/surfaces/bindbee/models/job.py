"""A job. Its default record is stored with it, ready to send; see `rolecall.ports.unified`."""

from rolecall.ports.unified import JOBS_URL_MARK
from rolecall.surfaces.bindbee.model import Exactly, Ids, Json, Many, Model, Time, Value
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.wire import STATUS_WORDS

STATUSES = ("OPEN", "CLOSED", "DRAFT", "ARCHIVED", "PENDING", "-")
_CASES = " ".join(f"when '{ours}' then '{word}'" for ours, word in STATUS_WORDS.items())
_STATUS = f"coalesce(t.remote_status, case t.status {_CASES} end)"
_OF_JOB = "l.workspace_id = t.workspace_id and l.job_id = t.id"
_OFFICES = f"job_location l where {_OF_JOB}"
_URLS = f"""
    coalesce((select concat('[{{"value":"', chr({JOBS_URL_MARK[0]}), '/', c.slug, '/', p.slug,
                            '","url_type":"JOB_POSTING"}}]')
              from publication p join company c on c.workspace_id = t.workspace_id and c.id = t.company_id
              where p.workspace_id = t.workspace_id and p.job_id = t.id and p.channel = 'website'
              order by p.number limit 1), '[]')
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
)

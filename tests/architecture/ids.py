"""The ids of a workspace that requests may name: those that somebody found out, and ones that nobody has."""

import re
from dataclasses import asdict, dataclass, fields
from uuid import uuid4

from rolecall.domain.ids import parse_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """What somebody who is not of the workspace may have come to know of it, as it is written in requests."""

    company: str
    company_own: str
    company_external: str
    company_slug: str
    company_number: str
    job: str
    job_remote: str
    job_code: str
    mission: str
    mission_external: str
    publication_slug: str
    source: str
    department: str
    department_number: str
    office: str
    office_number: str
    job_type_number: str
    tag_number: str
    member: str
    member_number: str
    office_slug: str
    article_slug: str
    candidate_number: str
    candidate_slug: str
    resume_upload: str
    partner: str
    connector: str
    connector_token: str
    client: str
    client_id: str
    organization: str
    developer: str
    invitation: str
    recruiter: str
    user: str
    client_job: str
    agency: str
    submission: str
    submission_job: str
    candidate: str
    application: str
    attachment: str
    job_interview_stage: str
    tag: str
    reject_reason: str
    activity: str
    eeoc: str
    scheduled_interview: str
    offer: str
    screening_question: str
    scorecard: str
    webhook: str
    custom_field: str
    custom_field_mapping: str
    linked_connector: str
    linked_token: str
    linked_origin: str
    temporary_token: str
    unified_webhook: str
    webhook_log: str

    @property
    def remote_user(self) -> str:
        """The member, by the name of the unified API."""
        return self.member

    def hidden(self, text: str) -> str:
        """A text with each id replaced by its name. Long ones go first: a number may stand inside of a UUID."""
        for name, value in sorted(asdict(self).items(), key=lambda item: -len(item[1])):
            whole = rf"\b{value}\b" if value.isdigit() else re.escape(value)
            text = re.sub(whole, f"<{name}>", text)
        return text


def unknown_ids(like: Ids) -> Ids:
    """Ids of the same forms that nobody has."""

    def unknown(value: str) -> str:
        if parse_id(value) is not None:
            return str(uuid4())
        return str(10**12 + uuid4().int % 10**6) if value.isdigit() else f"none-{uuid4().hex}"

    return Ids(**{field.name: unknown(getattr(like, field.name)) for field in fields(like)})

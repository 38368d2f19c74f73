"""One interview of an application."""

from rolecall.surfaces.bindbee.model import CREATED_HERE, Ids, Many, Model, One, Time, Value, Word, spelled

STATUSES = spelled("SCHEDULED", "AWAITING_FEEDBACK", "COMPLETE")
_INTERVIEWERS = "interview_member l where l.workspace_id = t.workspace_id and l.interview_id = t.id"

MODEL = Model(
    title="Scheduled Interview",
    slug="scheduled_interview",
    path="scheduled-interviews",
    table="interview",
    fields=(
        One("application", "application", "t.application_id"),
        One("job_interview_stage", "job_interview_stage", "t.stage_id"),
        One("organizer", "remote_user", "t.organizer_id"),
        Many("interviewers", "remote_user", rows=_INTERVIEWERS, id="l.member_id", order="l.position"),
        Value("location"),
        Time("start_at", "t.starts_at"),
        Time("end_at", "t.ends_at"),
        Time("remote_created_at", CREATED_HERE),
        Time("remote_updated_at", "coalesce(t.remote_updated_at, case when t.remote_id is null then t.created_at end)"),
        Word("status", "t.status", STATUSES),
    ),
    filters=(
        Ids("application", "t.application_id"),
        Ids("organizer", "t.organizer_id"),
        Ids("job_interview_stage", "t.stage_id"),
    ),
)

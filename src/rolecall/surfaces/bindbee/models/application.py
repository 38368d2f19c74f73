"""One candidate pursuing one job. Where it stands lives here, not on the candidate."""

from rolecall.surfaces.bindbee.model import Exactly, Ids, Model, One, Time, Value

MODEL = Model(
    title="Application",
    slug="application",
    path="applications",
    table="application",
    fields=(
        One("candidate", "candidate", "t.candidate_id"),
        One("job", "job", "t.job_id"),
        Time("applied_at"),
        Time("rejected_at"),
        Value("source"),
        One("credited_to", "remote_user", "t.credited_to_id"),
        One("current_stage", "job_interview_stage", "t.stage_id"),
        One("reject_reason", "reject_reason", "t.reject_reason_id"),
    ),
    filters=(
        Exactly("remote_id"),
        Ids("current_stage", "t.stage_id"),
        Ids("credited_to", "t.credited_to_id"),
        Exactly("source"),
        Ids("job", "t.job_id"),
        Ids("candidate", "t.candidate_id"),
        Ids("reject_reason", "t.reject_reason_id"),
    ),
)

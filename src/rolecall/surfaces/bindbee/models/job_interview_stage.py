"""A step of the hiring process of one job."""

from rolecall.surfaces.bindbee.model import Exactly, Ids, Model, One, Value

MODEL = Model(
    title="Job Interview Stage",
    slug="job_interview_stage",
    path="job-interview-stages",
    table="stage",
    fields=(Value("name"), One("job", "job", "t.job_id"), Value("stage_order", "t.position")),
    filters=(Exactly("remote_id"), Ids("job", "t.job_id")),
)

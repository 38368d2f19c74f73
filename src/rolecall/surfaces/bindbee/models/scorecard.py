"""Feedback left by one interviewer."""

from rolecall.surfaces.bindbee.model import CREATED_HERE, Ids, Model, One, Time, Word, spelled

RECOMMENDATIONS = spelled("DEFINITELY_NO", "NO", "NO_DECISION", "YES", "STRONG_YES")

MODEL = Model(
    title="Scorecard",
    slug="scorecard",
    path="scorecards",
    table="scorecard",
    fields=(
        One("application", "application", "t.application_id"),
        One("interview", "scheduled_interview", "t.interview_id"),
        One("interviewer", "remote_user", "t.interviewer_id"),
        Time("remote_created_at", CREATED_HERE),
        Time("submitted_at"),
        Word("overall_recommendation", "t.recommendation", RECOMMENDATIONS),
    ),
    filters=(
        Ids("application", "t.application_id"),
        Ids("interview", "t.interview_id"),
        Ids("interviewer", "t.interviewer_id"),
    ),
)

"""A reason for closing an application."""

from rolecall.surfaces.bindbee.model import Model, Value

MODEL = Model(
    title="Reject Reason",
    slug="reject_reason",
    path="reject-reasons",
    table="reject_reason",
    fields=(Value("name"),),
)

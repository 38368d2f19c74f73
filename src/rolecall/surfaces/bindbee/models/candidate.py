"""A person, once in each connector, whatever the number of applications."""

from rolecall.surfaces.bindbee.model import CREATED_HERE, Address, AnyCase, Exactly, Many, Model, Repeated, Time, Value

_TAGS = "candidate_term l join term g on g.workspace_id = l.workspace_id and g.id = l.term_id"
_OF_CANDIDATE = "l.workspace_id = t.workspace_id and l.candidate_id = t.id"

MODEL = Model(
    title="Candidate",
    slug="candidate",
    path="candidates",
    table="candidate",
    fields=(
        Value("first_name"),
        Value("last_name"),
        Value("company"),
        Value("title"),
        Time("last_interaction_at"),
        Value("is_private"),
        Value("can_email"),
        Value("locations"),
        Value("phone_numbers"),
        Value("email_addresses"),
        Value("urls"),
        Value("tags", f"array(select g.name from {_TAGS} where {_OF_CANDIDATE} order by g.name, g.id)"),
        Many("applications", "application", rows=f"application l where {_OF_CANDIDATE}", id="l.id", order="l.id"),
        Many("attachments", "attachment", rows=f"attachment l where {_OF_CANDIDATE}", id="l.id", order="l.id"),
        Time("remote_created_at", CREATED_HERE),
        Time("remote_updated_at", "coalesce(t.remote_updated_at, case when t.remote_id is null then t.updated_at end)"),
        Address("avatar", file="t.photo_id", url="t.avatar_url"),
    ),
    filters=(
        Exactly("remote_id"),
        AnyCase("company", listed=True),
        AnyCase("first_name"),
        AnyCase("last_name"),
        Exactly("tag", where=f"exists (select from {_TAGS} where {_OF_CANDIDATE} and lower(g.name) = lower(%(tag)s))"),
        Repeated("email_addresses", "folded_words(t.email_addresses) && folded_words(%(email_addresses)s::text[])"),
    ),
)

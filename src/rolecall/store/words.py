"""The words of publications: what a search looks in, kept with every text that is written.

A word is what stands between blanks in a folded title or summary. A search for a part of a word first finds the words
that have it, then the publications that have one of those words.
"""

from collections.abc import Sequence
from uuid import UUID

from rolecall.store.db import Connection, fetch_values

# The hash of a word in a workspace. PostgreSQL keeps it the same between releases: hash partitions rest on it.
_HASH = "hashtextextended(%(workspace)s::uuid || ' ' || word, 0)"
_WORDS_OF = "string_to_table(replace(p.search_text, E'\\n', ' '), ' ') as w (word)"
# The workspace comes from a row and not from the parameter, as in store/facets.py.
_OF_JOBS = """
    wanted as materialized (
        select distinct %(workspace)s::uuid as workspace_id, job_id from unnest(%(jobs)s::uuid[]) as j (job_id)
    ),
    p as materialized (
        select p.workspace_id, p.id, p.search_text
        from wanted w join publication p on p.workspace_id = w.workspace_id and p.job_id = w.job_id
    )
"""
_LEARN = f"""
    with {_OF_JOBS}
    insert into search_word (workspace_id, id, word)
    select distinct p.workspace_id, {_HASH}, word from p, {_WORDS_OF} where word <> '' order by 2
    on conflict (workspace_id, id) do nothing
"""
_INDEX = f"""
    with {_OF_JOBS}
    insert into publication_word as i (workspace_id, publication_id, words)
    select p.workspace_id, p.id, array(select distinct {_HASH} from {_WORDS_OF} where word <> '' order by 1) from p
    on conflict (workspace_id, publication_id) do update set words = excluded.words where i.words <> excluded.words
"""
_MATCHING = """
    select array(select id from search_word where workspace_id = %s and word like part.pattern limit %s)
    from unnest(%s::text[]) with ordinality as part (pattern, place) order by place
"""


async def learn(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> None:
    """Note the words that the publications of these jobs have."""
    await conn.execute(_LEARN, {"workspace": workspace_id, "jobs": list(job_ids)})


async def index(conn: Connection, workspace_id: UUID, job_ids: Sequence[UUID]) -> None:
    """Let searches find the publications of these jobs by their present texts. Their words must be learnt as well."""
    await conn.execute(_INDEX, {"workspace": workspace_id, "jobs": list(job_ids)})


async def matching(conn: Connection, workspace_id: UUID, patterns: Sequence[str], *, at_most: int) -> list[list[int]]:
    """For each pattern of LIKE, the words of the workspace that match it, no more than so many."""
    return await fetch_values(conn, _MATCHING, (workspace_id, at_most, list(patterns)))

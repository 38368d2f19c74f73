"""Pull a connector's records from the unified ATS API into a DuckDB file, and ask it three questions.

The first run pulls everything, each later one what has changed since, and one that was cut off goes on where it was.
Every model becomes a table of `id`, `modified_at` and `record`, the record's JSON. Take a file for each connector.

The credentials come from the environment: BINDBEE_API_KEY, BINDBEE_CONNECTOR_TOKEN. To ask questions of your own:

  python3 -c "import duckdb; duckdb.connect('hiring.duckdb').sql('select * from candidate').show()"
"""

import argparse
import json
import os
import re
import time
from collections.abc import Iterator
from typing import Any

import duckdb
import httpx

BEGINNING = "1970-01-01T00:00:00Z"
BOOKMARKS = "create table if not exists bookmark (model text primary key, since text, page text)"
TABLE = "create table if not exists {} (id uuid primary key, modified_at timestamp, record json)"
UPSERT = """insert or replace into {} select r->>'id', r->>'modified_at', r
            from (select unnest(from_json(?, '["json"]')) as r)"""
NEWEST = "select strftime(max(modified_at), '%Y-%m-%dT%H:%M:%S.%fZ') from {}"

HIRES = """create or replace view hire as
    select a.id, a.record->>'source' as source, (a.record->>'job')::uuid as job,
           date_diff('day', (a.record->>'applied_at')::timestamp, (o.record->>'closed_at')::timestamp) as days
    from offer o join application a on a.id = (o.record->>'application')::uuid where o.record->>'status' = 'SIGNED'"""
QUESTIONS = {
    "How many applications does each job have, stage by stage?": """
        select j.record->>'name' as job, coalesce(s.record->>'name', 'none') as stage, count(*) as applications
        from application a join job j on j.id = (a.record->>'job')::uuid
        left join job_interview_stage s on s.id = (a.record->>'current_stage')::uuid
        group by j.id, job, s.id, stage, s.record order by job, j.id, (s.record->>'stage_order')::int""",
    "How long does it take each department to hire?": """
        select d.record->>'name' as department, count(*) as hires, round(median(days), 1) as median_days
        from hire join job j on j.id = hire.job
        join department d on list_contains((j.record->'departments')::uuid[], d.id)
        group by d.id, department order by median_days, department""",
    "Where do hires come from?": """
        select coalesce(a.record->>'source', 'not told') as source, count(*) as applications, count(hire.id) as hires
        from application a left join hire on hire.id = a.id group by 1 order by hires desc, applications desc, 1""",
}


def get(api: httpx.Client, path: str, **params: Any) -> Any:
    """An answer. Where the minute's calls are spent, it waits as long as the server says."""
    while (answer := api.get(path, params=params)).status_code == httpx.codes.TOO_MANY_REQUESTS:
        time.sleep(int(answer.headers["Retry-After"]))
    if answer.is_error:
        raise SystemExit(f"{path}: {answer.status_code} {answer.text}")
    return answer.json()


def models(api: httpx.Client) -> Iterator[tuple[str, str]]:
    """Each model with its path: `job_interview_stage` is at job-interview-stages, `activity` at activities."""
    for model in get(api, "/api/v1/lookup/models", category="ATS")["models"]:
        yield model["slug"], re.sub("y$", "ie", model["slug"]).replace("_", "-") + "s"


def pull(db: duckdb.DuckDBPyConnection, api: httpx.Client, model: str, path: str) -> int:
    """Pull what has changed. Records and the place where to go on are stored together, page by page."""
    db.execute(BOOKMARKS).execute(TABLE.format(model))
    since, page = db.execute("select since, page from bookmark where model = ?", [model]).fetchone() or (BEGINNING, "")
    pulled = 0
    while True:
        more = {"cursor": page} if page else {}
        answer = get(api, f"/api/ats/v1/{path}", modified_after=since, page_size=100, **more)
        db.begin().execute(UPSERT.format(model), [json.dumps(answer["items"])])
        pulled, page = pulled + len(answer["items"]), answer["cursor"] or ""
        if not page:  # pages go by id: only when the last one is here is the newest record a safe place to go on from
            since = db.execute(NEWEST.format(model)).fetchone()[0] or since
        db.execute("insert or replace into bookmark values (?, ?, ?)", [model, since, page]).commit()
        if not page:
            return pulled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="where Rolecall is, as http://127.0.0.1:8000")
    parser.add_argument("file", nargs="?", default="hiring.duckdb", help="the DuckDB file (default: %(default)s)")
    options = parser.parse_args()
    key, token = os.environ.get("BINDBEE_API_KEY"), os.environ.get("BINDBEE_CONNECTOR_TOKEN")
    if not key or not token:
        parser.error("BINDBEE_API_KEY and BINDBEE_CONNECTOR_TOKEN have to be set")
    headers = {"Authorization": f"Bearer {key}", "X-Connector-Token": token}
    with duckdb.connect(options.file) as db, httpx.Client(base_url=options.url, headers=headers) as api:
        for model, path in models(api):
            print(f"{model}: {pull(db, api, model, path)} new or changed")
        db.execute(HIRES)
        for question, query in QUESTIONS.items():
            print(f"\n{question}")
            db.sql(query).show(max_rows=20)


if __name__ == "__main__":
    main()

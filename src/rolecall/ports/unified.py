"""The unified API's body of a record, which is stored with the record and sent as it is."""

from typing import Protocol

from rolecall.domain.jobs import Job

# Stands in stored bodies for the jobs base URL, which an operator may change at any time. JSON text cannot hold this
# byte, so replacing it on the way out is safe.
JOBS_URL_MARK = b"\x01"


class JobBody(Protocol):
    """Renders a job's default body: UTF-8 JSON, with JOBS_URL_MARK where the jobs base URL belongs."""

    def __call__(self, job: Job, /) -> bytes: ...

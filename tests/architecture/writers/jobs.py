"""Jobs, their companies and source links."""

from rolecall.actions import companies, jobs, publishing
from rolecall.actions.companies import NewCompany
from rolecall.actions.forms import Form, set_form
from rolecall.actions.jobs import JobChanges, NewJob
from rolecall.actions.publishing import NewPublication
from rolecall.actions.source_links import create_source_link
from rolecall.domain.jobs import HeldJob, JobStatus
from tests.architecture.cast import Act

WRITES: dict[str, tuple[str, Act]] = {
    "companies.archive_company": (
        "company.archived",
        lambda ctx, cast: companies.archive_company(ctx, cast.job.company_id),
    ),
    "companies.create_company": (
        "company.created",
        lambda ctx, _: companies.create_company(ctx, NewCompany(name="Norrvik")),
    ),
    "forms.set_form": (
        "job.changed",
        lambda ctx, cast: set_form(ctx, HeldJob(cast.job), Form(fields=["photo"])),
    ),
    "jobs.change_job": (
        "job.changed",
        lambda ctx, cast: jobs.change_job(ctx, HeldJob(cast.job), JobChanges(title="Optics Lead")),
    ),
    "jobs.create_job": (
        "job.created",
        lambda ctx, cast: jobs.create_job(
            ctx, NewJob(company_id=cast.job.company_id, title="Lead", description="Lead.")
        ),
    ),
    "jobs.move_job": ("job.moved", lambda ctx, cast: jobs.move_job(ctx, HeldJob(cast.job), JobStatus.PAUSED)),
    "publishing.publish_in_language": (
        "job.published",
        lambda ctx, cast: publishing.publish_in_language(
            ctx, HeldJob(cast.job), NewPublication(language="nl", title="Optica")
        ),
    ),
    "publishing.show_header_image": (
        "job.illustrated",
        lambda ctx, cast: publishing.show_header_image(ctx, HeldJob(cast.job), None),
    ),
    "source_links.create_source_link": (
        "source_link.created",
        lambda ctx, cast: create_source_link(ctx, cast.job.id, name="Fair"),
    ),
}
READS = {"jobs.get_job", "jobs.hold_job", "quotas.check_companies", "quotas.check_open_jobs"}
PARTS = {
    "departments.department_id": "jobs.change_job",
    "importing.changes.apply": "importing.loading.import_postings",
    "importing.changes.hold": "importing.loading.import_postings",
    "importing.writing.stage_plan": "importing.loading.import_postings",
    "importing.writing.write_staged": "importing.loading.import_postings",
    "jobs.store_facts": "forms.set_form",
    "publishing.publish_on_website": "jobs.move_job",
    "publishing.recount": "jobs.move_job",
    "publishing.refresh_publications": "jobs.change_job",
    "publishing.reserve_slug": "jobs.create_job",
}
OTHERS = {"importing.loading.import_postings": "test_events.py has a test of it: it has transactions of its own"}

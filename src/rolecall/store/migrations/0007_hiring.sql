-- What hiring adds to the record: how senior a job is, which fields its form shows, where its page will stand, whether
-- its salary is shown; companies that are gone; where people stand who have not applied.

-- slug is reserved when the job is made, and is the slug of its first publication. form_fields names the optional
-- fields of the application form; null is no form of its own.
alter table job
    add column slug          text,
    add column career_level  text check (career_level in ('junior', 'mid-level', 'senior', 'team-leader', 'manager',
                                                          'director', 'vp', 'c-level')),
    add column salary_hidden boolean not null default false,
    add column form_fields   text[],
    drop constraint job_salary_period_check,
    add constraint job_salary_period_check
        check (salary_period in ('hour', 'day', 'week', 'biweek', 'month', 'year'));
create unique index on job (workspace_id, slug);

-- An archived company keeps its id, its slug and its jobs; no job can be added to it.
alter table company add column archived_at timestamptz;

-- standing: where a person without an application stands, in the words of applications; null is the kind's own.
-- follow_up_note: a recruiter's note for the next message to the person.
alter table candidate
    add column standing       text,
    add column follow_up_note text;
alter table application add column follow_up_note text;

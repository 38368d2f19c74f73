-- Whom a hire paid before a contest took its invoice back: what was billed and what became of it stay on that agency's
-- statements. Until now such a hire paid the agency of its submission. invoiced_on is the day of an invoice that takes the
-- place of another one; those of other hires are made on the day of the hire.
alter table agency_hire
    add column invoiced_on date,
    add column taken_from_id uuid,
    add foreign key (workspace_id, taken_from_id) references agency (workspace_id, id) on delete set null (taken_from_id);
create index on agency_hire (workspace_id, taken_from_id);

update agency_hire h set taken_from_id = s.agency_id
from submission s
where s.workspace_id = h.workspace_id and s.id = h.submission_id
  and h.agency_id is null and h.settlement is not null and h.failed_on is null;

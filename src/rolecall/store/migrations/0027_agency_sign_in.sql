-- An e-mail address signs in to one agency of a workspace: among those in office it is there once. Where older rows
-- share one, the first stays in office.
update agency_recruiter r set disabled_at = now()
where disabled_at is null
  and exists (select from agency_recruiter o
              where o.workspace_id = r.workspace_id and lower(o.email) = lower(r.email) and o.disabled_at is null
                and o.id < r.id);
create unique index agency_recruiter_address on agency_recruiter (workspace_id, lower(email)) where disabled_at is null;
drop index agency_recruiter_workspace_id_lower_idx;

-- Who made a posting: what a posting creator's own reports are about. Null where it was made for a mission, by an
-- operator, or before people were written down.
alter table posting
    add column creator_id uuid,
    add foreign key (workspace_id, creator_id) references client_user (workspace_id, id)
        on delete set null (creator_id);
create index on posting (workspace_id, creator_id);

update posting p set creator_id = u.id
from event e
join client_user u on u.workspace_id = e.workspace_id and e.actor = 'client_user:' || u.id
where e.workspace_id = p.workspace_id and e.record_id = p.id and e.type = 'posting.created'
  and u.client_id = p.client_id;

-- A team manager may act for a teammate. user_id stays whose session it is; acting_for_id is for whom.
alter table screen_session
    add column acting_for_id uuid,
    add foreign key (workspace_id, acting_for_id) references client_user (workspace_id, id) on delete cascade;
create index on screen_session (workspace_id, acting_for_id);

-- Reports count the submissions of a client's postings by the day of their confirmation, and look for the employer's
-- first answer to each.
create index submission_reported on submission (workspace_id, posting_id, confirmed_at)
    include (id, stage, exited_from, agency_id) where confirmed_at is not null;
create index submission_answered on submission_move (workspace_id, submission_id, created_at)
    where old = 'awaiting_sort' and new in ('reviewing', 'rejected');

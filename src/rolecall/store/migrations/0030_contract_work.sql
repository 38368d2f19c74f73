-- Contract work: people who stay with their agency and are paid by hours or days.

-- What the people whom a posting finds are hired for; on contract work fee_percent is the markup on the rate of pay.
alter table posting
    add column engagement text not null default 'permanent' check (engagement in ('permanent', 'contract'));

-- What an agency says of a person whom it submits for contract work.
create table submission_terms (
    workspace_id   uuid not null,
    submission_id  uuid not null,
    pay_rate       numeric(12, 2) not null check (pay_rate > 0),
    currency       text not null,
    unit           text not null check (unit in ('hour', 'day')),
    availability   text not null,
    available_from date not null,
    primary key (workspace_id, submission_id),
    foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade
);

-- Somebody at work for a client, who is paid by the submission's agency. ends_on is the last day that can be billed,
-- null for an open end.
create table contract_hire (
    workspace_id   uuid not null,
    id             uuid not null,
    submission_id  uuid not null,
    cost_center_id uuid,
    user_id        uuid,
    starts_on      date not null,
    ends_on        date check (ends_on >= starts_on),
    currency       text not null,
    unit           text not null check (unit in ('hour', 'day')),
    markup_percent numeric(5, 2) not null check (markup_percent > 0),
    fee_note       text,
    work_location  text not null,
    invoice_memo   text,
    created_at     timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, submission_id),
    foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade,
    foreign key (workspace_id, cost_center_id) references cost_center (workspace_id, id)
        on delete set null (cost_center_id),
    foreign key (workspace_id, user_id) references client_user (workspace_id, id) on delete set null (user_id)
);
create index on contract_hire (workspace_id, cost_center_id);
create index on contract_hire (workspace_id, user_id);

-- What an hour or a day costs from a day on, until the next row's. bill_rate is pay_rate with the markup, in cents.
create table contract_rate (
    workspace_id     uuid not null,
    id               uuid not null,
    contract_hire_id uuid not null,
    user_id          uuid,
    from_day         date not null,
    pay_rate         numeric(12, 2) not null check (pay_rate > 0),
    bill_rate        numeric(14, 2) not null check (bill_rate >= pay_rate),
    created_at       timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, contract_hire_id, from_day),
    foreign key (workspace_id, contract_hire_id) references contract_hire (workspace_id, id) on delete cascade,
    foreign key (workspace_id, user_id) references client_user (workspace_id, id) on delete set null (user_id)
);
create index on contract_rate (workspace_id, user_id);

-- Work of some days of one week, under the rate with which it was submitted. version counts what the agency sent, so
-- that nobody approves what they have not seen. reason says why the client sent it back.
create table timesheet (
    workspace_id     uuid not null,
    id               uuid not null,
    contract_hire_id uuid not null,
    rate_id          uuid not null,
    recruiter_id     uuid,
    decided_by       uuid,
    from_day         date not null,
    to_day           date not null check (to_day >= from_day),
    quantity         numeric(6, 2) not null check (quantity > 0),
    pay_amount       numeric(14, 2) not null,
    bill_amount      numeric(14, 2) not null,
    note             text,
    status           text not null check (status in ('submitted', 'approved', 'rejected')),
    reason           text,
    version          integer not null,
    submitted_at     timestamptz not null,
    decided_at       timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, contract_hire_id, from_day),
    foreign key (workspace_id, contract_hire_id) references contract_hire (workspace_id, id) on delete cascade,
    foreign key (workspace_id, rate_id) references contract_rate (workspace_id, id),
    foreign key (workspace_id, recruiter_id) references agency_recruiter (workspace_id, id)
        on delete set null (recruiter_id),
    foreign key (workspace_id, decided_by) references client_user (workspace_id, id) on delete set null (decided_by)
);
create index on timesheet (workspace_id, rate_id);
create index on timesheet (workspace_id, recruiter_id);
create index on timesheet (workspace_id, decided_by);

-- How a partner's mission is offered to agencies when it becomes Live and nobody says otherwise.
alter table workspace
    add column mission_fee_percent numeric(5, 2) not null default 20
        check (mission_fee_percent > 0 and mission_fee_percent <= 100),
    add column mission_agencies text not null default 'all' check (mission_agencies in ('all', 'preferred', 'none'));

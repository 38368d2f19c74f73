-- Processes remember credentials for as long as this number stands. It changes in the transaction that changes a
-- credential, or what comes with it from its workspace, connector or partner. New credentials and their last use
-- change nothing that a process could remember.
create table credential_generation (
    id     boolean primary key default true check (id),
    number bigint not null
);
insert into credential_generation (number) values (1);

create function renew_credential_generation() returns trigger language plpgsql as $$
begin
    update credential_generation set number = number + 1;
    return null;
end
$$;

-- Deferred, so that transactions hold the number only while they commit.
create constraint trigger renews_generation
    after delete or update of kind, secret_hash, prefix, public_id, workspace_id, subject_id, name, scopes, environment,
                              created_at, expires_at, revoked_at
    on credential deferrable initially deferred for each row execute function renew_credential_generation();
create constraint trigger renews_generation
    after delete or update of slug, api_enabled
    on workspace deferrable initially deferred for each row execute function renew_credential_generation();
create constraint trigger renews_generation
    after insert or delete or update of workspace_id, id, category, disabled_at
    on connector deferrable initially deferred for each row execute function renew_credential_generation();
create constraint trigger renews_generation
    after insert or delete or update of workspace_id, id, disabled_at
    on partner deferrable initially deferred for each row execute function renew_credential_generation();
create trigger renews_generation_when_emptied after truncate
    on credential for each statement execute function renew_credential_generation();

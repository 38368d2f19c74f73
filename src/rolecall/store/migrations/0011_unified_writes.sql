-- Where else a job is posted, as somebody's system told it: objects with value and url_type.
alter table job add column posting_urls jsonb not null default '[]';

-- What is changed moves its time of change, also where the statement does not say so.
create function touch() returns trigger language plpgsql as $$
begin
    new.modified_at := clock_timestamp();
    return new;
end $$;

create trigger touch before update of name, company_id on department for each row
    when ((new.name, new.company_id) is distinct from (old.name, old.company_id) and new.modified_at = old.modified_at)
    execute function touch();
create trigger touch before update of name, address, city, region, country_code on location for each row
    when ((new.name, new.address, new.city, new.region, new.country_code)
          is distinct from (old.name, old.address, old.city, old.region, old.country_code)
          and new.modified_at = old.modified_at)
    execute function touch();
create trigger touch before update of email, first_name, last_name, role, disabled_at on member for each row
    when ((new.email, new.first_name, new.last_name, new.role, new.disabled_at)
          is distinct from (old.email, old.first_name, old.last_name, old.role, old.disabled_at)
          and new.modified_at = old.modified_at)
    execute function touch();
create trigger touch before update of name on term for each row
    when (new.name is distinct from old.name and new.modified_at = old.modified_at) execute function touch();
create trigger touch before update of name, position on stage for each row
    when ((new.name, new.position) is distinct from (old.name, old.position) and new.modified_at = old.modified_at)
    execute function touch();
create trigger touch before update of text, kind, options, required, position on screening_question for each row
    when ((new.text, new.kind, new.options, new.required) is distinct from (old.text, old.kind, old.options, old.required)
          and new.modified_at = old.modified_at)
    execute function touch();

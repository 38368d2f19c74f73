-- The zone by whose clock an interview was arranged, as IANA names it, and the one that a client's user chose last.
-- Times stay in UTC.
alter table interview add column time_zone text;
alter table client_user add column time_zone text;

-- Ratings of an agency's recruiters.
create index submission_rated on submission (workspace_id, agency_id) where recruiter_rating is not null;

-- The lists of an agency, in their order.
create index submission_listed on submission (workspace_id, agency_id, id);
create index agency_hire_listed on agency_hire (workspace_id, agency_id, id);
create index distribution_listed on distribution (workspace_id, agency_id, posting_id);
drop index submission_workspace_id_agency_id_idx;
drop index agency_hire_workspace_id_agency_id_idx;
drop index distribution_workspace_id_agency_id_idx;

-- The words of a text, each with its owner before it: no two owners share an entry of an index.
create function owned_words(owner uuid, words text) returns tsvector language sql immutable strict parallel safe
    return (select array_to_tsvector(coalesce(array_agg(distinct owner::text || left(w, 100)), '{}'))
            from regexp_split_to_table(lower(left(words, 1000)), '[^[:alnum:]]+') as t (w)
            where w <> '');
create index submission_by_name on submission using gin (owned_words(agency_id, name_key));
create index posting_by_title on posting using gin (owned_words(workspace_id, title));
create index company_by_name on company using gin (owned_words(workspace_id, name));

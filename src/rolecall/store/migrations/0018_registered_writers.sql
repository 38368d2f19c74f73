-- Who polls for what has changed must not miss a record that was written earlier and committed later than one that they
-- have seen. So writers say that they write: each holds, until it has committed, a shared advisory lock whose two keys
-- are the workspace and the millisecond in which it began (its low 32 bits).

create function milliseconds_now() returns bigint language sql volatile
return floor(extract(epoch from clock_timestamp()) * 1000)::bigint;

-- A number of 32 bits as an integer, whose sign is its highest bit.
create function low_bits(number bigint) returns integer language sql immutable
return ((number & 4294967295) - case when number & 2147483648 <> 0 then 4294967296 else 0 end)::integer;

-- What the transaction writes carries this time or a later one.
create function register_writer(workspace uuid) returns timestamptz language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(hashtext(workspace::text), low_bits(milliseconds_now()));
    return clock_timestamp();
end
$$;

-- Everything that carries an earlier time than this is committed, and seen by the statements that follow.
create function settled_until(workspace uuid) returns timestamptz language plpgsql as $$
declare
    now_ms bigint := milliseconds_now();
    moment timestamptz := clock_timestamp();
    oldest bigint;
begin
    select max(now_ms - objid::bigint & 4294967295) filter (where (now_ms - objid::bigint & 4294967295) < 2147483648)
    into oldest
    from pg_locks
    where locktype = 'advisory' and objsubid = 2 and classid = hashtext(workspace::text)::oid
      and database = (select oid from pg_database where datname = current_database()) and granted;
    return least(moment, 'epoch'::timestamptz + (now_ms - oldest) * interval '1 millisecond');
end
$$;

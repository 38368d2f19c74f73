-- What an application form asks consent for. consent_texts has the workspace's own sentence by language (ISO 639-1);
-- a language without one gets ours. privacy_url is where its privacy statement stands.
alter table workspace
    add column consent_texts      jsonb not null default '{}',
    add column privacy_url        text,
    add column offers_talent_pool boolean not null default true;

"""Contract work: what agencies say of people, who was hired for it, and their rates."""

from datetime import date
from uuid import UUID

from rolecall.domain.contract_hires import ContractHire, ContractRate
from rolecall.domain.contract_work import ContractTerms
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value

_COLUMNS = columns(ContractHire)


async def insert_terms(conn: Connection, workspace_id: UUID, submission_id: UUID, terms: ContractTerms) -> None:
    """Store what an agency says of somebody whom it submits for contract work."""
    query = f"""
        insert into submission_terms (workspace_id, submission_id, {columns(ContractTerms)})
        values (%s, %s, %s, %s, %s, %s, %s)
    """
    said = (terms.pay_rate, terms.currency, terms.unit, terms.availability, terms.available_from)
    await conn.execute(query.encode(), (workspace_id, submission_id, *said))


async def terms_of(conn: Connection, workspace_id: UUID, submission_id: UUID) -> ContractTerms | None:
    """What an agency says of a submission; None where it was asked for nothing of it."""
    query = f"select {columns(ContractTerms)} from submission_terms where workspace_id = %s and submission_id = %s"
    return await fetch_one(conn, ContractTerms, query, (workspace_id, submission_id))


async def insert(conn: Connection, hire: ContractHire) -> None:
    """Store a new contract hire. Raises UniqueViolation where its submission has one."""
    await rows.insert(conn, "contract_hire", hire)


async def hold(conn: Connection, workspace_id: UUID, hire_id: UUID) -> ContractHire | None:
    """A contract hire by id, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from contract_hire where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, ContractHire, query, (workspace_id, hire_id))


async def of_submission(conn: Connection, workspace_id: UUID, submission_id: UUID) -> ContractHire | None:
    """The contract hire of a submission."""
    query = f"select {_COLUMNS} from contract_hire where workspace_id = %s and submission_id = %s"
    return await fetch_one(conn, ContractHire, query, (workspace_id, submission_id))


async def client_of(conn: Connection, workspace_id: UUID, hire_id: UUID) -> UUID | None:
    """The client that somebody works for; None for no such hire."""
    query = """
        select p.client_id from contract_hire h
        join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
        join posting p on p.workspace_id = s.workspace_id and p.id = s.posting_id
        where h.workspace_id = %s and h.id = %s
    """
    return await fetch_value(conn, query, (workspace_id, hire_id))


async def agency_of(conn: Connection, workspace_id: UUID, hire_id: UUID) -> UUID | None:
    """The agency for which somebody works there; None for no such hire."""
    query = """
        select s.agency_id from contract_hire h
        join submission s on s.workspace_id = h.workspace_id and s.id = h.submission_id
        where h.workspace_id = %s and h.id = %s
    """
    return await fetch_value(conn, query, (workspace_id, hire_id))


async def set_end(conn: Connection, workspace_id: UUID, hire_id: UUID, ends_on: date | None) -> None:
    """Store the last day that can be billed, None for an open end."""
    query = "update contract_hire set ends_on = %s where workspace_id = %s and id = %s"
    await conn.execute(query, (ends_on, workspace_id, hire_id))


async def rates(conn: Connection, workspace_id: UUID, hire_id: UUID) -> list[ContractRate]:
    """The rates of a contract hire, the first one first."""
    query = f"""
        select {columns(ContractRate)} from contract_rate where workspace_id = %s and contract_hire_id = %s
        order by from_day
    """
    return await fetch_all(conn, ContractRate, query, (workspace_id, hire_id))


async def put_rate(conn: Connection, rate: ContractRate) -> ContractRate:
    """Store a rate, in the place of one from the same day; what is stored now."""
    query = f"""
        insert into contract_rate ({columns(ContractRate)}) values (%s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, contract_hire_id, from_day) do update
        set pay_rate = excluded.pay_rate, bill_rate = excluded.bill_rate, user_id = excluded.user_id,
            created_at = excluded.created_at
        returning {columns(ContractRate)}
    """
    ids = (rate.workspace_id, rate.id, rate.contract_hire_id, rate.user_id)
    params = (*ids, rate.from_day, rate.pay_rate, rate.bill_rate, rate.created_at)
    stored = await fetch_one(conn, ContractRate, query, params)
    assert stored is not None, "an upsert returns its row"
    return stored

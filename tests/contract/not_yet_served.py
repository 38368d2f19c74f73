"""The operations of the contracts that this release does not serve yet, by contract.

A test fails when one of these is served, or another one is not: the list cannot go stale. The run prints it.
"""

from tests.contract.contracts import NAMES, ContractOperation, operations

SERVED = {
    "bindbee": {"get_jobs_api_ats_v1_jobs_get"},
    "crosspath": {"listCompanies", "createCompany", "listMissions", "createMission", "updateMission"},
    "hirempire": {"listJobSources", "createSource", "publicJobBoard", "openSourceLink"},
    "recruitifi": {"createAccessToken", "getJobLink", "openEmbed"},
    "recruitsome": {"getHealth", "listVacancies"},
}


def not_yet_served() -> dict[str, list[ContractOperation]]:
    """By contract, in the order of the file."""
    return {name: [found for found in operations(name) if found.name not in SERVED[name]] for name in NAMES}


def served() -> list[ContractOperation]:
    """Every operation that is served."""
    return [found for name in NAMES for found in operations(name) if found.name in SERVED[name]]

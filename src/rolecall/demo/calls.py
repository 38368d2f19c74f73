"""Calls for each contract, ready to paste into a shell."""

from dataclasses import dataclass
from importlib import resources

from rolecall.demo.keeping import DemoCredentials
from rolecall.demo.preparing import Demo

_RESUME = resources.files("rolecall.demo").joinpath("resume.rtf")
_OUT_OF_JSON = r"""sed -E 's/.*"access_token": *"([^"]+)".*/\1/'"""

_OUT_OF_LINK = r"""sed -E 's/.*"link_token": *"([^"]+)".*/\1/'"""
_OUT_OF_PAGE = r"""sed -nE 's/.*data-temporary-token="([^"]+)".*/\1/p'"""


@dataclass(frozen=True, slots=True)
class DemoCall:
    """What it shows, and the one line that does it."""

    title: str
    command: str


def demo_calls(demo: Demo) -> list[DemoCall]:
    """The calls, with credentials that work."""
    kept = demo.credentials
    base = kept.base_url
    return [
        DemoCall(
            "Unified ATS API (Bindbee): jobs",
            f"curl -s '{base}/api/ats/v1/jobs?page_size=2' -H 'Authorization: Bearer {kept.bindbee.api_key}'"
            f" -H 'x-connector-token: {kept.bindbee.connector_token}'",
        ),
        DemoCall("Unified ATS API (Bindbee): a customer's made-up system, linked", _sandbox_call(kept)),
        DemoCall(
            "Unified ATS API (Bindbee): the connectors, with the sandbox's token once it is linked",
            f"curl -s '{base}/api/ats/v1/connectors' -H 'Authorization: Bearer {kept.bindbee.api_key}'",
        ),
        DemoCall(
            "Vacancy publishing (RecruitSome): vacancies",
            f"curl -s '{base}/api/v1/vacancies?per_page=2' -H 'Authorization: Bearer {kept.recruitsome.api_key}'",
        ),
        DemoCall(
            "Vacancy publishing (RecruitSome): a recruiter's candidates",
            f"curl -s '{base}/api/v1/candidates?user_id={kept.recruitsome.user_id}'"
            f" -H 'Authorization: Bearer {kept.recruitsome.api_key}'",
        ),
        DemoCall(
            "Vacancy publishing (RecruitSome): a resume that becomes a candidate",
            f"curl -s '{base}/api/v1/candidates' -H 'Authorization: Bearer {kept.recruitsome.api_key}'"
            f" -F 'user_id={kept.recruitsome.user_id}' -F 'resume=@{_RESUME}'",
        ),
        DemoCall(
            "Source tracking (HirEmpire): a job's counted links",
            f"curl -s '{base}/v1/job-sources?job_id={kept.job.id}' -H 'Authorization: Bearer {kept.hirempire.token}'",
        ),
        DemoCall("Source tracking (HirEmpire): the tools of its MCP server", _tools_call(demo)),
        DemoCall("Agency distribution (RecruitiFi): a link to the job's agency screen", _link_call(kept)),
        DemoCall(
            "Partner intake (CrossPath): companies",
            f"curl -s '{base}/partners/v1/companies' -H 'Authorization: Apikey {kept.crosspath.api_key}'",
        ),
    ]


def _sandbox_call(kept: DemoCredentials) -> str:
    """A link token, completed as the customer would on the page, and its temporary token traded: in one line."""
    key, base = f"-H 'Authorization: Bearer {kept.bindbee.api_key}'", kept.base_url
    customer = '"end_user_data":{"org_name":"Tallpine Labs","origin_id":"tenant-0042"}'
    body = f'{{"category":"ATS","integration":"sandbox",{customer}}}'
    link = (
        f"curl -s '{base}/api/embedded/v1/link/create-link-token' {key} -H 'Content-Type: application/json'"
        f" -d '{body}' | {_OUT_OF_LINK}"
    )
    page = f"curl -s '{base}/embed' -d api_key=sandbox-blue -d link_token=$({link}) | {_OUT_OF_PAGE}"
    return f"curl -s '{base}/api/embedded/v1/connectors/connector_token/'$({page}) {key}"


def _link_call(kept: DemoCredentials) -> str:
    """The token is fetched inside the call, so that it is still one line to paste."""
    account = kept.recruitifi
    body = f'{{"client_id":"{account.client_id}","client_secret":"{account.client_secret}"}}'
    token = f"curl -s '{kept.base_url}/v1/auth/token' -H 'Content-Type: application/json' -d '{body}' | {_OUT_OF_JSON}"
    query = f"connectorId={account.connector_id}&clientId={account.client}&userId={account.user}&jobId={account.job}"
    return f"curl -s '{kept.base_url}/v1/links/job?{query}' -H \"X-Auth-Token: $({token})\""


def _tools_call(demo: Demo) -> str:
    """As above; an MCP client gets its token by itself."""
    base, client = demo.credentials.base_url, demo.mcp
    token = (
        f"curl -s '{base}/v1/oauth/token' -u '{client.client_id}:{client.client_secret}'"
        f" -d grant_type=client_credentials | {_OUT_OF_JSON}"
    )
    message = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    return (
        f"curl -s '{base}/v1/mcp' -H \"Authorization: Bearer $({token})\" -H 'Content-Type: application/json'"
        f" -d '{message}'"
    )

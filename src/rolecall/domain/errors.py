"""What can be wrong with a request, in the domain's words.

An error's docstring is its message; its facts fill the braces. A surface maps each of the five groups below, and any
single error that its contract words differently, to an answer of its own.
"""

import inspect
from typing import Any


class DomainError(Exception):
    """The request cannot be carried out."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(inspect.getdoc(type(self)).format(**facts))  # type: ignore[union-attr]


class NotAuthenticated(DomainError):
    """Sign in with a valid credential."""


class NotPermitted(DomainError):
    """The credential does not allow this."""


class NotFound(DomainError):
    """There is no such record."""


class Invalid(DomainError):
    """The input is not valid."""


class Conflict(DomainError):
    """The record's present state does not allow this."""


# --- who is asking ---------------------------------------------------------------------------------------------------


class CredentialMissing(NotAuthenticated):
    """Send a credential with the request."""


class CredentialUnknown(NotAuthenticated):
    """The credential is not known or has been revoked."""


class CredentialExpired(NotAuthenticated):
    """The credential has expired."""


class LinkUnknown(NotAuthenticated):
    """There is no such link."""


class LinkExpired(NotAuthenticated):
    """The link has expired."""


class LinkUsed(NotAuthenticated):
    """The link has been used already."""


class ScopeMissing(NotPermitted):
    """The credential lacks the scope {scope}."""


class ApiDisabled(NotPermitted):
    """API access is switched off for this workspace."""


class ConnectorRefused(NotPermitted):
    """The connector is unknown, disabled or not yours."""


class PermissionMissing(NotPermitted):
    """The user lacks the right {permission}."""


# --- what is asked for -----------------------------------------------------------------------------------------------


class WorkspaceUnknown(NotFound):
    """There is no workspace {workspace}."""


class CompanyUnknown(NotFound):
    """There is no company {company}."""


class JobUnknown(NotFound):
    """There is no job {job}."""


class MissionUnknown(NotFound):
    """There is no mission {mission} of a partner."""


class PublicationUnknown(NotFound):
    """There is no such publication."""


class TermUnknown(NotFound):
    """There is no {kind} {name}."""


class ImageUnknown(NotFound):
    """There is no image {image}."""


class AgencyUnknown(NotFound):
    """There is no agency {agency}."""


class InvitationUnknown(NotFound):
    """There is no such invitation."""


class PostingUnknown(NotFound):
    """The job has not been offered to agencies."""


class PostingQuestionUnknown(NotFound):
    """There is no such question."""


class CostCenterUnknown(NotFound):
    """There is no such cost center."""


class ClientUserUnknown(NotFound):
    """There is no such person."""


class SubmissionUnknown(NotFound):
    """There is no such submission."""


class HireUnknown(NotFound):
    """There is no such hire."""


class ContestUnknown(NotFound):
    """There is no such contest of ownership."""


class CandidateUnknown(NotFound):
    """There is no such candidate."""


class ResumeUploadUnknown(NotFound):
    """There is no such resume upload."""


class AssistantRequestUnknown(NotFound):
    """There is no request {request}."""


class CredentialNotFound(NotFound):
    """There is no credential {credential} in use."""


class PartnerUnknown(NotFound):
    """There is no partner account {partner}."""


class ConnectorUnknown(NotFound):
    """There is no connector {connector}."""


class ApplicationUnknown(NotFound):
    """There is no such application."""


class ClientUnknown(NotFound):
    """There is no client {client}."""


class WebhookUnknown(NotFound):
    """There is no such webhook."""


class DeliveryUnknown(NotFound):
    """There is no delivery {delivery}."""


class MemberUnknown(NotFound):
    """There is no member {member}."""


class LocationUnknown(NotFound):
    """There is no office {location}."""


class ArticleUnknown(NotFound):
    """There is no article {article}."""


# --- how it is asked -------------------------------------------------------------------------------------------------


class FieldMissing(Invalid):
    """The field "{field}" is required."""


class FieldInvalid(Invalid):
    """The field "{field}" is not valid{hint}."""

    def __init__(self, *, field: str, hint: str = "") -> None:
        super().__init__(field=field, hint=f": {hint}" if hint else "")


class FieldNotListed(Invalid):
    """The field "{field}" has a value that is not in the reference list."""


class FieldFrozen(Invalid):
    """The field "{field}" cannot be changed."""


class FileRefused(Invalid):
    """The file cannot be taken."""


class FileEmpty(FileRefused):
    """The file is empty."""


class FileTooLarge(FileRefused):
    """The file has more than {most} bytes."""


class FileKindRefused(FileRefused):
    """The file must be of one of these kinds: {kinds}."""


# --- whether it fits the present state -------------------------------------------------------------------------------


class JobNotOpen(Conflict):
    """The status of a job that is not open cannot be changed here."""


class JobNeverOpened(Conflict):
    """The job has not been published yet. Open it first."""


class MoveRefused(Conflict):
    """A {kind} cannot go from {old} to {new}."""


class MissionReviewed(Conflict):
    """Only a mission that waits can be refused, and this one is {status}. Close it with `rolecall job close`."""


class InvitationSettled(Conflict):
    """The invitation has been {status} already."""


class InvitationExpired(Conflict):
    """The invitation has expired."""


class ActiveJobsUsedUp(Conflict):
    """The plan allows no further open job."""


class CompaniesUsedUp(Conflict):
    """The plan allows no further company."""


class NameTaken(Conflict):
    """The {kind} name {name} is taken."""


class PostingNotTaking(Conflict):
    """The posting is {state}, so it takes no candidates at the moment."""


class AlreadySubmitted(Conflict):
    """{who} has submitted this person to this posting already."""


class AlreadyConsidered(Conflict):
    """This person is considered for that job already."""


class NotTransferable(Conflict):
    """A submission that is {stage} cannot be transferred to another job."""


class TooEarlyToTalk(Conflict):
    """Messages can be sent once the candidate is being reviewed."""


class ResumeReplaced(Conflict):
    """The resume has been replaced once already."""


class GuaranteeOver(Conflict):
    """The guarantee has ended, or the failure is settled already. It lasted until {until}."""


class AlreadyContested(Conflict):
    """The ownership of this person has been contested already."""


class ContestSettled(Conflict):
    """The contest has been settled already: {outcome}."""


class AgencyNotPreferred(Conflict):
    """Fees are agreed on with preferred agencies only."""


class NobodyManages(Conflict):
    """Somebody has to stay who may look after the organization and its people."""


class DefaultCostCenter(Conflict):
    """The default cost center cannot be archived. Make another one the default first."""


class CostCenterArchived(Conflict):
    """The cost center is archived. Bring it back first."""


class PostingClosed(Conflict):
    """A closed posting cannot be changed. Reopen it first."""


class JobTakesNoApplications(Conflict):
    """The job is {status}, so it takes no applications."""


class AssistantRequestSettled(Conflict):
    """The request has been settled already: {resolution}."""


class AssistantRequestOfOtherKind(Conflict):
    """A request of the kind {kind} cannot be settled like this."""


class JobNotOffered(Conflict):
    """The job is {status}, so it cannot be offered to agencies."""


class RequestDiffers(Conflict):
    """Another request was sent under this key before."""


class RequestUnderWay(Conflict):
    """The same request is being carried out at the moment."""


class EditedMeanwhile(Conflict):
    """Somebody else has changed this record since you opened it. Reload and try again."""

"""Whom the demo's agencies submit, and what is said of them. All names are invented."""

from dataclasses import dataclass, field
from decimal import Decimal

from rolecall.actions.agencies import NewRecruiter
from rolecall.demo.cast import COLLEAGUE, USER
from rolecall.domain.clients import Organization, Person
from rolecall.domain.cost_centers import CostCenterFacts
from rolecall.domain.recruiters import Role
from rolecall.domain.submissions import Meets, PersonFacts, SubmissionStage

NORDLYS, HARBOUR = "Nordlys Talent", "Harbour & Finch"

# One at each of the agencies that sign in, who may do everything there.
RECRUITERS = {
    NORDLYS: NewRecruiter(
        first_name="Signy", last_name="Aune", email="signy.aune@nordlys.example", role=Role.TEAM_MANAGER
    ),
    HARBOUR: NewRecruiter(
        first_name="Gareth", last_name="Finch", email="gareth.finch@harbourfinch.example", role=Role.TEAM_MANAGER
    ),
}

# Of the client in whose name jobs are offered: the names of its users, by their ids.
ORGANIZATION = Organization(
    name="Norrvik Optics",
    website="https://norrvik.example",
    address="Optikgatan 4\n223 62 Lund",
    about="Measuring instruments for paper mills and food plants.",
)
PEOPLE_OF_CLIENT = {
    USER: Person(first_name="Ines", last_name="Halloran", email="ines.halloran@demo.example"),
    COLLEAGUE: Person(first_name="Tomas", last_name="Okafor", email="tomas.okafor@demo.example"),
}
COST_CENTERS = (
    CostCenterFacts(
        name="Development",
        address="Optikgatan 4, 223 62 Lund",
        invoice_recipients=["invoices@norrvik.example"],
        notice="Name the project FW-12.",
    ),
    CostCenterFacts(name="Service", address="Box 17, 223 62 Lund", invoice_recipients=["service@norrvik.example"]),
)
# What each agency asked, and the answer if there is one.
ASKED = (
    ("Is the team open to somebody who works from Gothenburg for two days a week?", "Yes, two days at home are fine."),
    ("Would you look at somebody who has led a project but no people?", ""),
)

FEE_PERCENT = Decimal(19)
MUST_HAVES = ["Five years of C or Rust on small processors", "Has led a team", "Swedish or English"]
QUESTIONS = ["When could you start?", "What would you measure first in a camera that drops frames?"]

ANSWER = "How long each line waits for memory. Then how long it waits for me."

FIELD_TITLE = "Field engineer, paper mills"
FIELD_TEXT = (
    "Keep our cameras running in the mills of northern Sweden and Finland: install, align, explain.\n\n"
    "Half of the time on the road, the other half in Lund."
)
FIELD_REASON = "Three people are in process. Hold back until the end of the month."


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Somebody whom an agency submits so many days ago, and how far the person comes.

    `meets` answers the must-haves in their order. `words` are said at each step that the employer takes, in its order,
    and at the exit, if there is one. `chat` has the agency's and the employer's messages in turn.
    """

    person: PersonFacts
    agency: str
    days_ago: float
    stage: SubmissionStage
    meets: tuple[Meets, ...] = (Meets.YES, Meets.YES, Meets.YES)
    note: str = ""
    pitch: str = ""
    start: str = "In three months."
    rating: int | None = None
    words: tuple[str, ...] = ()
    chat: tuple[str, ...] = field(default=())


def _person(first: str, last: str, title: str, company: str, place: str) -> PersonFacts:
    email = f"{first}.{last}@mail.example".lower()
    return PersonFacts(
        first_name=first, last_name=last, email=email, current_title=title, current_company=company, location=place
    )


_BOTH = _person("Wanda", "Okonjo", "Firmware engineer", "Brightline", "Malmö")

# All stages there are. Both agencies know the first person, who picks one of them.
PEOPLE = (
    Brought(
        person=_BOTH,
        agency=NORDLYS,
        days_ago=1.2,
        stage=SubmissionStage.UNCONFIRMED,
        pitch="Wrote the boot loader of a scanner that many supermarkets use.",
    ),
    Brought(person=_BOTH, agency=HARBOUR, days_ago=0.9, stage=SubmissionStage.UNCONFIRMED),
    Brought(
        person=_person("Ruben", "Castell", "Embedded developer", "Faro Sistemas", "Girona"),
        agency=NORDLYS,
        days_ago=2.5,
        stage=SubmissionStage.AWAITING_SORT,
        meets=(Meets.YES, Meets.PARTLY, Meets.YES),
        note="Led two students.",
        pitch="Moves to Lund in spring whatever happens.",
        rating=5,
    ),
    Brought(
        person=_person("Priya", "Nandakumar", "Team lead, imaging", "Seelin", "Copenhagen"),
        agency=HARBOUR,
        days_ago=1.6,
        stage=SubmissionStage.AWAITING_SORT,
        pitch="Has led six people through a move from one core to four.",
        rating=4,
    ),
    Brought(
        person=_person("Jonas", "Ekdahl", "Senior firmware engineer", "Vinter Robotics", "Lund"),
        agency=HARBOUR,
        days_ago=6,
        stage=SubmissionStage.REVIEWING,
        pitch="Lives ten minutes from the office and knows two people there.",
        rating=5,
        words=("Strong in C. We look at the team side next.",),
        chat=(
            "Jonas asks whether the role can begin in August.",
            "August is fine. Has he worked with line cameras before?",
            "Yes, for two years at Vinter. He can show some of it.",
        ),
    ),
    Brought(
        person=_person("Amara", "Diallo", "Firmware lead", "Kestrel Metering", "Gothenburg"),
        agency=NORDLYS,
        days_ago=11,
        stage=SubmissionStage.INTERVIEWING,
        pitch="Leads four people and still writes half of the code.",
        rating=4,
        words=("Just what we look for.", "Two of us would like to meet her on site."),
        chat=("She can come on any Thursday.",),
    ),
    Brought(
        person=_person("Felix", "Brandt", "Principal engineer", "Lotse Automation", "Kiel"),
        agency=HARBOUR,
        days_ago=19,
        stage=SubmissionStage.OFFERS,
        pitch="Has moved an image pipeline to two cores once already.",
        rating=5,
        words=("Very close to the task.", "Invited for a day.", "The team wants him. An offer is on its way."),
    ),
    Brought(
        person=_person("Sofia", "Marchetti", "Embedded engineer", "Tessera", "Bologna"),
        agency=NORDLYS,
        days_ago=45,
        stage=SubmissionStage.HIRED,
        pitch="Finds what others have looked for all week.",
        rating=5,
        words=("Good fit.", "Let us meet.", "We would like to make an offer."),
    ),
    Brought(
        person=_person("Henrik", "Aas", "Firmware developer", "Fjordlys", "Bergen"),
        agency=HARBOUR,
        days_ago=8,
        stage=SubmissionStage.DECLINED,
        words=("I have just signed elsewhere.",),
    ),
    Brought(
        person=_person("Lea", "Fournier", "Embedded engineer", "Optalia", "Lyon"),
        agency=NORDLYS,
        days_ago=7,
        stage=SubmissionStage.WITHDRAWN,
        rating=3,
        words=("Promising.", "She has taken a role closer to home."),
    ),
    Brought(
        person=_person("Marcus", "Webb", "Software engineer", "Plainfield Apps", "Leeds"),
        agency=HARBOUR,
        days_ago=10,
        stage=SubmissionStage.REJECTED,
        meets=(Meets.NO, Meets.YES, Meets.YES),
        note="Wrote drivers in his studies.",
        words=("Much of web, little of small processors.",),
    ),
)

HIRE_PAY = Decimal(760_000)
HIRE_CURRENCY = "SEK"
HIRE_PLACE = "Lund"
TIME_ZONE = "Europe/Stockholm"

# A second partner account, whose mission waits for the operator.
WAITING_PARTNER = "HunterOn"
WAITING_COMPANY = "Ostrava Paper"
WAITING_TITLE = "Head of maintenance"
WAITING_TEXT = "<p>Keep three paper machines running with a crew of twelve.</p>"

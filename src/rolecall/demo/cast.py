"""Who and what the demo shows besides the postings. All names are invented."""

from decimal import Decimal

from rolecall.actions.agencies import NewAgency
from rolecall.actions.candidates import Person
from rolecall.actions.members import NewMember
from rolecall.actions.offices import NewOffice
from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.candidates import CandidateStatus

PARTNER = "Oakline Network"
CLIENT = "demo-client"
USER = "demo-user"
COLLEAGUE = "demo-colleague"
LARGER_BOARD = "city-of-new-york"  # the employer of most of the postings

MEMBERS = (
    NewMember(
        email="ines.halloran@demo.example",
        first_name="Ines",
        last_name="Halloran",
        role="owner",
        job_title="Head of recruiting",
        phone="+31 20 555 0140",
    ),
    NewMember(
        email="tomas.okafor@demo.example",
        first_name="Tomas",
        last_name="Okafor",
        job_title="Recruiter for engineering",
        phone="+46 46 555 0172",
    ),
    NewMember(
        email="maren.lindqvist@demo.example",
        first_name="Maren",
        last_name="Lindqvist",
        role="hiring_manager",
        job_title="Firmware manager",
    ),
)

# The first is where the partner's mission is done.
OFFICES = (
    NewOffice(
        name="Lund Studio",
        code="SE-lund",
        address_line_1="Optikgatan 4",
        postal_code="223 62",
        region="Skåne",
        latitude=55.7170,
        longitude=13.2240,
    ),
    NewOffice(
        name="Canal House",
        country_code="NL",
        city="Amsterdam",
        address_line_1="Brouwersgracht 9999",
        postal_code="1015 GG",
        region="Noord-Holland",
        latitude=52.3800,
        longitude=4.8850,
    ),
    NewOffice(
        name="Hudson Desk",
        country_code="US",
        city="New York",
        address_line_1="1 Demo Plaza",
        address_line_2="Floor 12",
        postal_code="10001",
        region="New York",
        latitude=40.7506,
        longitude=-73.9972,
    ),
)

# In the first member's repository.
CANDIDATES = (
    (
        Person(
            first_name="Milan",
            last_name="de Wit",
            email="milan.dewit@mail.example",
            phone="+31612345678",
            title="Fitter",
            city="Hattem",
            country_code="NL",
            skills=("welding", "VCA"),
        ),
        CandidateStatus.WAITING_FOR_INTAKE,
    ),
    (
        Person(
            first_name="Mira",
            last_name="Okafor",
            email="mira.okafor@mail.example",
            phone="+351910000112",
            title="Data Engineer",
            company="Finch Analytics",
            city="Lisbon",
            country_code="PT",
            skills=("Python", "SQL", "dbt"),
        ),
        CandidateStatus.ACTIVE_MEDIATION,
    ),
    (
        Person(
            first_name="Zoë",
            last_name="Lindqvist-Berg",
            email="zoe@berg.example",
            title="Product Manager",
            city="Lund",
            country_code="SE",
        ),
        CandidateStatus.POTENTIAL,
    ),
    (
        Person(first_name="Kofi", last_name="Mensah", email="kofi.mensah@mail.example", title="Warehouse lead"),
        CandidateStatus.EMPLOYEE,
    ),
)

# Each with the fee agreed on, in percent, when the demo's client prefers it; None when it does not.
AGENCIES = (
    (
        NewAgency(
            name="Nordlys Talent",
            email="desk@nordlys.example",
            website="https://nordlys.example",
            specialties=("Embedded software", "Optics", "Sweden"),
        ),
        Decimal("18.00"),
    ),
    (
        NewAgency(
            name="Harbour & Finch",
            email="hello@harbourfinch.example",
            website="https://harbourfinch.example",
            specialties=("Engineering leadership", "Manufacturing"),
        ),
        Decimal("20.00"),
    ),
    (
        NewAgency(
            name="Civic Search Partners",
            email="jobs@civicsearch.example",
            website="https://civicsearch.example",
            specialties=("Public sector", "New York", "Administration"),
        ),
        None,
    ),
)

COMPANY_NAME = "Norrvik Optics"
COMPANY_TEXT = (
    "<p>Norrvik Optics builds measuring instruments for paper mills and food plants: cameras, light sources and the"
    " software that reads them. About ninety people work in Lund.</p>"
)
MISSION_TITLE = "Firmware Lead"
MISSION_TEXT = (
    "<p>You lead the four people who write the firmware of our line cameras, and write a good part of it yourself.</p>"
    "<h3>What you will do</h3><ul><li>Plan releases with the optics and the hardware teams.</li>"
    "<li>Move our image pipeline from one core to two without losing a frame.</li>"
    "<li>Keep ten years of instruments in the field up to date.</li></ul>"
    "<h3>What you bring</h3><ul><li>Years of C or Rust on small processors.</li>"
    "<li>A habit of measuring before guessing.</li><li>Swedish or English; we speak both.</li></ul>"
)
SALARY_MIN = Decimal(720_000)
SALARY_MAX = Decimal(860_000)
SOURCE_NAMES = ("Newsletter", "LinkedIn", "University fair")

# Who applied for the partner's mission in the last month: by which link, how many days ago, and where they stand now.
APPLICANTS = (
    (("Noor", "Wibowo", "Embedded engineer"), "LinkedIn", 27, ApplicationStatus.HIRED),
    (("Elias", "Norberg", "Firmware developer"), "LinkedIn", 22, ApplicationStatus.REJECTED),
    (("Agnes", "Kallio", "Software engineer"), "University fair", 19, ApplicationStatus.INTERVIEW),
    (("Tariq", "Benali", "Embedded engineer"), "Newsletter", 15, ApplicationStatus.OFFER),
    (("Lotte", "van Rijn", "Graduate, electrical engineering"), "University fair", 12, ApplicationStatus.SCREENING),
    (("Davide", "Ferri", "Team lead, imaging"), "LinkedIn", 8, ApplicationStatus.PHONE_SCREEN),
    (("Signe", "Ahlgren", "Firmware developer"), "Newsletter", 3, ApplicationStatus.APPLIED),
    (("Owen", "Price", "Systems engineer"), "LinkedIn", 1, ApplicationStatus.APPLIED),
)

# The mission in other languages: code, title, text, and what its job type is called.
TRANSLATIONS = (
    ("nl", "Hoofd firmware", "<p>Bouw de firmware van een lijncamera, van schets tot serie.</p>", "Vast"),
    ("sv", "Firmwareledare", "<p>Bygg en linjekameras firmware, från skiss till serie.</p>", "Tillsvidare"),
)

"""Who and what the demo shows besides the postings. All names are invented."""

from decimal import Decimal

from rolecall.actions.agencies import NewAgency
from rolecall.actions.members import NewMember

PARTNER = "Oakline Network"
CLIENT = "demo-client"
USER = "demo-user"

MEMBERS = (
    NewMember(email="ines.halloran@demo.example", first_name="Ines", last_name="Halloran", role="owner"),
    NewMember(email="tomas.okafor@demo.example", first_name="Tomas", last_name="Okafor"),
    NewMember(email="maren.lindqvist@demo.example", first_name="Maren", last_name="Lindqvist", role="hiring_manager"),
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

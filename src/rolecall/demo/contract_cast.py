"""Who works for the demo's client by contract, and what is said of that. All names are invented."""

from decimal import Decimal

from rolecall.domain.submissions import PersonFacts

TITLE = "Test engineer for a new line camera"
TEXT = (
    "Plan and run the environmental tests of our new line camera: heat, cold, dust, and a year of shaking in six weeks."
    "\n\nBy contract, for about half a year. Three days in Lund, two where you like."
)
QUESTION = "Which chamber have you worked with?"
ANSWER = "Two walk-in ones, and a very old one that only listened to me."

PERSON = PersonFacts(
    first_name="Noor",
    last_name="Haddad",
    email="noor.haddad@mail.example",
    current_title="Test engineer",
    current_company="Self-employed",
    location="Malmö",
)
PITCH = "Has brought three cameras through the same standard."
AVAILABILITY = "40 hours a week, none in the last week of December"
MARKUP = Decimal(22)
PAY_RATE, LATER_PAY_RATE = Decimal(640), Decimal(675)
CURRENCY = "SEK"
PLACE = "Lund"
MONTHS = 6
WORDS = ("Just the background we need.", "Good talk. One more on site.", "The team would like to begin at once.")

WEEKS = 4  # since the first day of work
# Hours of each week, the note, and why it came back; the last one waits.
SHEETS = (
    ("40", "Test plan and fixtures.", ""),
    ("38.5", "Heat and cold, first run.", ""),
    ("44", "Dust. Stayed late on Thursday.", "Wednesday was a holiday in Lund. Was that day worked?"),
    ("40", "Second run after the new seal.", ""),
)

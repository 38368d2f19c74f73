"""The words that the made-up company is drawn from."""


def _words(text: str) -> list[str]:
    return text.split()


FIRST_NAMES = _words(
    """
    Ada Aino Amara Anders Anika Arjun Astrid Ayumi Beatriz Bjorn Camila Chidi Clara Dalia Daniel Dmitri Elena Elif
    Emeka Emil Esme Fatima Felix Freya Gabriel Giulia Hana Hassan Helena Hugo Ines Ingrid Ivan Jamal Jana Jonas Julia
    Kaito Karim Katarina Kofi Lars Layla Leon Lina Lucas Mads Maja Malik Mara Marta Mateo Mei Mila Miriam Mira Nadia
    Naomi Nikolai Nils Noor Olga Omar Oskar Paula Pedro Priya Rafael Rania Rosa Ruben Saga Samir Sanna Sara Selma
    Sofia Stefan Sven Tariq Tessa Theo Tomas Uma Valeria Viktor Wanda Wei Yara Yusuf Zainab Zoe
    """
)
LAST_NAMES = _words(
    """
    Abara Acosta Adler Almeida Andersen Aydin Baptiste Bauer Berg Bianchi Brandt Castillo Chen Costa Dahl Das Diaz
    Duarte Eklund Engel Farouk Fischer Fontaine Forsberg Garcia Gupta Haddad Hansen Hoang Holm Ito Ivanova Jansen
    Johansson Kaya Keller Khan Kim Kowalski Kruger Larsen Lehmann Lindqvist Lopez Marino Mbeki Meyer Moreau Moretti
    Nakamura Nguyen Nielsen Novak Nowak Okafor Olsen Osei Park Patel Petrov Popescu Ramos Rossi Sato Schmidt Silva
    Singh Sorensen Suzuki Tanaka Tran Vargas Virtanen Wagner Weber Yamada Yilmaz Zhang Zimmer
    """
)
COMPANY_NAMES = ("Tallpine", "Kestrel", "Harborlight", "Norrvik", "Bluefern", "Copperfield", "Longacre", "Silverbirch")
COMPANY_KINDS = ("Instruments", "Mobility", "Foods", "Robotics", "Energy", "Logistics", "Software", "Medical")

# Name, street, city, ISO 3166-1 code.
OFFICES = (
    ("Lisbon", "Rua do Exemplo 12", "Lisbon", "PT"),
    ("Lund", "Provgatan 4", "Lund", "SE"),
    ("Rotterdam", "Voorbeeldkade 88", "Rotterdam", "NL"),
    ("Leipzig", "Musterstraße 21", "Leipzig", "DE"),
    ("Lyon", "7 rue de l’Exemple", "Lyon", "FR"),
    ("Leeds", "30 Sample Row", "Leeds", "GB"),
    ("Toronto", "410 Specimen Street", "Toronto", "CA"),
    ("Austin", "1200 Placeholder Avenue", "Austin", "US"),
)

# A department with what its people do, from the most common to the least.
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "Engineering": (
        "Software Engineer",
        "Platform Engineer",
        "Test Engineer",
        "Engineering Manager",
        "Security Engineer",
    ),
    "Hardware": ("Electronics Engineer", "Firmware Engineer", "Mechanical Designer", "Lab Technician"),
    "Data": ("Data Engineer", "Data Analyst", "Machine Learning Engineer"),
    "Product": ("Product Manager", "Product Designer", "Technical Writer", "User Researcher"),
    "Manufacturing": (
        "Assembly Operator",
        "Process Engineer",
        "Shift Lead",
        "Quality Inspector",
        "Maintenance Planner",
    ),
    "Supply Chain": ("Buyer", "Logistics Coordinator", "Warehouse Operator", "Demand Planner"),
    "Sales": ("Account Executive", "Sales Engineer", "Sales Development Representative", "Regional Sales Manager"),
    "Marketing": ("Content Marketer", "Campaign Manager", "Brand Designer"),
    "Customer Care": ("Support Specialist", "Field Service Technician", "Customer Success Manager"),
    "Finance": ("Accountant", "Controller", "Payroll Specialist"),
    "People": ("Recruiter", "People Partner", "Learning Specialist"),
    "Legal": ("Legal Counsel", "Privacy Officer"),
}
LEVELS = ("", "", "Junior ", "Senior ", "Senior ", "Lead ")

TAGS = _words(
    """
    referral python firmware remote relocation night-shift forklift german-speaking french-speaking portfolio returner
    intern former-employee event-2026 silver-medalist management sql lean-six-sigma part-time visa-needed
    """
)
REJECT_REASONS = (
    "Position filled",
    "Missing must-have skill",
    "Salary expectation",
    "Withdrew",
    "No reply",
    "Location",
    "Another candidate was stronger",
    "No work permit",
    "Failed assignment",
    "Duplicate",
)
SOURCES = ("Career site", "Career site", "Referral", "Job board", "Job board", "Agency", "Sourced", "Career fair")
EMPLOYERS = (
    "Brightwater",
    "Oakline",
    "Ferro & Sons",
    "Nordhaven",
    "Pixelmill",
    "Quarry Lane",
    "Sundial",
    "Tidewell",
    "Umbra",
    "Vantage",
)

# The steps of every job's process, with what the vendor calls their kind.
STAGES = (
    ("Application review", "review"),
    ("Phone screen", "phone"),
    ("Interview", "interview"),
    ("Technical interview", "technical"),
    ("Offer", "offer"),
    ("Hired", "hired"),
)

# Wording, type and options of the questions that forms ask.
QUESTIONS = (
    ("When could you start?", "date", ()),
    ("How many years have you done this work?", "number", ()),
    ("Are you allowed to work in the country of the office?", "yes_no", ()),
    ("Which of these do you speak?", "choose_many", ("English", "German", "French", "Portuguese", "Swedish")),
    ("How did you hear of us?", "choose_one", ("A friend", "A job board", "An event", "Elsewhere")),
    ("What should we know that is not in your resume?", "long_text", ()),
    ("What is your salary expectation?", "short_text", ()),
)
NOTES = (
    "Called; friendly, clear about what comes next.",
    "Prefers to work from home two days a week.",
    "Available from next month; one more process running elsewhere.",
    "Asked for the job in writing, sent it.",
    "Strong on the basics, less so on the tools we use.",
    "Would rather relocate than commute.",
    "Knows somebody in the team; ask them.",
)
SUBJECTS = ("Phone call", "After the interview", "Availability", "Salary", "Next steps")

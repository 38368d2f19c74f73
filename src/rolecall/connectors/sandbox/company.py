"""The made-up company as its vendor would tell of it: 2,000 people who hire for 300 jobs. One key is one company.

Everything is drawn from the key, so the same key gives the same records, at any time and anywhere. Each sync after the
first finds one more day gone by: see `hiring.Hiring.pass_day`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from rolecall.connectors.sandbox import words
from rolecall.connectors.sandbox.hiring import Hiring, iso

PEOPLE, JOBS = 2_000, 300
TODAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # of the first sync
MOST_DAYS = 365
Payload = dict[str, Any]

# How many of a hundred jobs are in each state.
_STATES = (("open", 55), ("on_hold", 10), ("filled", 25), ("draft", 7), ("archived", 3))
_LONGEST_OPEN = 240  # days


@dataclass(slots=True)
class Company:
    """All payloads, by the collection of the vendor's API that they are in."""

    name: str
    collections: dict[str, list[Payload]] = field(default_factory=dict[str, list[Payload]])

    def find(self, collection: str, payload_id: str) -> Payload | None:
        """A payload by id, None where there is none."""
        return next((found for found in self.collections.get(collection, ()) if found["id"] == payload_id), None)


@lru_cache(maxsize=2)
def company_of(key: str, *, days: int = 0) -> Company:
    """The company of a key, some days after the first sync."""
    chance = Random(f"rolecall sandbox {key}")  # noqa: S311 - it has to be the same every time
    company = Company(name=f"{chance.choice(words.COMPANY_NAMES)} {chance.choice(words.COMPANY_KINDS)}")
    kept = company.collections
    domain = company.name.lower().replace(" ", "-") + ".example"
    kept["departments"] = [{"id": f"dep-{place}", "name": name} for place, name in enumerate(words.DEPARTMENTS, 1)]
    kept["offices"] = [
        {"id": f"off-{place}", "name": name, "street": street, "city": city, "country": country}
        for place, (name, street, city, country) in enumerate(words.OFFICES, 1)
    ]
    kept["tags"] = [{"id": f"tag-{place}", "label": label} for place, label in enumerate(words.TAGS, 1)]
    kept["reject_reasons"] = [
        {"id": f"rr-{place}", "label": label} for place, label in enumerate(words.REJECT_REASONS, 1)
    ]
    kept["users"] = [_user(chance, place, domain) for place in range(1, PEOPLE + 1)]
    kept["jobs"] = [_job(chance, place, kept, domain) for place in range(1, JOBS + 1)]
    kept["stages"] = [stage for job in kept["jobs"] for stage in _stages(job)]
    kept["questions"] = [question for job in kept["jobs"] for question in _questions(chance, job)]
    hiring = Hiring(chance, kept)
    for job in kept["jobs"]:
        hiring.fill(job, until=TODAY)
    for day in range(1, min(days, MOST_DAYS) + 1):
        hiring.pass_day(TODAY + timedelta(days=day))
    return company


def _user(chance: Random, place: int, domain: str) -> Payload:
    first, last = chance.choice(words.FIRST_NAMES), chance.choice(words.LAST_NAMES)
    department = place % len(words.DEPARTMENTS) + 1
    titles = words.DEPARTMENTS[list(words.DEPARTMENTS)[department - 1]]
    # The first five look after the system, the next sixty recruit, the next two hundred hire.
    access = (
        "admin" if place <= 5 else "recruiter" if place <= 65 else "hiring_manager" if place <= 265 else "interviewer"
    )
    return {
        "id": f"u-{place}",
        "email": f"{first}.{last}.{place}@{domain}".lower(),
        "given_name": first,
        "family_name": last,
        "job_title": "Recruiter" if access == "recruiter" else chance.choice(titles),
        "access": access,
        "active": place <= 265 or chance.random() > 0.04,
        "department_id": f"dep-{department}",
        "office_id": f"off-{chance.randint(1, len(words.OFFICES))}",
        "created_at": iso(TODAY - timedelta(days=chance.randint(300, 3_000))),
    }


def _job(chance: Random, place: int, kept: Mapping[str, list[Payload]], domain: str) -> Payload:
    department = chance.choice(kept["departments"])
    title = chance.choice(words.LEVELS) + chance.choice(words.DEPARTMENTS[department["name"]])
    state = chance.choices([state for state, _ in _STATES], [share for _, share in _STATES])[0]
    created = TODAY - timedelta(days=chance.randint(20, _LONGEST_OPEN), hours=chance.randint(0, 9))
    offices = chance.sample(kept["offices"], 1 if chance.random() < 0.85 else 2)
    low = chance.randrange(32, 90) * 1_000
    return {
        "id": f"job-{place}",
        "requisition": f"REQ-{1_000 + place}",
        "title": title,
        "state": state,
        "confidential": chance.random() < 0.03,
        "department_id": department["id"],
        "office_ids": [office["id"] for office in offices],
        "hiring_manager_id": f"u-{chance.randint(66, 265)}",
        "recruiter_id": f"u-{chance.randint(6, 65)}",
        "openings": 1 if chance.random() < 0.8 else chance.randint(2, 6),
        "description": _description(title, department["name"], offices),
        "pay": {"low": low, "high": low + chance.randrange(8, 25) * 1_000, "currency": "EUR", "per": "year"},
        "posting_url": None if state == "draft" else f"https://jobs.{domain}/{1_000 + place}",
        "created_at": iso(created),
        "updated_at": iso(min(TODAY, created + timedelta(days=chance.randint(1, 19)))),
    }


def _description(title: str, department: str, offices: list[Payload]) -> str:
    where = " or ".join(office["city"] for office in offices)
    return (
        f"<p>As our {title} you join {department} in {where}.</p>"
        "<ul><li>You own a part of the work, from the first idea to what follows it.</li>"
        "<li>You explain what you do, and ask when you do not know.</li></ul>"
    )


def _stages(job: Payload) -> list[Payload]:
    return [
        {"id": f"{job['id']}-s{place}", "job_id": job["id"], "name": name, "kind": kind, "order": place}
        for place, (name, kind) in enumerate(words.STAGES)
    ]


def _questions(chance: Random, job: Payload) -> list[Payload]:
    asked = chance.sample(words.QUESTIONS, chance.randint(2, 4))
    return [
        {
            "id": f"{job['id']}-q{place}",
            "job_id": job["id"],
            "text": text,
            "type": kind,
            "required": chance.random() < 0.5,
            "options": [{"id": f"o{number}", "label": label} for number, label in enumerate(options, 1)],
            "order": place,
        }
        for place, (text, kind, options) in enumerate(asked)
    ]

"""Who applies to the made-up company, and how far they come.

A job's people go through its stages one after the other: those who got to a stage were in the ones before, with the
interviews, scorecards and offers that belong to it, each later than the one before. A filled job has hired somebody.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rolecall.connectors.sandbox import words

Payload = dict[str, Any]
HIRED, OFFER = len(words.STAGES) - 1, len(words.STAGES) - 2
_INTERVIEWED_FROM = 2  # the first stage at which people meet
_GOES_ON = 0.55  # the share that goes from one stage to the next
_NEW_A_DAY, _MOVED_A_DAY = 5, 8
_RACES = ("asian", "black", "hispanic", "white", "two_or_more", "undisclosed")
_GENDERS = ("female", "male", "non_binary", "undisclosed")
_OPINIONS = ("strong_no", "no", "undecided", "yes", "yes", "strong_yes")


def iso(time: datetime) -> str:
    """A time as the vendor writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """A time as the vendor writes it, read."""
    return datetime.fromisoformat(text)


class Hiring:
    """Fills the collections of people and what becomes of them. `kept` has the jobs and all that they are made of."""

    def __init__(self, chance: Random, kept: dict[str, list[Payload]]) -> None:
        self._chance = chance
        self._kept = kept
        self._jobs: Mapping[str, Payload] = {job["id"]: job for job in kept["jobs"]}
        self._numbers: dict[str, int] = defaultdict(int)
        for name in ("candidates", "applications", "documents", "notes", "eeo", "interviews", "feedback", "offers"):
            kept[name] = []

    def fill(self, job: Payload, *, until: datetime) -> None:
        """The people of a job so far."""
        if job["state"] == "draft":
            return
        opened = moment(job["created_at"])
        for place in range(self._chance.randint(6, 20)):
            applied = opened + (until - opened) * self._chance.random() * 0.8
            furthest = HIRED if place == 0 and job["state"] == "filled" else self._furthest()
            self._apply(job, self._person(applied), applied=applied, furthest=furthest, until=until)

    def pass_day(self, today: datetime) -> None:
        """One more day: some apply to open jobs, and some who are in a process move on or are turned down."""
        running = [job for job in self._kept["jobs"] if job["state"] == "open"]
        for _ in range(_NEW_A_DAY):
            applied = today - timedelta(minutes=self._chance.randint(10, 600))
            self._apply(self._chance.choice(running), self._person(applied), applied=applied, furthest=0, until=today)
        waiting = [found for found in self._kept["applications"] if found["state"] == "active"]
        for application in self._chance.sample(waiting, min(_MOVED_A_DAY, len(waiting))):
            if self._chance.random() < _GOES_ON and application["stage"] < OFFER:
                self._enter(application, application["stage"] + 1, at=today)
            else:
                self._turn_down(application, at=today)
            application["updated_at"] = iso(today)

    def _furthest(self) -> int:
        stage = 0
        while stage < OFFER and self._chance.random() < _GOES_ON:
            stage += 1
        return stage

    def _next(self, prefix: str) -> str:
        self._numbers[prefix] += 1
        return f"{prefix}-{self._numbers[prefix]}"

    def _person(self, applied: datetime) -> Payload:
        chance = self._chance
        first, last = chance.choice(words.FIRST_NAMES), chance.choice(words.LAST_NAMES)
        number = self._numbers["cand"] + 1
        tags = chance.sample(range(1, len(words.TAGS) + 1), chance.choice((0, 0, 1, 2)))
        profile = f"https://people.example/{first}-{last}-{number}".lower()
        person = {
            "id": self._next("cand"),
            "given_name": first,
            "family_name": last,
            "headline": chance.choice(words.DEPARTMENTS[chance.choice(list(words.DEPARTMENTS))]),
            "employer": chance.choice(words.EMPLOYERS),
            "emails": [f"{first}.{last}.{number}@mail.example".lower()],
            "phones": [f"+31 20 555 {chance.randint(0, 9_999):04}"],
            "city": chance.choice(words.OFFICES)[2],
            "profile_url": profile if chance.random() < 0.6 else None,
            "tag_ids": [f"tag-{place}" for place in sorted(tags)],
            "may_email": chance.random() < 0.9,
            "notice_days": chance.choice((0, 14, 30, 60, 90)),
            "created_at": iso(applied),
            "updated_at": iso(applied),
        }
        self._kept["candidates"].append(person)
        self._document(person, "resume", applied)
        if chance.random() < 0.3:
            self._document(person, "cover_letter", applied)
        if chance.random() < 0.5:
            self._eeo(person, applied)
        return person

    def _document(self, person: Payload, kind: str, at: datetime) -> None:
        document_id = self._next("doc")
        name = f"{person['given_name']} {person['family_name']} {kind.replace('_', ' ')}.pdf"
        self._kept["documents"].append(
            {
                "id": document_id,
                "candidate_id": person["id"],
                "kind": kind,
                "name": name,
                "url": f"https://files.sandbox.example/{document_id}.pdf",
                "created_at": iso(at),
            }
        )

    def _eeo(self, person: Payload, at: datetime) -> None:
        self._kept["eeo"].append(
            {
                "id": self._next("eeo"),
                "candidate_id": person["id"],
                "race": self._chance.choice(_RACES),
                "gender": self._chance.choice(_GENDERS),
                "veteran": self._chance.choice(("no", "no", "no", "undisclosed")),
                "disability": self._chance.choice(("no", "no", "yes", "undisclosed")),
                "submitted_at": iso(at),
            }
        )

    def _apply(self, job: Payload, person: Payload, *, applied: datetime, furthest: int, until: datetime) -> None:
        """An application that comes as far as `furthest` and, unless it is the newest thing of all, ends there."""
        application: Payload = {
            "id": self._next("app"),
            "candidate_id": person["id"],
            "job_id": job["id"],
            "state": "active",
            "stage": 0,
            "stage_id": f"{job['id']}-s0",
            "source": self._chance.choice(words.SOURCES),
            "owner_id": job["recruiter_id"],
            "reject_reason_id": None,
            "applied_at": iso(applied),
            "closed_at": None,
            "updated_at": iso(applied),
        }
        self._kept["applications"].append(application)
        step = (until - applied) / (furthest + 2)
        for stage in range(1, furthest + 1):
            settled = stage < furthest or furthest == HIRED
            self._enter(application, stage, at=applied + step * stage, room=step if settled else None)
        ends = applied + step * (furthest + 1)
        if self._chance.random() < 0.6:
            self._note(application, at=ends)
        over = job["state"] != "open" or self._chance.random() < 0.6
        if furthest < HIRED and over and ends < until and applied < until - timedelta(days=2):
            self._turn_down(application, at=ends)

    def _enter(self, application: Payload, stage: int, *, at: datetime, room: timedelta | None = None) -> None:
        """A stage begins. `room` is the time that it took; None when it is not over."""
        application |= {"stage": stage, "stage_id": f"{application['job_id']}-s{stage}", "updated_at": iso(at)}
        if _INTERVIEWED_FROM <= stage < OFFER:
            self._interview(application, at=at, room=room)
        elif stage == OFFER:
            self._offer(application, at=at, room=room)
        elif stage == HIRED:
            application |= {"state": "hired", "closed_at": iso(at)}

    def _turn_down(self, application: Payload, *, at: datetime) -> None:
        place = self._chance.randint(1, len(words.REJECT_REASONS))
        application |= {
            "state": "withdrawn" if words.REJECT_REASONS[place - 1] == "Withdrew" else "rejected",
            "reject_reason_id": f"rr-{place}",
            "closed_at": iso(at),
            "updated_at": iso(at),
        }

    def _note(self, application: Payload, *, at: datetime) -> None:
        mail = self._chance.random() < 0.3
        self._kept["notes"].append(
            {
                "id": self._next("note"),
                "candidate_id": application["candidate_id"],
                "author_id": application["owner_id"],
                "type": "email" if mail else "note",
                "subject": self._chance.choice(words.SUBJECTS),
                "text": self._chance.choice(words.NOTES),
                "private": not mail and self._chance.random() < 0.2,
                "created_at": iso(at),
            }
        )

    def _interview(self, application: Payload, *, at: datetime, room: timedelta | None) -> None:
        chance, job = self._chance, self._jobs[application["job_id"]]
        starts = at + (timedelta(days=chance.randint(1, 4)) if room is None else room * 0.3)
        starts = starts.replace(minute=starts.minute // 15 * 15, second=0, microsecond=0)
        panel = [job["hiring_manager_id"], f"u-{chance.randint(266, 2_000)}"]
        interview = {
            "id": self._next("int"),
            "application_id": application["id"],
            "stage_id": application["stage_id"],
            "organizer_id": job["recruiter_id"],
            "panel_ids": panel,
            "place": chance.choice(("Video call", "Office", "Phone")),
            "starts_at": iso(starts),
            "ends_at": iso(starts + timedelta(minutes=45)),
            "state": "planned" if room is None else "done",
            "created_at": iso(at),
        }
        self._kept["interviews"].append(interview)
        for member in panel if room is not None else ():
            told = at + (room or timedelta()) * chance.uniform(0.5, 0.9)
            self._kept["feedback"].append(
                {
                    "id": self._next("fb"),
                    "application_id": application["id"],
                    "interview_id": interview["id"],
                    "author_id": member,
                    "opinion": chance.choice(_OPINIONS),
                    "submitted_at": iso(told),
                    "created_at": iso(told),
                }
            )

    def _offer(self, application: Payload, *, at: datetime, room: timedelta | None) -> None:
        self._kept["offers"].append(
            {
                "id": self._next("offer"),
                "application_id": application["id"],
                "author_id": application["owner_id"],
                "state": self._chance.choice(("sent", "opened")) if room is None else "signed",
                "sent_at": iso(at),
                "closed_at": None if room is None else iso(at + room * 0.8),
                "starts_on": (at + timedelta(days=self._chance.choice((30, 60, 90)))).date().isoformat(),
                "created_at": iso(at),
            }
        )

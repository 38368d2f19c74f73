"""What candidates think of an agency's recruiters, told in sums of several people only.

A recruiter knows who has just confirmed. If a mean moved with each rating, it would tell what that person gave; so it
is made of full groups, in the order of the confirmations, and moves with the last one of a group.
"""

from dataclasses import dataclass
from decimal import Decimal

GROUP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The mean of `people` ratings from 1 to 5, with two decimals."""

    mean: Decimal
    people: int

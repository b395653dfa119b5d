"""Who is looking: found from the session's cookie at each event, never sent by the browser."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from models import StaffRank


class Scope(StrEnum):
    """Whose rows a viewer reads: all, those of the utilities that they work for, or their own."""

    SYSTEM = "system"
    STAFF = "staff"
    SUBSCRIBER = "subscriber"


@dataclass(frozen=True, slots=True)
class Viewer:
    """What the rest of the portal may know of who asks. Nobody has no account; the portal itself is `system`."""

    account_id: int | None = None
    session_id: int | None = None
    email: str = ""
    name: str = ""
    subscriber_ids: frozenset[int] = frozenset()
    payable_subscriber_ids: frozenset[int] = frozenset()
    subscribed_utility_ids: frozenset[int] = frozenset()
    ranks: dict[int, StaffRank] = field(default_factory=dict)
    is_system: bool = False

    @classmethod
    def nobody(cls) -> Self:
        return cls()

    @classmethod
    def system(cls) -> Self:
        """The portal's own work: jobs, imports, notifications. Never made from a request."""
        return cls(is_system=True)

    def as_subscriber(self) -> Self:
        """The same person without their role: on a subscriber's page, an agent sees their own invoices only."""
        return replace(self, ranks={}) if self.ranks else self

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def is_staff(self) -> bool:
        return bool(self.ranks)

    @property
    def staffed_utility_ids(self) -> frozenset[int]:
        return frozenset(self.ranks)

    @property
    def utility_ids(self) -> frozenset[int]:
        """Whose facts (notice, suspension, texts) this viewer is shown."""
        return self.staffed_utility_ids | self.subscribed_utility_ids

    @property
    def scope(self) -> Scope:
        if self.is_system:
            return Scope.SYSTEM
        return Scope.STAFF if self.is_staff else Scope.SUBSCRIBER

    @property
    def bounds(self) -> dict[str, list[int]]:
        """The values of a scope's conditions, by the names of their parameters."""
        return {
            "utility_ids": list(self.staffed_utility_ids),
            "subscriber_ids": list(self.subscriber_ids),
            "acting_ids": list(self.payable_subscriber_ids),
            "account_ids": [self.account_id] if self.account_id else [],
        }

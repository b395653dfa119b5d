"""How often one address may do something that costs: a window in this worker's memory, of bounded size."""

from collections import deque
from time import monotonic

MOST_ADDRESSES = 10_000


class Frequency:
    """At most so many times within so many seconds for one address."""

    def __init__(self, most: int, within_seconds: float) -> None:
        self._most = most
        self._within_seconds = within_seconds
        self._times: dict[str, deque[float]] = {}

    def allows(self, address: str) -> bool:
        """Count one more time, unless it would be one too many."""
        now = monotonic()
        times = self._times_of(address)
        while times and now - times[0] >= self._within_seconds:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True

    def _times_of(self, address: str) -> deque[float]:
        if address not in self._times and len(self._times) >= MOST_ADDRESSES:
            self._times.clear()
        return self._times.setdefault(address, deque())

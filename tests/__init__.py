"""Tests are sentences; the cast is Alice, a subscriber, Bruno, her neighbour, and Chloé, of the staff."""

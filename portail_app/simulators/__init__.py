"""Outside services that answer like the real ones: for demonstrations and tests, never in production."""

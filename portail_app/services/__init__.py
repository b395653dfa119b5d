"""The business rules: plain async functions `(session, viewer, subject, ...)` that never commit."""

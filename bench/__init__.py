"""What the portal costs, measured beside a reference of the same run: `make bench` writes RESULTS.md."""

"""What happens when luck is bad: real processes, a database and disks that fail."""

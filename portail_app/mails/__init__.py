"""What the portal writes to people: the words of each mail, and its form on the wire."""

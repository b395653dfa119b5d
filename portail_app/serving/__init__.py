"""From sources to a portal that answers on a port: front-end packages, build, listening, server."""

"""What the portal does: services, states, gateways, jobs, papers, HTTP routes and the operators' commands."""

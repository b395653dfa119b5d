"""The simulators, met as a stranger would."""

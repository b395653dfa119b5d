"""Leaks: found by one rule of law and three of telemetry, told to the subscriber, and followed until staff decide.

`rule` and `telemetry` are pure; `detection` runs them over many contracts and `warnings` tells of what they found;
`alerts` says who reads which; `certificates` and `decisions` are the file; `watches` what subscribers ask to be told.
"""

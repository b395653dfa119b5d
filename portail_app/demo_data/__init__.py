"""Invented but plausible files of a billing software, for the demonstration, the tests and the benchmarks.

Everything is drawn from a seed, so that the same command writes the same files; nobody in them exists.
"""

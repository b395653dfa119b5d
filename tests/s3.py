"""Buckets of the S3 server that the tests start."""

import httpx

ACCESS_KEY, SECRET_KEY = "portail", "secret"


def create_bucket(address: str, name: str) -> str:
    name = name.replace("_", "-").lower()[:60].strip("-")
    assert httpx.put(f"{address}/{name}").status_code == 200
    return name

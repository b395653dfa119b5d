"""The WSDL, complete in one document, with the address it was asked at."""

from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from starlette.requests import Request

_CONTRACT = Template((Path(__file__).parent / "contract.wsdl").read_text(encoding="utf-8"))


def is_contract_asked(request: Request) -> bool:
    return any(key.lower() == "wsdl" for key in request.query_params)


def contract_at(request: Request) -> str:
    address = str(request.url.replace(query="", fragment=""))
    return _CONTRACT.substitute(address=escape(address, {'"': "&quot;"}))

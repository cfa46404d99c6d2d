"""Addresses as the network takes them (RFC 3986, Punycode), and as people read them."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

SIGNS = ";/?:@&=+$,-_.!~*'()#"
PLAIN = re.compile(rf"(?:[A-Za-z0-9{re.escape(SIGNS)}]|%[0-9A-Fa-f]{{2}})*")
"""An address that is as the network takes it already."""
HOST = re.compile(r"((?:https?:)?//(?:[^/?#@]*@)?|mailto:[^@?]*@)([^/?#:]+)")
NO_CODE = re.compile("%(?![0-9A-Fa-f]{2})")
LETTERS = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""Letters beyond ASCII: a space or a slash that is written in per cent means something else than the sign itself."""


def encoded(address: str) -> str:
    """Return an address as the network takes it."""
    if PLAIN.fullmatch(address):
        return address
    return quote(NO_CODE.sub("%25", HOST.sub(_in_punycode, address)), safe=SIGNS + "%")


def readable(address: str) -> str:
    """Return an address in the letters that people read."""
    if "xn--" in address:
        address = HOST.sub(_in_letters, address)
    return LETTERS.sub(lambda code: unquote(code[0]), address) if "%" in address else address


def _in_punycode(found: re.Match[str]) -> str:
    try:
        return found[1] + found[2].encode("idna").decode("ascii")
    except UnicodeError:
        return found[0]


def _in_letters(found: re.Match[str]) -> str:
    try:
        return found[1] + found[2].encode("ascii").decode("idna")
    except UnicodeError:
        return found[0]

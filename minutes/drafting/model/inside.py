"""Is an address inside the house?

In: a URL. Out: nothing, or a refusal. Every address the name stands for must be a loopback or private one (RFC 1918,
RFC 4193): what was said in a meeting goes nowhere else, whatever a setting says.
"""

import ipaddress
import socket
from urllib.parse import urlsplit


class OutsideTheHouse(ValueError):
    """The address of the model is not inside the house, or cannot be looked up."""


def require_inside(url: str) -> None:
    """Raises OutsideTheHouse."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise OutsideTheHouse(f"not a plain http(s) address: {parts.scheme}://{parts.hostname}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for address in _addresses(parts.hostname, port):
        if not (address.is_loopback or (address.is_private and not address.is_link_local)):
            raise OutsideTheHouse(f"{parts.hostname} is outside the house")


def _addresses(host: str, port: int) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise OutsideTheHouse(f"{host} cannot be looked up") from error
    return [ipaddress.ip_address(row[4][0]) for row in found]

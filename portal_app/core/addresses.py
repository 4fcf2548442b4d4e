"""Which addresses of a network are open to everybody, and which lead back inside."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What the standard library calls global, and yet leads to an IPv4 address hidden inside, or to
# whoever stands nearest: translated, tunnelled and relayed addresses.
_DISGUISED = tuple(
    ip_network(each)
    for each in (
        "64:ff9b::/96",  # NAT64 (RFC 6052)
        "64:ff9b:1::/48",  # NAT64 of a network of its own (RFC 8215)
        "2002::/16",  # 6to4 (RFC 3056)
        "2001::/32",  # Teredo (RFC 4380)
        "::/96",  # IPv4-compatible (RFC 4291, deprecated)
        "::ffff:0:0/96",  # IPv4-mapped (RFC 4291)
        "::ffff:0:0:0/96",  # IPv4-translated (RFC 2765)
        "fec0::/10",  # site-local (RFC 3879, deprecated)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526, deprecated)
        "192.0.0.0/24",  # protocol assignments (RFC 6890); older Pythons call most of it global
        "3fff::/20",  # documentation (RFC 9637)
        "5f00::/16",  # segments of a network of its own (RFC 9602)
    )
)


def is_public(address: str) -> bool:
    """Say whether an IP address is one that anybody on the internet could be meant by.

    Loopback, private, link-local and reserved addresses are not, in whatever way they are written.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return found.is_global and not found.is_multicast and not _is_disguised(found)


def is_loopback(address: str) -> bool:
    """Say whether an IP address is this machine itself."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_disguised(address: IPv4Address | IPv6Address) -> bool:
    is_scoped = isinstance(address, IPv6Address) and address.scope_id is not None
    return is_scoped or any(
        address.version == network.version and address in network for network in _DISGUISED
    )

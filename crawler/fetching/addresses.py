"""Which IP addresses are the internet's, which are somebody's own, and which nobody asks for a page.

The two IANA registries of special-purpose addresses, kept here since every version of Python has another copy of them
(one before 3.11.10 calls 192.0.0.192 public), and what is beside them: clouds, multicast, IPv4 inside IPv6.
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import NamedTuple


class Standing(Enum):
    PUBLIC = "public"
    """Globally reachable."""
    PRIVATE = "private"
    """Not globally reachable: asked where a person names the host and allows it."""
    NEVER = "never"
    """Not asked, whoever names it: no newsroom is there, but what keeps a machine's keys may be, or another address."""


PUBLIC, PRIVATE, NEVER = Standing


class Block(NamedTuple):
    """One row: a network, what it is, and its name and source, as its registry has them."""

    network: IPv4Network | IPv6Network
    standing: Standing
    name: str
    source: str


METADATA = "cloud metadata"

ROWS = (
    # IANA IPv4 Special-Purpose Address Registry (RFC 6890). PUBLIC where "globally reachable" is true; not where it
    # is false or does not apply.
    ("0.0.0.0/0", PUBLIC, "Unicast", "RFC 791"),
    ("0.0.0.0/8", PRIVATE, "This network", "RFC 791"),
    ("0.0.0.0/32", PRIVATE, "This host on this network", "RFC 1122"),
    ("10.0.0.0/8", PRIVATE, "Private-Use", "RFC 1918"),
    ("100.64.0.0/10", PRIVATE, "Shared Address Space", "RFC 6598"),
    ("127.0.0.0/8", PRIVATE, "Loopback", "RFC 1122"),
    ("169.254.0.0/16", NEVER, "Link Local", "RFC 3927"),
    ("172.16.0.0/12", PRIVATE, "Private-Use", "RFC 1918"),
    ("192.0.0.0/24", PRIVATE, "IETF Protocol Assignments", "RFC 6890"),
    ("192.0.0.0/29", PRIVATE, "IPv4 Service Continuity Prefix", "RFC 7335"),
    ("192.0.0.8/32", PRIVATE, "IPv4 dummy address", "RFC 7600"),
    ("192.0.0.9/32", PUBLIC, "Port Control Protocol Anycast", "RFC 7723"),
    ("192.0.0.10/32", PUBLIC, "Traversal Using Relays around NAT Anycast", "RFC 8155"),
    ("192.0.0.170/32", PRIVATE, "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050"),
    ("192.0.0.171/32", PRIVATE, "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050"),
    ("192.0.2.0/24", PRIVATE, "Documentation (TEST-NET-1)", "RFC 5737"),
    ("192.31.196.0/24", PUBLIC, "AS112-v4", "RFC 7535"),
    ("192.52.193.0/24", PUBLIC, "AMT", "RFC 7450"),
    ("192.88.99.0/24", PRIVATE, "Deprecated (6to4 Relay Anycast)", "RFC 7526"),
    ("192.168.0.0/16", PRIVATE, "Private-Use", "RFC 1918"),
    ("192.175.48.0/24", PUBLIC, "Direct Delegation AS112 Service", "RFC 7534"),
    ("198.18.0.0/15", PRIVATE, "Benchmarking", "RFC 2544"),
    ("198.51.100.0/24", PRIVATE, "Documentation (TEST-NET-2)", "RFC 5737"),
    ("203.0.113.0/24", PRIVATE, "Documentation (TEST-NET-3)", "RFC 5737"),
    ("240.0.0.0/4", PRIVATE, "Reserved", "RFC 1112"),
    ("255.255.255.255/32", PRIVATE, "Limited Broadcast", "RFC 8190, RFC 919"),
    # IANA IPv6 Special-Purpose Address Registry. Forms that carry an IPv4 address are never asked, whatever they carry
    # (the registry has 64:ff9b::/96 globally reachable): they lead around every rule for what is inside.
    ("::1/128", PRIVATE, "Loopback Address", "RFC 4291"),
    ("::/128", PRIVATE, "Unspecified Address", "RFC 4291"),
    ("::ffff:0:0/96", NEVER, "IPv4-mapped Address", "RFC 4291"),
    ("64:ff9b::/96", NEVER, "IPv4-IPv6 Translat.", "RFC 6052"),
    ("64:ff9b:1::/48", NEVER, "IPv4-IPv6 Translat.", "RFC 8215"),
    ("100::/64", PRIVATE, "Discard-Only Address Block", "RFC 6666"),
    ("100:0:0:1::/64", PRIVATE, "Dummy IPv6 Prefix", "RFC 9780"),
    ("2001::/23", PRIVATE, "IETF Protocol Assignments", "RFC 2928"),
    ("2001::/32", NEVER, "TEREDO", "RFC 4380, RFC 8190"),
    ("2001:1::1/128", PUBLIC, "Port Control Protocol Anycast", "RFC 7723"),
    ("2001:1::2/128", PUBLIC, "Traversal Using Relays around NAT Anycast", "RFC 8155"),
    ("2001:1::3/128", PUBLIC, "DNS-SD Service Registration Protocol Anycast", "RFC 9665"),
    ("2001:2::/48", PRIVATE, "Benchmarking", "RFC 5180"),
    ("2001:3::/32", PUBLIC, "AMT", "RFC 7450"),
    ("2001:4:112::/48", PUBLIC, "AS112-v6", "RFC 7535"),
    ("2001:10::/28", PRIVATE, "Deprecated (previously ORCHID)", "RFC 4843"),
    ("2001:20::/28", PUBLIC, "ORCHIDv2", "RFC 7343"),
    ("2001:30::/28", PUBLIC, "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374"),
    ("2001:db8::/32", PRIVATE, "Documentation", "RFC 3849"),
    ("2002::/16", NEVER, "6to4", "RFC 3056"),
    ("2620:4f:8000::/48", PUBLIC, "Direct Delegation AS112 Service", "RFC 7534"),
    ("3fff::/20", PRIVATE, "Documentation", "RFC 9637"),
    ("5f00::/16", PRIVATE, "Segment Routing (SRv6) SIDs", "RFC 9602"),
    ("fc00::/7", PRIVATE, "Unique-Local", "RFC 4193, RFC 8190"),
    ("fe80::/10", NEVER, "Link-Local Unicast", "RFC 4291"),
    # IANA Internet Protocol Version 6 Address Space, and IPv4 Multicast Address Space: all that is neither above nor
    # global unicast.
    ("::/0", PRIVATE, "Reserved by IETF", "RFC 4291"),
    ("2000::/3", PUBLIC, "Global Unicast", "RFC 4291"),
    ("::/96", NEVER, "IPv4-compatible Address", "RFC 4291"),
    ("::ffff:0:0:0/96", NEVER, "IPv4-translated Address", "RFC 2765"),
    ("fec0::/10", PRIVATE, "Site-Local Unicast", "RFC 3879"),
    ("224.0.0.0/4", NEVER, "Multicast", "RFC 5771"),
    ("ff00::/8", NEVER, "Multicast", "RFC 4291"),
    # What clouds tell their machines, keys among it; more of it is link-local: ECS at 169.254.170.2, Tencent at
    # 169.254.0.23, Scaleway at 169.254.42.42, OpenStack at fe80::a9fe:a9fe.
    ("169.254.169.254/32", NEVER, METADATA, "Amazon EC2, Google, Azure, OpenStack and many more"),
    ("100.100.100.200/32", NEVER, METADATA, "Alibaba Cloud ECS User Guide, Instance metadata"),
    ("168.63.129.16/32", NEVER, METADATA, "Microsoft Azure, What is IP address 168.63.129.16?"),
    ("192.0.0.192/32", NEVER, METADATA, "Oracle Cloud Infrastructure Classic, Retrieving Instance Metadata"),
    ("fd00:ec2::/32", NEVER, METADATA, "Amazon EC2 User Guide, Access instance metadata (fd00:ec2::254)"),
    ("fd20:ce::254/128", NEVER, METADATA, "Google Compute Engine, About VM metadata"),
    ("fd00:42::42/128", NEVER, METADATA, "Scaleway Instances, user data and metadata"),
)

BLOCKS = tuple(Block(ip_network(network), standing, name, source) for network, standing, name, source in ROWS)

METADATA_HOSTS = frozenset(("metadata.google.internal", "metadata.goog"))
"""Names that mean a cloud's metadata, to whatever they resolve (Google Compute Engine, About VM metadata)."""


def block(address: str) -> Block:
    """The smallest block that an IP address lies in."""
    ip = ip_address(address.partition("%")[0])
    return max((one for one in BLOCKS if ip in one.network), key=lambda one: one.network.prefixlen)


def is_public(address: str) -> bool:
    """Whether an IP address may be connected to, whoever points there."""
    return block(address).standing is PUBLIC

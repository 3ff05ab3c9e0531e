"""The table of special-purpose addresses, held against Python's own."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetching.addresses import BLOCKS, METADATA, Standing, block, is_public

Address = IPv4Address | IPv6Address

DIFFERENT = {
    # Python has the registries of its day.
    "192.0.0.0/24": "in older ones public but for its first eight addresses, 170 and 171",
    "2001::/23": "in older ones not public, the blocks in it that are reachable neither; 2001:1::3 at no time",
    "2002::/16": "in older ones public",
    "3fff::/20": "public where Python does not know it yet",
    # It does not know what a cloud has of its own.
    "168.63.129.16/32": "public",
    # "Globally reachable" does not apply to it, by the registry.
    "192.88.99.0/24": "public",
}
"""Where a Python of some version answers otherwise, and how."""


def pythons(ip: Address) -> bool:
    """What `ipaddress` makes of it. Its reserved, multicast and site-local addresses it calls global, or has."""
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False))


def differs(ip: Address) -> bool:
    return any(ip in ip_network(network) for network in DIFFERENT)


def edges() -> list[Address]:
    """The first and last address of every block, and those right outside it."""
    found: set[Address] = set()
    for one in BLOCKS:
        first, last = one.network.network_address, one.network.broadcast_address
        found |= {first, last}
        found |= {first - 1} if int(first) else set()
        found |= {last + 1} if int(last) < 2**last.max_prefixlen - 1 else set()
    return sorted(found, key=lambda ip: (ip.version, int(ip)))


@pytest.mark.parametrize("ip", [ip for ip in edges() if not differs(ip)], ids=str)
def test_the_edges_of_each_block_are_as_python_has_them(ip: Address) -> None:
    assert is_public(str(ip)) == pythons(ip)


@given(st.ip_addresses())
def test_any_address_is_as_python_has_it(ip: Address) -> None:
    assert differs(ip) or is_public(str(ip)) == pythons(ip)


@pytest.mark.fault(65)
def test_what_python_has_otherwise_is_the_registries() -> None:
    """The rows of the table that `DIFFERENT` covers, each address with what the registry says."""
    public = ("192.0.0.9", "192.0.0.10", "2001:1::1", "2001:1::2", "2001:1::3", "2001:3::1", "2001:4:112::1",
              "2001:20::1", "2001:30::1")  # fmt: skip
    private = ("192.0.0.1", "192.0.0.8", "192.0.0.11", "192.0.0.170", "192.0.0.192", "192.0.0.255", "192.88.99.1",
               "64:ff9b:1::1", "2001:1::", "2001:1::4", "2001:2::1", "2001:4:113::1", "2001:10::1", "2001:40::1",
               "2001:db8::1", "2001:1ff::1", "2002::1", "3fff::1", "64:ff9b::808:808", "168.63.129.16")  # fmt: skip
    assert [address for address in public if not is_public(address)] == []
    assert [address for address in private if is_public(address)] == []


def test_each_network_stands_once_and_has_a_source() -> None:
    assert len({one.network for one in BLOCKS}) == len(BLOCKS)
    assert all(one.name and one.source for one in BLOCKS)


@pytest.mark.fault(15)
@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "169.254.170.2", "169.254.0.23", "fe80::a9fe:a9fe", "fe80::1%eth0", "100.100.100.200",
     "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fd00:42::42"],
)  # fmt: skip
def test_what_clouds_keep_for_their_machines_is_never_asked(address: str) -> None:
    found = block(address)
    assert found.standing is Standing.NEVER
    assert found.name in (METADATA, "Link Local", "Link-Local Unicast")


@pytest.mark.fault(15, 65)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_ipv6_is_never_asked(ip: IPv4Address) -> None:
    low, high = int(ip), f"{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}"
    forms = [f"::ffff:{ip}", f"64:ff9b::{ip}", f"64:ff9b:1::{ip}", f"::ffff:0:{ip}", f"2002:{high}::1", f"2001::{high}"]
    forms += [f"::{ip}"] if low > 1 else []  # ::1 and :: are IPv6's own
    assert {block(form).standing for form in forms} == {Standing.NEVER}


@pytest.mark.fault(65)
def test_what_a_house_has_of_its_own_is_private_and_no_more() -> None:
    for address in ("10.1.2.3", "192.168.1.1", "172.31.0.1", "127.0.0.1", "0.0.0.0", "100.64.0.1", "::1", "fd12::1"):
        assert block(address).standing is Standing.PRIVATE


def test_the_blocks_of_unicast_are_whole() -> None:
    """Every address lies in some block, and outside 2000::/3 nothing of IPv6 is public."""
    assert {str(one.network) for one in BLOCKS} >= {"0.0.0.0/0", "::/0"}
    unicast = ip_network("2000::/3")
    v6 = [one for one in BLOCKS if isinstance(one.network, IPv6Network) and one.standing is Standing.PUBLIC]
    assert all(one.network.subnet_of(unicast) for one in v6)
    assert ip_address("2400:cb00::1") in unicast and is_public("2400:cb00::1")

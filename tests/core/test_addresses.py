from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core.addresses import is_loopback, is_public

INSIDE = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "192.0.0.8", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8",
    "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:7f00:1::1", "2001:db8::1", "3fff::1", "5f00::1",
    "::ffff:0:127.0.0.1",
    "", "localhost", "2130706433", "0x7f.1", "example.com",
)  # fmt: skip


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize("address", INSIDE)
def test_address_that_leads_inside_or_is_none_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"])
def test_address_of_the_open_internet_is_public(address):
    assert is_public(address)


@pytest.mark.asvs("1.3.6")
@given(st.integers(0, 2**32 - 1))
def test_no_way_of_wrapping_an_ipv4_address_makes_it_public(number):
    for prefix in (0, 0xFFFF << 32, 0x64FF9B << 96, 0xFFFF << 48):
        assert not is_public(str(IPv6Address(prefix | number)))
    assert not is_public(str(IPv6Address((0x2002 << 112) | (number << 80))))
    four = IPv4Address(number)
    assert not (is_public(str(four)) and (four.is_private or four.is_loopback))


def test_loopback_is_this_machine():
    assert [is_loopback(each) for each in ("127.0.0.1", "::1", "10.0.0.1", "x")] == [
        True,
        True,
        False,
        False,
    ]

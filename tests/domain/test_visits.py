"""What is kept of a visitor's headers."""

import pytest

from rolecall.domain.visits import Device, device_of, referrer_host

CHROME = "(KHTML, like Gecko) Chrome/146.0.0.0"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {CHROME} Safari/537.36", Device.DESKTOP),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:149.0) Gecko/20100101 Firefox/149.0", Device.DESKTOP),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36", Device.DESKTOP),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15", Device.DESKTOP),
        ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Tablet PC 2.0)", Device.DESKTOP),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", Device.PHONE),
        (f"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36", Device.PHONE),
        ("Mozilla/5.0 (Android 16; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0", Device.PHONE),
        ("Mozilla/5.0 (Android 16; Tablet; rv:149.0) Gecko/149.0 Firefox/149.0", Device.TABLET),
        (f"Mozilla/5.0 (Linux; Android 12; SM-T870) AppleWebKit/537.36 {CHROME} Safari/537.36", Device.TABLET),
        ("Mozilla/5.0 (iPad; CPU OS 16_3 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", Device.TABLET),
        ("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 Safari/537.36", Device.UNKNOWN),
        ("something else", Device.UNKNOWN),
    ],
)
def test_a_user_agent_tells_a_class_of_device(agent: str, device: Device):
    assert device_of(agent) == device


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://www.LinkedIn.com/jobs/view/1?who=me", "www.linkedin.com"),
        ("http://intranet:8080/", "intranet"),
        ("android-app://com.linkedin.android/", "com.linkedin.android"),
        ("https://user:secret@board.example/", "board.example"),
        ("", None),
        ("about:blank", None),
        ("ftp://files.example/", None),
        ("https://[::1/", None),
        ("https://-/", None),
        ("https://a b/", None),
        ("https://a\x00b/", None),
        (f"https://{'a' * 300}/", None),
        ("/jobs", None),
    ],
)
def test_a_referrer_tells_a_host_and_no_more(referrer: str, host: str | None):
    assert referrer_host(referrer) == host

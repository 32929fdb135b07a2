"""What an address says of itself, without the internet: which are not the lasting ones of their publishers.

Belongs here: the closed list of such addresses with its reasons, and which two addresses are one page.
Does not belong here: whether a link answers. Mobile editions (`m.`) are not listed: publishers give them to the public.
"""

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

PUBLIC, OWN = "give the public address that lasts", "give the page's own address"
# How it is called in counts, what is said of the source, and what to do about it.
ODDITIES: Mapping[str, tuple[str, str, str]] = {
    "local": ("local host", "is known on one machine or network alone", PUBLIC),
    "number": ("number for a host", "has a number for a host, which says nothing of who publishes", PUBLIC),
    "login": ("user name", "carries a user name before its host", "take it out"),
    "port": ("port", "names a port", "take the port out"),
    "dot": ("dot after the host", "has a host that ends in a dot", "take the dot out"),
    "archive": ("archive's copy", "is an archive's copy", "move it to archive_url and give the page's own address"),
    "cache": ("cache or translation", "is a copy that a cache or translator made for one reader", OWN),
    "short": ("short address", "is a short one that hides where it leads", OWN),
    "staging": ("workshop or old version", "is at a workshop or an old version of the publisher's", PUBLIC),
    "network": ("delivery network", "is at a machine of a delivery network", PUBLIC),
    "amp": ("copy for phones (AMP)", "is a reduced copy for phones (AMP)", "give the full page's address"),
    "tracking": ("mark of a campaign", "carries the mark of a campaign or of one reader", "take the mark out"),
}

# Hosts, and all below them.
HOSTS: Mapping[str, tuple[str, ...]] = {
    "local": ("localhost", "local", "internal", "lan", "test", "invalid"),
    "archive": (
        *("web.archive.org", "archive.ph", "archive.today", "archive.is", "archive.li", "archive.md", "archive.vn"),
        *("archive.fo", "ghostarchive.org", "perma.cc", "webcitation.org"),
    ),
    "cache": (
        *("webcache.googleusercontent.com", "translate.goog", "translate.google.com", "cc.bingj.com", "12ft.io"),
        *("translatetheweb.com", "translate.yandex.com"),
    ),
    "short": ("bit.ly", "buff.ly", "dlvr.it", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "t.co", "tinyurl.com"),
    "network": (
        *("akamaized.net", "amazonaws.com", "arc-cdn.net", "arcpublishing.com", "azureedge.net", "azurewebsites.net"),
        *("cloudfront.net", "cms.socastsrm.com", "fastly.net", "herokuapp.com", "netlify.app", "newsmemory.com"),
        *("pages.dev", "pangea-cms.com", "vercel.app", "worldcdn.net"),
    ),
    "amp": ("cdn.ampproject.org",),
}
# Parts of a name of host, left of its last two labels, which are the publisher's own.
WORKSHOP = re.compile(
    r"(admin|backend|beta|cms|demo|dev|editorial|mail|old|origin|pre|preprod|preview|prod|qa|sandbox|siteadmin|stage"
    r"|staging|stg|test|testing|uat|v(?=\d))\d*"
)
ARCHIVE_LABEL = "webarchive"  # as many libraries and bodies name the host of their own
AMP_PATH = re.compile(r"(^|/)amp(/|$)")
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id")


def oddities(url: str) -> list[str]:
    """The codes of ODDITIES that are true of an address, in their order."""
    parts = urlsplit(url)
    found = set(_of_host(host_of(url))) | set(_of_rest(parts))
    return [code for code in ODDITIES if code in found]


def host_of(url: str) -> str:
    """The host of an address, in lower case and without `www.` and a dot at its end: whom a request goes to."""
    return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")


def same_pages(urls: Mapping[str, str]) -> dict[str, str]:
    """For every key whose address is another spelling of an earlier key's, that earlier key."""
    keys = defaultdict(list)
    for key, url in urls.items():
        keys[_page(url)].append(key)
    return {later: first for first, *rest in keys.values() for later in rest}


def _of_host(host: str) -> Iterator[str]:
    labels = host.split(".")
    yield from (code for code, hosts in HOSTS.items() if any(f".{host}".endswith(f".{known}") for known in hosts))
    if is_number(host):
        yield "number"
    elif len(labels) == 1:
        yield "local"
    if ARCHIVE_LABEL in labels:
        yield "archive"
    if any(WORKSHOP.fullmatch(part) for label in labels[:-2] for part in label.split("-")):
        yield "staging"
    if "amp" in labels[:-2]:
        yield "amp"


def _of_rest(parts: SplitResult) -> Iterator[str]:
    if "@" in parts.netloc:
        yield "login"
    if re.search(r":\d*$", parts.netloc):
        yield "port"
    if (parts.hostname or "").endswith("."):
        yield "dot"
    if AMP_PATH.search(parts.path) or "amp" in dict(_query(parts)) or "outputType=amp" in parts.query:
        yield "amp"
    if any(TRACKING.fullmatch(name) for name, _ in _query(parts)):
        yield "tracking"


def is_number(host: str) -> bool:
    """Whether a host is an IP address, in any spelling that systems take: `1.2.3.4`, `16909060`, `0x1020304`."""
    try:
        return bool(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return re.fullmatch(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}", host) is not None


def _query(parts: SplitResult) -> Iterable[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True)


def _page(url: str) -> tuple[str, str, str]:
    """What is left of an address without that by which spellings of one page differ."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in _query(parts) if name != "amp" and not TRACKING.fullmatch(name)]
    return host_of(url), AMP_PATH.sub("/", parts.path).strip("/"), urlencode(kept)

"""What an address answers is fetched whole, as its site allows it, or refused in words; nothing is left by halves."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator

import pytest
import trustme

from graph.errors import DocumentError
from loaders.origins.fetch import Fetcher, Page
from tests.harness.web_site import HTML, Reply, Site, moved, running_site

PAGE = Reply(b"<!doctype html><h1>Sergeant</h1>")
SAVE = "open it in a browser, save the page and give the file"
LOGIN = f"it may want a login, or no programs: {SAVE}"
LATER, CHECK = "try again later", "check the address"
LATE = "give more --page-seconds, or try again later"


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site() -> Iterator[Site]:
    """Run a site with one page."""
    with running_site({"/page": PAGE}) as running:
        yield running


def _refused(fetcher: Fetcher, address: str) -> tuple[str, str, str]:
    with pytest.raises(DocumentError) as caught:
        fetcher.page(address)
    return caught.value.file, caught.value.found, caught.value.advice


def test_a_page_is_its_bytes_and_what_its_server_says_of_them(site: Site) -> None:
    """The site's rules are asked for once, under a name of our own."""
    fetcher, address = Fetcher(), site.at("/page")

    found = [fetcher.page(address), fetcher.page(f"{address}#duties")]

    assert [Page(address, PAGE.body, "text/html", "utf-8")] * 2 == found
    assert (["/robots.txt", "/page", "/page"], {"rankgraph"}) == (site.asked, site.agents)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, status: int) -> None:
    """Five at most, to a path or an address; the page keeps the address that was asked for."""
    path = {f"/{at}": moved(f"/{at + 1}" if at < 4 else site.at("/page"), status) for at in range(5)}
    site.replies |= path

    found = Fetcher().page(site.at("/0"))

    assert Page(site.at("/0"), PAGE.body, "text/html", "utf-8", reached=site.at("/page")) == found
    assert ["/robots.txt", *path, "/page"] == site.asked


FAULTS = {
    "404": (Reply(status=404), "the answer 404 (Not Found)", CHECK),
    "403": (Reply(status=403), "the answer 403 (Forbidden)", LOGIN),
    "429": (Reply(status=429), "the answer 429 (Too Many Requests)", LATER),
    "500": (Reply(status=500), "the answer 500 (Internal Server Error)", LATER),
    "a status of its own": (Reply(status=599), "the answer 599", LATER),
    "no content": (Reply(status=204), "the answer 204 (No Content)", CHECK),
    "slow": (Reply(endless=True), "no whole answer in 0.5 s", LATE),
    "slow before it begins": (Reply(dripping=True), "no whole answer in 0.5 s", LATE),
    "endless": (Reply(b"x" * 2_000, endless=True), "more than 1,000 bytes", "give the address of one document"),
    "large": (Reply(b"x" * 1_001), "more than 1,000 bytes", "give the address of one document"),
    "large, as it announces": (Reply(announced=1_001), "more than 1,000 bytes", "give the address of one document"),
    "broken off": (Reply(b"half", announced=8), "an answer that breaks off", LATER),
    "packed": (
        Reply(b"x", headers=HTML | {"Content-Encoding": "gzip"}),
        "an answer that is packed, which was not asked for",
        SAVE,
    ),
    "in a circle": (moved("/fault"), "more than 5 redirects", CHECK),
    "to a file": (moved("file:///etc/hosts"), "a redirect to what has file before ://", CHECK),
    "to a password": (
        moved("http://a:secret@127.0.0.1/"),
        "a redirect to what has a user name or password in the address",
        CHECK,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_gives_no_page_is_told_in_words(site: Site, name: str) -> None:
    """With the address, what was found, and what to do; in no more than the time allowed."""
    reply, found, advice = FAULTS[name]
    site.replies["/fault"] = reply
    began = time.monotonic()

    assert (site.at("/fault"), found, advice) == _refused(Fetcher(0.5, 1_000), site.at("/fault"))
    assert time.monotonic() - began < 2


def test_a_server_that_was_late_is_not_waited_for_again(site: Site) -> None:
    """The next page of its site is refused at once; another site is asked."""
    site.replies["/slow"] = Reply(dripping=True)
    fetcher = Fetcher(0.2)
    with running_site({"/page": PAGE}) as other:
        assert "no whole answer in 0.2 s" == _refused(fetcher, site.at("/slow"))[1]
        assert "a server that gave no answer to the page before" == _refused(fetcher, site.at("/page"))[1]
        assert PAGE.body == fetcher.page(other.at("/page")).raw


ROBOTS = {
    "refuses all": (b"User-agent: *\nDisallow: /", False),
    "refuses us": (b"User-agent: rankgraph\nDisallow: /page\n\nUser-agent: *\nDisallow:", False),
    "refuses others": (b"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /admin", True),
    "lets us alone": (b"User-agent: *\nDisallow: /\n\nUser-agent: rankgraph\nAllow: /", True),
    "is no such file": (b"\xff\xfe <html>", True),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_txt_decides(site: Site, name: str) -> None:
    """What a site asks programs not to read is not asked for."""
    rules, allowed = ROBOTS[name]
    site.replies["/robots.txt"] = Reply(rules, {"Content-Type": "text/plain"})
    if allowed:
        assert PAGE.body == Fetcher().page(site.at("/page")).raw
        return
    found = f"a page that {site.at('/robots.txt')} asks programs not to read"
    assert (site.at("/page"), found, SAVE) == _refused(Fetcher(), site.at("/page"))
    assert ["/robots.txt"] == site.asked


def test_a_robots_txt_that_fails_forbids_and_one_that_redirects_counts(site: Site) -> None:
    """RFC 9309: nothing may be read of a site whose rules cannot be had."""
    site.replies["/robots.txt"] = Reply(status=503)
    found = "that its robots.txt, which says what may be read, answers 503 (Service Unavailable)"
    assert (site.at("/page"), found, LATER) == _refused(Fetcher(), site.at("/page"))
    site.replies |= {"/robots.txt": moved("/rules"), "/rules": Reply(b"User-agent: *\nDisallow: /page")}
    assert SAVE == _refused(Fetcher(), site.at("/page"))[2]


def test_where_a_redirect_leads_its_own_rules_hold(site: Site) -> None:
    """A page is not read in a roundabout way."""
    rules = Reply(b"User-agent: *\nDisallow: /")
    with running_site({"/robots.txt": rules, "/page": PAGE}) as other:
        site.replies["/there"] = moved(other.at("/page"))
        found = f"a page that {other.at('/robots.txt')} asks programs not to read"
        assert (site.at("/there"), found, SAVE) == _refused(Fetcher(), site.at("/there"))
        assert ["/robots.txt"] == other.asked


def test_what_fails_on_the_way_is_told_in_words(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is none, a port where nobody listens, a server that speaks something else."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    found = (address, "a server that refuses the connection", "check the address, its port and the proxy")
    assert found == _refused(Fetcher(), address)
    tls = site.at("/page").replace("http:", "https:")
    found_tls = (tls, "no TLS that can be agreed on (WRONG_VERSION_NUMBER)", "check the address: http and https differ")
    actual = _refused(Fetcher(), tls)
    assert found_tls == (actual[0], actual[1].replace("RECORD_LAYER_FAILURE", "WRONG_VERSION_NUMBER"), actual[2])

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    nowhere = "https://nowhere.example/"
    assert (nowhere, "no server of that name", "check the address, the network and its proxy") == _refused(
        Fetcher(), nowhere
    )


@pytest.fixture
def secure_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """Run a site with a certificate of an authority of its own; return it with the file of that authority."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    file = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    with running_site({"/page": PAGE}, context) as running:
        yield running, str(file)


def test_a_certificate_has_to_be_trusted(secure_site: tuple[Site, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """By an authority of the machine, or of the file that SSL_CERT_FILE names."""
    site, authority = secure_site
    found = "a certificate that is not trusted (unable to get local issuer certificate)"
    advice = "check the address; where a proxy of your network signs, name its certificate in SSL_CERT_FILE"
    assert (site.at("/page"), found, advice) == _refused(Fetcher(), site.at("/page"))
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    assert PAGE.body == Fetcher().page(site.at("/page")).raw


def test_no_redirect_leads_from_https_to_http(
    secure_site: tuple[Site, str], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way round is allowed."""
    secure, authority = secure_site
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    secure.replies["/down"] = moved(site.at("/page"))
    site.replies["/up"] = moved(secure.at("/page"))
    assert (secure.at("/down"), "a redirect from https to http", CHECK) == _refused(Fetcher(), secure.at("/down"))
    assert [] == site.asked
    assert secure.at("/page") == Fetcher().page(site.at("/up")).reached


def test_the_proxy_of_the_environment_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given the whole address, for the rules as for the page; what no_proxy names goes by no proxy."""
    monkeypatch.setenv("http_proxy", site.at(""))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site.replies["http://force.example/page"] = PAGE

    assert PAGE.body == Fetcher().page("http://force.example/page").raw
    assert PAGE.body == Fetcher().page(site.at("/page")).raw
    assert ["http://force.example/robots.txt", "http://force.example/page", "/robots.txt", "/page"] == site.asked

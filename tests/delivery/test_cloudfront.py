"""The CloudFront function, run in a real JavaScript engine on every address of the site."""

import re
from fnmatch import fnmatchcase

import pytest

from tests.conftest import ROOT
from tests.site.conftest import built  # noqa: F401

CODE = (ROOT / "deploy/cloudfront-function.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def answers(browser):
    """What the function makes of requests for some addresses."""
    page = browser.new_page()
    script = f"uris => {{ {CODE}\nreturn uris.map(uri => handler({{request: {{uri, method: 'GET'}}}})) }}"
    yield lambda *uris: page.evaluate(script, list(uris))
    page.close()


def test_folders_lead_to_their_page(answers):
    assert [answer["uri"] for answer in answers("/", "/concepts/rag/")] == ["/index.html", "/concepts/rag/index.html"]


def test_every_file_of_the_site_is_asked_for_by_its_own_name(answers, built):  # noqa: F811
    files = [f"/{path.relative_to(built).as_posix()}" for path in sorted(built.rglob("*")) if path.is_file()]
    assert [answer["uri"] for answer in answers(*files)] == files


def test_a_folder_without_its_slash_is_redirected(answers):
    [answer] = answers("/concepts/rag")
    assert (answer["statusCode"], answer["headers"]) == (301, {"location": {"value": "/concepts/rag/"}})


@pytest.mark.parametrize("start", ["//", "///", "/\\", "/\\/", "\\\\"])
def test_no_address_leads_to_another_host(answers, start):
    [answer] = answers(f"{start}evil")
    assert answer["headers"]["location"]["value"] == "/evil/"


def test_the_page_keeps_the_same_files_for_good_as_nginx_does(built):  # noqa: F811
    page = (ROOT / "docs/deploy/s3-cloudfront.md").read_text(encoding="utf-8")
    [command] = [part for part in page.split("$ aws s3 ") if "immutable" in part]
    filters = re.findall(r"--(include|exclude) '([^']+)'", command)
    nginx = re.search(r'"~(\S+)" "[^"]*immutable', (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8"))
    for path in sorted(built.rglob("*")):
        name = path.relative_to(built).as_posix()
        kept = [kind for kind, pattern in filters if fnmatchcase(name, pattern)][-1] == "include"
        assert kept == bool(re.search(nginx[1], f"/{name}")), name


def test_the_function_is_as_small_as_cloudfront_takes_it():
    assert len(CODE.encode()) < 10_240

"""A real Chromium and a running server, for the tests of this folder."""

from tests.browsing import browser, page, server
from tests.pages import open_page

__all__ = ["browser", "open_page", "page", "server"]

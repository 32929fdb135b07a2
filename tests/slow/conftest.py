"""A real Chromium and a running server, for the tests of this folder."""

from tests.browsing import browser, page, server

__all__ = ["browser", "page", "server"]

"""Frames ready to draw or to show, one for each figure, and the sentences that go with them."""

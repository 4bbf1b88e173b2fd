"""What programs read here is the project of this repository, whatever it is, beside the small one."""

from __future__ import annotations

import pytest
from clients.published import Site


@pytest.fixture(scope="session", params=["here", "gardens"])
def published(request: pytest.FixtureRequest) -> Site:
    """Each project in turn."""
    found: Site = request.getfixturevalue(request.param)
    return found

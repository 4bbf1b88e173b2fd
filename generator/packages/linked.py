"""What all that we say in the words of schema.org has in common (https://schema.org): its context, the addresses, who publishes."""

from __future__ import annotations

from collections.abc import Callable

from generator.contracts.settings import Settings
from generator.packages.datasets import Agent
from generator.packages.table_schema import filled
from generator.text.links import relative

CONTEXT = "https://schema.org/"

Node = dict[str, object]
Address = Callable[[str], str]


def address_from(settings: Settings, here: str) -> Address:
    """What gives the address of a path of the site: whole when the site has one, else from the page `here`."""
    return lambda path: settings.absolute(path) or relative(here, path)


def agent(one: Agent) -> Node:
    """A person or an organisation that answers for something; nothing without a name."""
    told = filled({"@type": "Organization", "name": one.name, "url": one.url, "email": one.email})
    return told if one.name else {}

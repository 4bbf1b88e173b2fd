"""The harvester of data.gouv.fr on a catalogue, as it comes: `python harvest.py <address> <times>`, run by the Python of an
environment that has udata and mongomock. Nothing but the catalogue is asked of the network, and the database is in memory.

Prints, in JSON, a list of jobs (`status`, `errors`, `items`), one for each time, and the `datasets` that are there in the end.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import mongoengine
import mongomock
from udata import settings
from udata.app import create_app, standalone
from udata.flask_mongoengine import connection

# Those of data.gouv.fr, as its own interface gives them: /api/1/datasets/licenses/.
LICENCES = Path(__file__).with_name("licences.json")


def connect(_: object) -> object:
    """A database in memory instead of a server."""
    return mongoengine.connect(
        "udata", host="mongodb://localhost", mongo_client_class=mongomock.MongoClient, uuidRepresentation="standard"
    )


class Here(settings.Testing):
    """What its own tests set; and the catalogue may be on this machine."""

    HARVESTER_BACKENDS = ("dcat",)
    URLS_ALLOW_PRIVATE = True


def licences() -> None:
    """The licences that data.gouv.fr knows."""
    from udata.core.dataset.models import License

    for known in json.loads(LICENCES.read_text(encoding="utf-8")):
        License(**known).save()


def job_of(source: Any) -> dict[str, Any]:
    """One harvest: how it went, whole and item by item."""
    from udata.harvest import actions

    actions.run(source)
    job = source.get_last_job()
    items = [
        {"id": item.remote_id, "status": item.status, "errors": [error.message for error in item.errors]}
        for item in job.items
    ]
    return {"status": job.status, "errors": [error.message for error in job.errors], "items": items}


def told(dataset: Any) -> dict[str, Any]:
    """What it kept of a dataset."""
    coverage = dataset.temporal_coverage
    return {
        "id": dataset.harvest.remote_id,
        "title": dataset.title,
        "description": dataset.description,
        "licence": dataset.license.id if dataset.license else None,
        "tags": sorted(dataset.tags),
        "frequency": dataset.frequency.id if dataset.frequency else None,
        "temporal": [str(day) if day else None for day in (coverage.start, coverage.end)] if coverage else None,
        "spatial": bool(dataset.spatial and (dataset.spatial.geom or dataset.spatial.zones)),
        "url": dataset.harvest.remote_url,
        "created": str(dataset.harvest.issued_at or dataset.harvest.created_at or ""),
        "modified": str(dataset.harvest.modified_at or ""),
        "contacts": [
            {"name": point.name, "email": point.email, "role": point.role} for point in dataset.contact_points
        ],
        "resources": [
            {
                "title": resource.title,
                "url": resource.url,
                "format": resource.format,
                "mime": resource.mime,
                "size": resource.filesize,
                "schema": resource.schema.url if resource.schema else None,
            }
            for resource in dataset.resources
        ],
    }


def main(address: str, times: int) -> dict[str, Any]:
    """Harvest a catalogue so many times, one after the other."""
    connection._connect = connect
    app = create_app(settings.Defaults, override=Here)
    logging.disable(logging.CRITICAL)
    with app.app_context(), app.test_request_context():
        standalone(app)
        from udata.core.dataset.models import Dataset
        from udata.core.organization.models import Organization
        from udata.harvest.models import HarvestSource

        licences()
        owner = Organization(name="Essai", description="Qui moissonne").save()  # contact points belong to one
        source = HarvestSource(name="Essai", url=address, backend="dcat", organization=owner).save()
        jobs = [job_of(source) for _ in range(times)]
        return {"jobs": jobs, "datasets": [told(dataset) for dataset in Dataset.objects.order_by("title")]}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2])), ensure_ascii=True))

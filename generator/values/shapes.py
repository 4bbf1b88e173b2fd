"""Geographic shapes: what a JSON object must have to be one of GeoJSON (RFC 7946) or of TopoJSON."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from generator.text.interface import Sentence, sentence

# How deep the positions of each geometry are in its coordinates.
_DEPTHS = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
_RING, _LINE = 4, 2  # positions, at least
_COLLECTION = "GeometryCollection"


def wrong_geojson(value: dict[str, Any]) -> Sentence | None:
    """What is wrong with a shape; None when nothing is."""
    kind = value.get("type")
    if kind == "FeatureCollection":
        return _all(value, "features", _feature)
    return _feature(value) if kind == "Feature" else _geometry(value)


def _feature(value: object) -> Sentence | None:
    if not isinstance(value, dict) or value.get("type") != "Feature":
        return sentence("« features » ne contient que des objets du type « Feature »")
    if "geometry" not in value or not isinstance(value.get("properties", 0), dict | None):
        return sentence("un objet « Feature » a les clés « geometry » et « properties »")
    return None if value["geometry"] is None else _geometry(value["geometry"])


def _geometry(value: object) -> Sentence | None:
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(value, dict) and kind == _COLLECTION:
        return _all(value, "geometries", _geometry)
    if not isinstance(value, dict) or not isinstance(kind, str) or kind not in _DEPTHS:
        return sentence("sa clé « type » n’est pas un genre de GeoJSON (Point, LineString, Polygon, Feature…)")
    coordinates = value.get("coordinates")
    if not _nested(coordinates, _DEPTHS[kind]):
        return sentence("les coordonnées de « {type} » ne sont pas celles de ce genre", type=kind)
    if kind in ("LineString", "MultiLineString") and any(len(line) < _LINE for line in _lines(coordinates, kind)):
        return sentence("une ligne a deux positions au moins")
    if kind in ("Polygon", "MultiPolygon") and not all(map(_closed, _lines(coordinates, kind))):
        return sentence("le contour d’un polygone a quatre positions au moins, et finit où il commence")
    return None


def _all(value: dict[str, Any], key: str, check: Any) -> Sentence | None:
    parts = value.get(key)
    if not isinstance(parts, list):
        return sentence("sa clé « {key} » n’est pas une liste", key=key)
    return next(filter(None, map(check, parts)), None)


def _nested(value: object, depth: int) -> bool:
    """Whether a value is a position (two numbers or more), or lists of them, so many levels deep."""
    if not isinstance(value, list):
        return False
    if depth:
        return all(_nested(part, depth - 1) for part in value)
    return len(value) >= 2 and all(isinstance(part, Decimal) for part in value)


def _lines(coordinates: Any, kind: str) -> Iterable[list[Any]]:
    if kind == "LineString":
        return [coordinates]
    return [line for part in coordinates for line in part] if kind == "MultiPolygon" else coordinates


def _closed(ring: list[Any]) -> bool:
    return len(ring) >= _RING and ring[0] == ring[-1]


def wrong_topojson(value: dict[str, Any]) -> Sentence | None:
    """What is wrong with a topology; None when nothing is."""
    if value.get("type") != "Topology":
        return sentence("sa clé « type » n’est pas « Topology »")
    if not isinstance(value.get("objects"), dict) or not isinstance(value.get("arcs"), list):
        return sentence("une topologie a les clés « objects », un groupe, et « arcs », une liste")
    return None

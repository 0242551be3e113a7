"""Reads every layer with QGIS, without a screen, and compares: qgis_reads.py <address of /ogc> <folder for files>."""

import json
import sys
from pathlib import Path

from findings import Findings, features
from layers import CENTIMETRE, apart, box, content, layers
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt, QVariant

# How QGIS names the types of a schema, and from how many features it guesses them.
TYPES = {"string": "String", "date-time": "DateTime", "integer": "Integer", "boolean": "Boolean"}
GUESSED_FROM = 10


def opened(base, layer, options=""):
    """A layer as somebody adds it to a map, who has read nothing of it yet."""
    return QgsVectorLayer(f"url='{base}' typename='{layer.name}'{options}", layer.name, "OAPIF")


def read(theirs, request=None):
    """The features by their ids, written as our interface writes them."""
    found = {}
    for feature in theirs.getFeatures(request or QgsFeatureRequest()):
        properties = {name: plain(value) for name, value in feature.attributeMap().items()}
        geometry = json.loads(feature.geometry().asJson(7))
        found[properties.pop("id")] = {"properties": properties, "geometry": geometry}
    return found


def plain(value):
    """A value as JSON has it; QGIS keeps an instant as its digits, without saying that they are UTC."""
    if isinstance(value, QVariant):
        return None if value.isNull() else value.value()
    if isinstance(value, QDateTime):
        return value.toString(Qt.ISODateWithMs).rstrip("Z") + "Z"
    return value


def describes(findings, theirs, ours):
    findings.hold(f"{ours.name} is a valid layer {theirs.error().message()}".rstrip(), theirs.isValid())
    count = theirs.featureCount()
    others = {"the API": ours.matched({}), "the sum of its pages": len(ours.features)}
    findings.compare(f"{ours.name}, {features(count)}", count, others)

    expected = {"id": "String", **ours.types(TYPES, first=GUESSED_FROM)}
    fields = [(field.name(), field.typeName()) for field in theirs.fields()]
    named = {name: kind if expected.get(name, "") else None for name, kind in fields}
    findings.compare(f"{ours.name}, {len(fields)} fields with their types", named, {"the schema": expected})

    kind = QgsWkbTypes.displayString(theirs.wkbType())
    kinds = {feature["geometry"]["type"] for feature in ours.features.values()}
    findings.compare(f"{ours.name}, geometries of type {kind}", {kind}, {"the API": kinds})


def pages(findings, base, ours):
    expected = {name: content(feature) for name, feature in ours.features.items()}
    size = len(expected) // 7 + 1
    for how, options in ("pages of its own choice", ""), (f"pages of {size}", f" pageSize='{size}'"):
        found = read(opened(base, ours, options))
        theirs = {name: content(feature) for name, feature in found.items()}
        what = f"{ours.name}, {features(len(found))} with all that is said of them, from {how}"
        findings.compare(what, theirs, {"the API": expected})


def boxes(findings, base, ours, folder):
    west, south, east, north = bounds = box(ours.features)
    inside = QgsFeatureRequest().setFilterRect(QgsRectangle(west, south, east, north))
    # QGIS sorts out exactly only when it is told to; else an area counts by its own box.
    inside.setFlags(QgsFeatureRequest.ExactIntersect)
    theirs = len(read(opened(base, ours, " restrictToRequestBBOX='1'"), inside))
    alone = len(read(QgsVectorLayer(ours.save(folder), ours.name, "ogr"), inside))
    matched = ours.matched({"bbox": ",".join(map(repr, bounds))})
    others = {"the API": matched, "QGIS with a file instead of a server": alone}
    findings.compare(f"{ours.name}, {features(theirs)} in a box", theirs, others)


def metres(findings, theirs, ours):
    utm = QgsCoordinateReferenceSystem("EPSG:25832")
    transform = QgsCoordinateTransform(theirs.crs(), utm, QgsProject.instance())
    away = 0.0
    for feature in theirs.getFeatures():
        geometry = feature.geometry()
        geometry.transform(transform)
        away = max(away, apart(json.loads(geometry.asJson(4)), ours.features_25832[feature["id"]]["geometry"]))
    what = f"{ours.name} in EPSG:25832 (transformed by QGIS), {away * 1000:.1f} mm from those of the API at most"
    findings.hold(what, theirs.featureCount() > 0 and away < CENTIMETRE)


def filters(findings, base, ours, name):
    text = ours.most_common(name)
    request = QgsFeatureRequest().setFilterExpression(f"\"{name}\" = '{text}'")
    theirs = len(read(opened(base, ours), request))
    others = {"the API": ours.matched({name: text}), "counting": ours.holding({name: text})}
    findings.compare(f"{ours.name}, {features(theirs)} where {name} = '{text}'", theirs, others)


def all_of(findings, base, folder):
    known = layers(base)
    for ours in known:
        theirs = opened(base, ours)
        describes(findings, theirs, ours)
        if theirs.isValid():
            pages(findings, base, ours)
            boxes(findings, base, ours, folder)
            metres(findings, theirs, ours)
    requests, districts, *_ = known
    filters(findings, base, requests, "status")
    filters(findings, base, districts, "name")
    names = sorted(feature["properties"]["name"] for feature in read(opened(base, districts)).values())
    ours = sorted(feature["properties"]["name"] for feature in districts.features.values())
    findings.compare(f"districts, {', '.join(names)}", names, {"the API": ours})


def main(base, folder):
    program = QgsApplication([], False)
    program.initQgis()
    findings = Findings(f"QGIS {Qgis.QGIS_VERSION.partition('-')[0]}")
    # In a function of its own: every layer has to be gone before QGIS is.
    all_of(findings, base, folder)
    program.exitQgis()
    return findings.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))

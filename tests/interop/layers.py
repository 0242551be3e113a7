"""What our own interface says of its layers, for comparison with what other programs read from it."""

import json
import re
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode
from urllib.request import urlopen

EPSG_25832 = "http://www.opengis.net/def/crs/EPSG/0/25832"
CENTIMETRE = 0.01


class Layer:
    """A collection, read whole through its `next` links."""

    def __init__(self, base, name):
        self.name = name
        self.address = f"{base}/collections/{name}"

    def page(self, query):
        return ask(f"{self.address}/items?{urlencode(query)}")

    def matched(self, query):
        """How many features the interface counts."""
        return self.page({"limit": 1, **query})["numberMatched"]

    def all(self, query):
        """Every feature by its id, in the order in which they come."""
        page = self.page({"limit": 700, **query})
        features = page["features"]
        while following := [link["href"] for link in page["links"] if link["rel"] == "next"]:
            page = ask(following[0])
            features += page["features"]
        return {feature["id"]: feature for feature in features}

    @cached_property
    def features(self):
        return self.all({})

    @cached_property
    def features_25832(self):
        return self.all({"crs": EPSG_25832})

    @cached_property
    def schema(self):
        """The types of the properties, by the layer's own schema."""
        properties = ask(f"{self.address}/schema")["properties"]
        del properties["geometry"]
        return {name: said.get("format", said["type"]) for name, said in properties.items()}

    def types(self, names, first):
        """The types of all properties, by another program's names for them.

        Programs guess them from the first features; where those say nothing of a property, its type is None here.
        """
        told = [feature["properties"] for feature in list(self.features.values())[:first]]
        known = {name for name in self.schema if any(properties[name] is not None for properties in told)}
        return {name: names[kind] if name in known else None for name, kind in self.schema.items()}

    def most_common(self, name):
        texts = [feature["properties"][name] for feature in self.features.values()]
        return max(sorted(set(texts) - {None}), key=texts.count)

    def holding(self, expected):
        """How many features have all these properties, counted here."""
        properties = [feature["properties"] for feature in self.features.values()]
        return sum(all(one[name] == text for name, text in expected.items()) for one in properties)

    def save(self, folder):
        """Writes the features to a file, from which other programs read without our help."""
        file = folder / f"{self.name}.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": list(self.features.values())}))
        return str(file)


def ask(address):
    with urlopen(address, timeout=60) as answer:
        return json.load(answer)


def layers(base):
    return [Layer(base, collection["id"]) for collection in ask(f"{base}/collections")["collections"]]


def points(coordinates):
    """The points of coordinates of any depth, in order."""
    if isinstance(coordinates[0], (int, float)):
        return [tuple(coordinates[:2])]
    return [point for part in coordinates for point in points(part)]


def all_points(features):
    return [point for feature in features.values() for point in points(feature["geometry"]["coordinates"])]


def box(features):
    """A box over the middle of the features; its edges keep away from every point, so that rounding decides nothing."""
    found = all_points(features)
    return [gap([point[axis] for point in found], at) for at in (0.25, 0.75) for axis in (0, 1)]


def gap(values, at):
    """The middle of the widest gap near a share of the sorted values."""
    values = sorted(set(values))
    first, last = int(len(values) * (at - 0.1)), int(len(values) * (at + 0.1))
    pairs = list(zip(values, values[1:]))[first : last + 1]
    low, high = max(pairs, key=lambda pair: pair[1] - pair[0])
    return (low + high) / 2


def content(feature):
    """What a feature says, in a form that two programs write alike."""
    properties = {name: instant(value) for name, value in feature["properties"].items()}
    return properties, feature["geometry"]["type"], points(feature["geometry"]["coordinates"])


class Instant(int):
    """An instant in milliseconds, which is as much as other programs keep; some of them lose the last one."""

    def __eq__(self, other):
        return isinstance(other, Instant) and abs(int(self) - int(other)) <= 1

    def __ne__(self, other):
        return not self == other

    __hash__ = None


def instant(value):
    """A value of a property: instants as such, everything else as it is."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
        return Instant(datetime.fromisoformat(value).timestamp() * 1000)
    return value


def apart(one, other):
    """The greatest distance between the points of two geometries."""
    one, other = points(one["coordinates"]), points(other["coordinates"])
    if len(one) != len(other):
        return float("inf")
    return max(((a - c) ** 2 + (b - d) ** 2) ** 0.5 for (a, b), (c, d) in zip(one, other))

"""Reads every layer with GDAL's own programs and compares: gdal_reads.py <address of /ogc> <folder for files>."""

import json
import os
import re
import subprocess
import sys
from math import ceil
from pathlib import Path

from findings import Findings, features
from layers import CENTIMETRE, EPSG_25832, all_points, apart, box, content, layers

# How ogrinfo names the types of a schema.
TYPES = {"string": "String", "date-time": "DateTime", "integer": "Integer", "boolean": "Integer(Boolean)"}
# Pages of more than GDAL asks for by itself, for whatever is not about pages; types are guessed from the first one.
MANY = 1000
LARGE = ("-oo", f"PAGE_SIZE={MANY}")


class Gdal:
    """GDAL's programs, and what they fetched the last time."""

    def __init__(self, base):
        self.source = f"OAPIF:{base}"
        self.fetched = []
        # Newer versions ask the server for another system; older ones transform by themselves.
        asks = re.search("Option name=['\"]CRS['\"]", self.run("ogrinfo", "--format", "OAPIF"))
        self.in_25832 = ("-oo", "CRS=EPSG:25832") if asks else ("-t_srs", "EPSG:25832")

    def run(self, *words):
        """Runs a program; whatever GDAL calls an error ends everything."""
        surroundings = {**os.environ, "CPL_DEBUG": "HTTP"}
        done = subprocess.run(words, capture_output=True, text=True, timeout=300, env=surroundings)
        if done.returncode != 0 or re.search(r"^(ERROR|FAILURE)", done.stderr + done.stdout, re.MULTILINE):
            said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("HTTP:")]
            raise SystemExit("\n".join(["GDAL failed: " + " ".join(words), *said]))
        self.fetched = re.findall(r"Fetch\((.*)\)$", done.stderr, re.MULTILINE)
        return done.stdout

    def look(self, layer, *options, source=None):
        """What ogrinfo says of a layer."""
        return self.run("ogrinfo", "-ro", "-so", *options, source or self.source, layer.name)

    def count(self, layer, *options, source=None):
        return counted(self.look(layer, *options, source=source))

    def read(self, layer, *options):
        """The features as ogr2ogr reads them, by their ids and in its order."""
        document = json.loads(self.run("ogr2ogr", "-f", "GeoJSON", *options, "/vsistdout/", self.source, layer.name))
        return {feature["properties"].pop("id"): feature for feature in document["features"]}

    def asked(self, *parts):
        return all(any(part in address for address in self.fetched) for part in parts)


def counted(said):
    return int(re.search(r"^Feature Count: (\d+)", said, re.MULTILINE)[1])


def lists(gdal, findings, known):
    named = re.findall(r"^\d+: (\S+)", gdal.run("ogrinfo", "-ro", "-so", gdal.source), re.MULTILINE)
    findings.compare(f"the layers {', '.join(named)}", named, {"the API": [layer.name for layer in known]})


def describes(gdal, findings, layer):
    said = gdal.look(layer, *LARGE)
    count = counted(said)
    ours = {"the API": layer.matched({}), "the sum of its pages": len(layer.features)}
    findings.compare(f"{layer.name}, {features(count)}", count, ours)

    expected = {"id": "String", **layer.types(TYPES, first=MANY)}
    fields = re.findall(r"^(\w+): (\S+) \(\d+\.\d+\)", said, re.MULTILINE)
    theirs = {name: kind if expected.get(name, "") else None for name, kind in fields}
    findings.compare(f"{layer.name}, {len(fields)} fields with their types", theirs, {"the schema": expected})

    line = re.search(r"^Extent: .*", said, re.MULTILINE)[0]
    west, south, east, north = map(float, re.findall(r"-?\d+\.\d+", line))
    found = all_points(layer.features)
    inside = all(west <= x <= east and south <= y <= north for x, y in found)
    findings.hold(f"{layer.name}, its extent holds all of {len(found)} coordinates", inside)


def boxes(gdal, findings, layer, folder):
    bounds = [repr(number) for number in box(layer.features)]
    alone = gdal.count(layer, "-spat", *bounds, source=layer.save(folder))
    theirs = gdal.count(layer, *LARGE, "-spat", *bounds)
    ours = {"the API": layer.matched({"bbox": ",".join(bounds)}), "GDAL with a file instead of a server": alone}
    findings.compare(f"{layer.name}, {features(theirs)} in a box of degrees", theirs, ours, gdal.asked("&bbox="))

    bounds = [repr(number) for number in box(layer.features_25832)]
    theirs = len(gdal.read(layer, *LARGE, "-spat", *bounds, "-spat_srs", "EPSG:25832"))
    ours = {"the API": layer.matched({"bbox": ",".join(bounds), "bbox-crs": EPSG_25832})}
    findings.compare(f"{layer.name}, {features(theirs)} in a box in EPSG:25832", theirs, ours, gdal.asked("&bbox="))


def pages(gdal, findings, layer):
    size = ceil(len(layer.features) / 7)
    read = gdal.read(layer, "-oo", f"PAGE_SIZE={size}", "-lco", "COORDINATE_PRECISION=7")
    theirs = [(name, *content(feature)) for name, feature in read.items()]
    ours = [(name, *content(feature)) for name, feature in layer.features.items()]
    turned = sum("cursor=" in address for address in gdal.fetched) + 1
    what = f"{layer.name}, {features(len(read))} in order, with all that is said of them, from {turned} pages of {size}"
    findings.compare(what, theirs, {"the API": ours}, turned == ceil(len(ours) / size))


def metres(gdal, findings, layer):
    read = gdal.read(layer, *LARGE, *gdal.in_25832, "-lco", "COORDINATE_PRECISION=4")
    complete = read.keys() == layer.features_25832.keys()
    away = max(apart(feature["geometry"], layer.features_25832[name]["geometry"]) for name, feature in read.items())
    how = "asked for" if "-oo" in gdal.in_25832 else "transformed by GDAL"
    what = f"{layer.name}, {features(len(read))} in EPSG:25832 ({how})"
    findings.hold(f"{what}, {away * 1000:.1f} mm from those of the API at most", complete and away < CENTIMETRE)


def alone(gdal, findings, layer):
    last = list(layer.features)[-1]
    theirs = gdal.count(layer, "-where", f"id = '{last}'")
    asked = gdal.asked(f"/items/{last}")
    findings.compare(f"{layer.name}, {features(theirs)} by its id", theirs, {"the API": 1}, asked)


def filters(gdal, findings, layer, **expected):
    where = " AND ".join(f"{name} = '{text}'" for name, text in expected.items())
    theirs = gdal.count(layer, *LARGE, "-where", where)
    asked = gdal.asked(*(f"&{name}=" for name in expected))
    ours = {"the API": layer.matched(expected), "counting": layer.holding(expected)}
    findings.compare(f"{layer.name}, {features(theirs)} where {where}", theirs, ours, asked)


def since(gdal, findings, layer):
    times = sorted(feature["properties"]["requested_datetime"] for feature in layer.features.values())
    day = times[len(times) * 3 // 4][:10]
    where = f"requested_datetime >= '{day.replace('-', '/')} 00:00:00'"
    theirs = gdal.count(layer, *LARGE, "-where", where)
    matched = layer.matched({"datetime": f"{day}T00:00:00Z/.."})
    ours = {"the API": matched, "counting": sum(time >= day for time in times)}
    findings.compare(f"{layer.name}, {features(theirs)} where {where}", theirs, ours, gdal.asked("&datetime="))


def main(base, folder):
    gdal = Gdal(base)
    findings = Findings(gdal.run("ogrinfo", "--version").split(",")[0])
    known = layers(base)
    lists(gdal, findings, known)
    for layer in known:
        describes(gdal, findings, layer)
        boxes(gdal, findings, layer, folder)
        pages(gdal, findings, layer)
        metres(gdal, findings, layer)
        alone(gdal, findings, layer)

    requests, districts, *_ = known
    status, group = requests.most_common("status"), requests.most_common("service_group")
    filters(gdal, findings, requests, status=status)
    filters(gdal, findings, requests, status=status, service_group=group)
    filters(gdal, findings, requests, reference=requests.most_common("reference"))
    filters(gdal, findings, districts, name=districts.most_common("name"))
    since(gdal, findings, requests)
    return findings.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))

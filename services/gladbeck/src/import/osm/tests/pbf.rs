//! Writes extracts for tests: a few blocks of the format, by hand.

use std::io::Write;

/// An extract under construction.
#[derive(Default)]
pub struct Pbf {
    strings: Vec<String>,
    nodes: Vec<u8>,
    ways: Vec<u8>,
    relations: Vec<u8>,
}

type Tags<'a> = &'a [(&'a str, &'a str)];

impl Pbf {
    /// A node at degrees east and north.
    pub fn node(&mut self, id: i64, longitude: f64, latitude: f64) {
        let mut node = Vec::new();
        number(&mut node, 1, zigzag(id));
        number(&mut node, 8, zigzag((latitude * 1e7).round() as i64));
        number(&mut node, 9, zigzag((longitude * 1e7).round() as i64));
        bytes(&mut self.nodes, 1, &node);
    }

    /// A way along nodes.
    pub fn way(&mut self, id: i64, nodes: &[i64], tags: Tags<'_>) {
        let mut way = Vec::new();
        number(&mut way, 1, id as u64);
        self.tags(&mut way, tags);
        bytes(&mut way, 8, &deltas(nodes));
        bytes(&mut self.ways, 3, &way);
    }

    /// A multipolygon of ways.
    pub fn area(&mut self, id: i64, outer: &[i64], inner: &[i64], tags: Tags<'_>) {
        let mut relation = Vec::new();
        number(&mut relation, 1, id as u64);
        self.tags(&mut relation, &[&[("type", "multipolygon")], tags].concat());
        let members = [outer, inner].concat();
        let (as_outer, as_inner) = (self.string("outer"), self.string("inner"));
        let roles: Vec<u64> =
            (0..members.len()).map(|nth| if nth < outer.len() { as_outer } else { as_inner }).collect();
        bytes(&mut relation, 8, &packed(&roles));
        bytes(&mut relation, 9, &deltas(&members));
        bytes(&mut relation, 10, &packed(&vec![1; members.len()]));
        bytes(&mut self.relations, 4, &relation);
    }

    /// The file.
    pub fn finish(&self) -> Vec<u8> {
        let mut header = Vec::new();
        bytes(&mut header, 4, b"OsmSchema-V0.6");
        let mut table = Vec::new();
        bytes(&mut table, 1, b"");
        self.strings.iter().for_each(|string| bytes(&mut table, 1, string.as_bytes()));
        let mut block = Vec::new();
        bytes(&mut block, 1, &table);
        for group in [&self.nodes, &self.ways, &self.relations] {
            bytes(&mut block, 2, group);
        }
        [blob("OSMHeader", &header), blob("OSMData", &block)].concat()
    }

    fn tags(&mut self, into: &mut Vec<u8>, tags: Tags<'_>) {
        let keys: Vec<u64> = tags.iter().map(|(key, _)| self.string(key)).collect();
        let values: Vec<u64> = tags.iter().map(|(_, value)| self.string(value)).collect();
        bytes(into, 2, &packed(&keys));
        bytes(into, 3, &packed(&values));
    }

    /// The place of a string in the table; its first place stays empty.
    fn string(&mut self, text: &str) -> u64 {
        let known = self.strings.iter().position(|string| string == text);
        let index = known.unwrap_or_else(|| {
            self.strings.push(text.to_owned());
            self.strings.len() - 1
        });
        index as u64 + 1
    }
}

fn blob(kind: &str, data: &[u8]) -> Vec<u8> {
    let mut blob = Vec::new();
    bytes(&mut blob, 1, data);
    let mut header = Vec::new();
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, blob.len() as u64);
    let mut file = Vec::new();
    file.write_all(&u32::try_from(header.len()).unwrap().to_be_bytes()).unwrap();
    file.extend(header);
    file.extend(blob);
    file
}

fn varint(into: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        into.push((number as u8 & 0x7f) | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn number(into: &mut Vec<u8>, field: u64, value: u64) {
    varint(into, field << 3);
    varint(into, value);
}

fn bytes(into: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(into, field << 3 | 2);
    varint(into, value.len() as u64);
    into.extend(value);
}

fn packed(numbers: &[u64]) -> Vec<u8> {
    let mut packed = Vec::new();
    numbers.iter().for_each(|number| varint(&mut packed, *number));
    packed
}

fn deltas(numbers: &[i64]) -> Vec<u8> {
    let before = std::iter::once(&0).chain(numbers);
    packed(&numbers.iter().zip(before).map(|(number, before)| zigzag(number - before)).collect::<Vec<_>>())
}

fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

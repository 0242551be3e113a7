//! Reads vector tiles (Mapbox Vector Tile 2.1) as far as the tests look into them.

use std::collections::BTreeMap;

/// A layer of a tile.
#[derive(Debug, Default)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Units on each side.
    pub extent: u64,
    /// Its features.
    pub features: Vec<Feature>,
}

/// A feature of a layer.
#[derive(Debug, Default)]
pub struct Feature {
    /// 1 for points, 3 for polygons.
    pub kind: u64,
    /// Where its first point lies.
    pub first: (i64, i64),
    /// How many numbers its geometry has.
    pub length: usize,
    /// Its properties.
    pub properties: BTreeMap<String, Value>,
}

/// A value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
}

impl Feature {
    /// A figure.
    pub fn figure(&self, name: &str) -> u64 {
        match self.properties.get(name) {
            Some(Value::Number(number)) => *number,
            other => panic!("{name} is {other:?}"),
        }
    }
}

/// The layers of a tile.
pub fn layers(bytes: &[u8]) -> Vec<Layer> {
    fields(bytes).into_iter().map(|(_, field)| layer(field.bytes())).collect()
}

fn layer(bytes: &[u8]) -> Layer {
    let (mut layer, mut keys, mut values, mut raw) = (Layer::default(), Vec::new(), Vec::new(), Vec::new());
    for (number, field) in fields(bytes) {
        match number {
            1 => layer.name = text(field.bytes()),
            2 => raw.push(field.bytes()),
            3 => keys.push(text(field.bytes())),
            4 => values.push(value(field.bytes())),
            5 => layer.extent = field.number(),
            15 => assert_eq!(field.number(), 2, "the version"),
            other => panic!("field {other} of a layer"),
        }
    }
    layer.features = raw.into_iter().map(|bytes| feature(bytes, &keys, &values)).collect();
    layer
}

fn feature(bytes: &[u8], keys: &[String], values: &[Value]) -> Feature {
    let mut feature = Feature::default();
    for (number, field) in fields(bytes) {
        match number {
            2 => {
                for pair in packed(field.bytes()).chunks(2) {
                    let at = |number: u64| usize::try_from(number).unwrap();
                    feature.properties.insert(keys[at(pair[0])].clone(), values[at(pair[1])].clone());
                }
            }
            3 => feature.kind = field.number(),
            4 => {
                let geometry = packed(field.bytes());
                let zigzag = |number: u64| (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
                feature.first = (zigzag(geometry[1]), zigzag(geometry[2]));
                feature.length = geometry.len();
            }
            other => panic!("field {other} of a feature"),
        }
    }
    feature
}

fn value(bytes: &[u8]) -> Value {
    match fields(bytes).remove(0) {
        (1, field) => Value::Text(text(field.bytes())),
        (4 | 5, field) => Value::Number(field.number()),
        (6, field) => Value::Number(field.number() >> 1),
        (other, _) => panic!("a value of kind {other}"),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A field of a message (Protocol Buffers).
enum Field<'b> {
    Number(u64),
    Bytes(&'b [u8]),
}

impl<'b> Field<'b> {
    fn number(&self) -> u64 {
        match self {
            Self::Number(number) => *number,
            Self::Bytes(_) => panic!("not a number"),
        }
    }

    fn bytes(&self) -> &'b [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Number(_) => panic!("not bytes"),
        }
    }
}

fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut bytes)),
            2 => {
                let length = usize::try_from(varint(&mut bytes)).unwrap();
                let (content, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(content)
            }
            other => panic!("wire type {other}"),
        };
        fields.push((tag >> 3, field));
    }
    fields
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(varint(&mut bytes));
    }
    numbers
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (first, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            break;
        }
    }
    number
}

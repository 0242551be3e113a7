//! Reads an extract of OpenStreetMap: what the map shows around the city, with its shapes.
//!
//! The file is read twice, and twice more when something reaches out of the surroundings: a wood that begins
//! inside them needs its far side, too.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use osmpbf::{Element, ElementReader, RelMemberType};

use super::class::{Class, Tags};
use super::ring::rings;
use super::shape::{Position, Shape};

/// What an extract holds for the map.
#[derive(Debug, Default)]
pub struct Extract {
    /// What is shown, ways before relations, each by its number.
    pub features: Vec<Feature>,
    /// Areas whose rings do not close or whose nodes are not in the file, as OpenStreetMap names them.
    pub broken: Vec<String>,
}

/// A thing that the map shows.
#[derive(Debug)]
pub struct Feature {
    /// `way` or `relation`.
    pub osm_type: &'static str,
    /// Its number.
    pub osm_id: i64,
    /// What it is.
    pub class: Class,
    /// What people call it.
    pub name: Option<String>,
    /// Its shape.
    pub shape: Shape,
}

struct Shown {
    class: Class,
    name: Option<String>,
}

#[derive(Default)]
struct Things {
    nodes: HashMap<i64, Position>,
    ways: HashMap<i64, Vec<i64>>,
    shown: BTreeMap<i64, Shown>,
    relations: BTreeMap<i64, (Shown, Vec<i64>)>,
}

/// Reads what the map shows inside a box of degrees: west, south, east, north.
pub fn read(file: &Path, bounds: [f64; 4]) -> Result<Extract> {
    let mut things = Things::default();
    each(file, |element| things.take_node(&element, |_, at| is_inside(bounds, at)))?;
    each(file, |element| things.take_way_or_relation(&element))?;
    let missing = things.missing_ways();
    if !missing.is_empty() {
        each(file, |element| things.take_missing_way(&element, &missing))?;
    }
    let missing = things.missing_nodes();
    if !missing.is_empty() {
        each(file, |element| things.take_node(&element, |id, _| missing.contains(&id)))?;
    }
    Ok(things.extract())
}

fn each(file: &Path, take: impl FnMut(Element<'_>)) -> Result<()> {
    let reader = ElementReader::from_path(file).with_context(|| format!("cannot open {}", file.display()))?;
    reader.for_each(take).map_err(|error| anyhow!("{} is broken: {error}", file.display()))
}

fn is_inside([west, south, east, north]: [f64; 4], (longitude, latitude): Position) -> bool {
    (west..=east).contains(&longitude) && (south..=north).contains(&latitude)
}

impl Things {
    fn take_node(&mut self, element: &Element<'_>, wanted: impl Fn(i64, Position) -> bool) {
        let (id, at) = match element {
            Element::Node(node) => (node.id(), (node.lon(), node.lat())),
            Element::DenseNode(node) => (node.id(), (node.lon(), node.lat())),
            Element::Way(_) | Element::Relation(_) => return,
        };
        if wanted(id, at) {
            self.nodes.insert(id, at);
        }
    }

    fn take_way_or_relation(&mut self, element: &Element<'_>) {
        match element {
            Element::Way(way) => {
                let nodes: Vec<i64> = way.refs().collect();
                if !nodes.iter().any(|node| self.nodes.contains_key(node)) {
                    return;
                }
                if let Some(shown) = shown(way.tags().collect()) {
                    self.shown.insert(way.id(), shown);
                }
                self.ways.insert(way.id(), nodes);
            }
            Element::Relation(relation) => {
                let tags: Vec<_> = relation.tags().collect();
                let is_area = tags.contains(&("type", "multipolygon"));
                let Some(shown) = shown(tags).filter(|shown| is_area && shown.class.area) else { return };
                let ways = relation.members().filter(|member| member.member_type == RelMemberType::Way);
                self.relations.insert(relation.id(), (shown, ways.map(|way| way.member_id).collect()));
            }
            Element::Node(_) | Element::DenseNode(_) => {}
        }
    }

    fn take_missing_way(&mut self, element: &Element<'_>, missing: &HashSet<i64>) {
        if let Element::Way(way) = element
            && missing.contains(&way.id())
        {
            self.ways.insert(way.id(), way.refs().collect());
        }
    }

    /// Forgets relations that lie elsewhere, and tells which ways the others lack.
    fn missing_ways(&mut self) -> HashSet<i64> {
        let ways = &self.ways;
        self.relations.retain(|_, (_, members)| members.iter().any(|way| ways.contains_key(way)));
        let members = self.relations.values().flat_map(|(_, members)| members);
        members.filter(|way| !ways.contains_key(way)).copied().collect()
    }

    fn missing_nodes(&self) -> HashSet<i64> {
        let members = self.relations.values().flat_map(|(_, members)| members);
        let needed = self.shown.keys().chain(members).filter_map(|way| self.ways.get(way)).flatten();
        needed.filter(|node| !self.nodes.contains_key(node)).copied().collect()
    }

    fn extract(self) -> Extract {
        let mut extract = Extract::default();
        for (id, shown) in &self.shown {
            match self.way_shape(*id, shown.class.area) {
                Some(shape) => extract.push("way", *id, shown, shape),
                None => extract.broken.push(format!("way {id}")),
            }
        }
        for (id, (shown, members)) in &self.relations {
            match self.relation_shape(members) {
                Some(shape) => extract.push("relation", *id, shown, shape),
                None => extract.broken.push(format!("relation {id}")),
            }
        }
        extract
    }

    fn positions(&self, nodes: &[i64]) -> Option<Vec<Position>> {
        nodes.iter().map(|node| self.nodes.get(node).copied()).collect()
    }

    fn way_shape(&self, way: i64, is_area: bool) -> Option<Shape> {
        let nodes = self.ways.get(&way)?;
        if is_area {
            let closed = nodes.len() > 3 && nodes.first() == nodes.last();
            return closed.then(|| self.positions(nodes)).flatten().map(|ring| Shape::Area(vec![ring]));
        }
        // An extract that was cut at its edge has streets without their last nodes.
        let there: Vec<_> = nodes.iter().filter_map(|node| self.nodes.get(node).copied()).collect();
        (there.len() > 1).then_some(Shape::Line(there))
    }

    fn relation_shape(&self, members: &[i64]) -> Option<Shape> {
        let ways: Option<Vec<_>> = members.iter().map(|way| self.ways.get(way).cloned()).collect();
        let rings = rings(ways?)?;
        let rings: Option<Vec<_>> = rings.iter().map(|ring| self.positions(ring)).collect();
        rings.filter(|rings| !rings.is_empty()).map(Shape::Area)
    }
}

impl Extract {
    fn push(&mut self, osm_type: &'static str, osm_id: i64, shown: &Shown, shape: Shape) {
        let (class, name) = (shown.class, shown.name.clone());
        self.features.push(Feature { osm_type, osm_id, class, name, shape });
    }
}

fn shown(tags: Vec<(&str, &str)>) -> Option<Shown> {
    let tags = Tags(tags);
    let class = tags.class()?;
    let name = tags.get("name").map(str::trim).filter(|name| !name.is_empty());
    Some(Shown { class, name: name.map(str::to_owned) })
}

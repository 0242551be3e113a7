//! Invented addresses (Übungsdaten): lines of houses around the places of a city pack, the same at every call.
//!
//! No real register may lie in this repository. Names of streets follow the pack's places, then come invented ones;
//! numbers and positions are invented throughout.

use kit::pack::{Location, Pack};

/// Metres of a degree north.
const METRES: f64 = 111_200.0;
/// First parts of invented names.
const FIRST: [&str; 64] = [
    "Ahorn",
    "Amsel",
    "Apfel",
    "Bach",
    "Berg",
    "Bienen",
    "Birken",
    "Blumen",
    "Brücken",
    "Buchen",
    "Dahlien",
    "Dorf",
    "Drossel",
    "Eichen",
    "Eisen",
    "Erlen",
    "Eschen",
    "Falken",
    "Farn",
    "Fasanen",
    "Feld",
    "Fichten",
    "Finken",
    "Flieder",
    "Forst",
    "Garten",
    "Ginster",
    "Hasel",
    "Heide",
    "Holunder",
    "Hügel",
    "Igel",
    "Kastanien",
    "Kiefern",
    "Kirsch",
    "Klee",
    "Kranich",
    "Lerchen",
    "Linden",
    "Mai",
    "Meisen",
    "Mohn",
    "Moor",
    "Mühlen",
    "Nuss",
    "Pappel",
    "Quellen",
    "Reiher",
    "Ried",
    "Rosen",
    "Schilf",
    "Schwalben",
    "Sonnen",
    "Sperlings",
    "Stein",
    "Storchen",
    "Tannen",
    "Teich",
    "Tulpen",
    "Ulmen",
    "Wacholder",
    "Weiden",
    "Wiesen",
    "Zeisig",
];
/// Last parts of invented names.
const LAST: [&str; 9] = ["straße", "weg", "ring", "platz", "allee", "gasse", "hof", "grund", "ufer"];

/// An invented house.
#[derive(Clone, Debug, PartialEq)]
pub struct Invented {
    /// The street.
    pub street: String,
    /// The number with what follows it.
    pub house_number: String,
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
}

/// Numbers that look random and are always the same (SplitMix64).
struct Dice(u64);

impl Dice {
    /// From 0 to below 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// At least `most` houses if the city has room for so many streets, `per_street` in each.
pub fn houses(pack: &Pack, most: usize, per_street: u32) -> Vec<Invented> {
    let mut dice = Dice(7);
    let mut houses = Vec::new();
    let named = named_streets(pack).into_iter().map(|(name, at)| (name, Some(at)));
    let invented =
        FIRST.iter().flat_map(|first| LAST.iter().map(move |last| (format!("{first}{last}"), None)));
    for (name, at) in named.chain(invented) {
        if houses.len() >= most {
            break;
        }
        let at = at.unwrap_or_else(|| somewhere(pack, &mut dice));
        houses.extend(street(pack, &mut dice, &name, at, per_street));
    }
    houses.truncate(most);
    houses
}

/// The places of the pack that are streets, written out.
fn named_streets(pack: &Pack) -> Vec<(String, (f64, f64))> {
    let is_street = |name: &str| {
        !name.contains('/')
            && ["straße", "weg", "platz", "allee", "grund"]
                .iter()
                .any(|last| name.to_lowercase().ends_with(last))
    };
    let places =
        pack.places.iter().map(|place| (written_out(&place.name), (place.longitude, place.latitude)));
    places.filter(|(name, _)| is_street(name)).collect()
}

fn written_out(name: &str) -> String {
    match name.strip_suffix("tr.") {
        Some(stem) => format!("{stem}traße"),
        None => name.to_owned(),
    }
}

fn somewhere(pack: &Pack, dice: &mut Dice) -> (f64, f64) {
    let [west, south, east, north] = pack.boundary.bounds();
    loop {
        let at = (west + dice.roll() * (east - west), south + dice.roll() * (north - south));
        if pack.boundary.locate(at.0, at.1) == Location::Inside {
            return at;
        }
    }
}

/// Houses along a line through `at`, odd numbers on one side and even ones on the other, as far as the city goes.
fn street(pack: &Pack, dice: &mut Dice, name: &str, at: (f64, f64), count: u32) -> Vec<Invented> {
    let direction = dice.roll() * std::f64::consts::TAU;
    let (east, north) = (direction.cos(), direction.sin());
    let middle = f64::from(count) / 4.0;
    let shortened = METRES * at.1.to_radians().cos();
    let mut houses = Vec::new();
    for number in 1..=count {
        let along = (f64::from(number.div_ceil(2)) - middle) * 22.0 + dice.roll() * 6.0;
        let aside = if number % 2 == 0 { 11.0 } else { -11.0 };
        let longitude = at.0 + (along * east - aside * north) / shortened;
        let latitude = at.1 + (along * north + aside * east) / METRES;
        let kind = dice.roll();
        if pack.boundary.locate(longitude, latitude) != Location::Inside {
            continue;
        }
        let house = |suffix: &str, step: f64| Invented {
            street: name.to_owned(),
            house_number: format!("{number}{suffix}"),
            longitude: rounded(longitude + step * east / shortened),
            latitude: rounded(latitude + step * north / METRES),
        };
        if kind < 0.03 {
            houses.push(house(&format!("-{}", number + 2), 0.0));
        } else {
            houses.push(house("", 0.0));
        }
        if kind > 0.9 {
            houses.push(house("a", 7.0));
        }
    }
    houses
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// A table that `gladbeck import addresses` reads, at most `most` rows.
pub fn table(pack: &Pack, most: usize, per_street: u32) -> String {
    let contact = &pack.city.contact;
    let mut text =
        "# SYNTHETISCH / Übungsdaten: invented house numbers at invented positions. Not a register.\n\
                    # Names of streets follow the city pack's places.csv, with its sources and licences.\n\
                    # Made by services/gladbeck/src/import/addresses/synthetic.rs; a test keeps both alike.\n\
                    street,house_number,postal_code,town,longitude,latitude\n"
            .to_owned();
    for house in houses(pack, most, per_street) {
        text.push_str(&format!(
            "{},{},{},{},{},{}\n",
            house.street,
            house.house_number,
            contact.postal_code,
            contact.town,
            house.longitude,
            house.latitude
        ));
    }
    text
}

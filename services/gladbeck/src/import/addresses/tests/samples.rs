//! Invented rows in the columns of the official files.

/// A row of gebref.txt (Geobasis NRW): 21 columns.
pub fn nw(municipality: &str, street: &str, number: &str, addition: &str, east: f64, north: f64) -> String {
    let metres = |value: f64| format!("{value:.3}").replace('.', ",");
    format!(
        "N;DENW00ALUEBUNG00;A;05;Nordrhein-Westfalen;5;Münster;62;Recklinghausen;{municipality};Gladbeck;0000;;\
         00001;{street};{number};{addition};32;{};{};2026-01-01",
        metres(east),
        metres(north)
    )
    .replace("Münster", if street.is_ascii() { "Muenster" } else { "Münster" })
}

/// A row of Hauskoordinaten Deutschland: 18 columns, the zone before the easting.
pub fn hk(street: &str, number: &str, addition: &str) -> String {
    format!(
        "N;DENW00ALUEBUNG00;A;05;5;62;014;0000;00001;{number};{addition};32361200,000;5716100,000;{street};45966;\
         Gladbeck;;Übungsteil\n"
    )
}

/// Text as ISO 8859-1.
pub fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect()
}

//! What the packs of the repository say.

use super::super::*;
use super::{folder, gladbeck, musterhausen};

#[test]
fn both_packs_open_without_a_fault() {
    assert_eq!(check(&folder("deploy/city/gladbeck")), []);
    assert_eq!(check(&folder("tests/city/musterhausen")), []);
}

#[test]
fn the_first_city_is_as_described() {
    let pack = gladbeck();
    assert_eq!(
        (pack.name(), pack.city.ags.as_str(), pack.city.land.as_str()),
        ("Gladbeck", "05562014", "NW")
    );
    assert_eq!(pack.time_zone(), chrono_tz::Europe::Berlin);
    assert_eq!(pack.languages(), ["de", "en"]);
    assert_eq!(pack.city.reference_prefix, "GLA");
    assert_eq!(pack.city.retention.contact_days_after_close, 180);
    assert_eq!(pack.city.form_of_address, FormOfAddress::Sie);
    assert!(pack.city.demonstration);
    assert_eq!((pack.groups.len(), pack.services.len()), (9, 31));
    assert_eq!(pack.service("dont_know").unwrap().department, pack.intake);
    assert!(pack.service("no_such_service").is_none());
    assert_eq!(pack.districts.len(), 9);
    assert!(pack.districts.iter().all(|district| !district.official));
    assert!(pack.places.len() > 100);
}

#[test]
fn a_text_falls_back_to_the_first_language() {
    let pack = gladbeck();
    let name = &pack.service("lamp_out").unwrap().name;
    assert_eq!(name.in_language("en"), "Street lamp is out");
    assert_eq!(name.in_language("en-GB"), "Street lamp is out");
    assert_eq!(name.in_language("de"), "Straßenlampe leuchtet nicht");
    assert_eq!(name.in_language("tr"), "Straßenlampe leuchtet nicht");
    let house = musterhausen().service("house").unwrap().clone();
    assert!(house.keywords.in_language("en").is_empty());
}

#[test]
fn neglected_houses_are_confidential_and_show_nothing() {
    for pack in [gladbeck(), musterhausen()] {
        let hidden: Vec<&Service> =
            pack.services.iter().filter(|service| service.is_confidential()).collect();
        assert!(!hidden.is_empty());
        for service in hidden {
            assert_eq!(service.publish, Publish { text: Step::Never, photos: Step::Never });
        }
    }
    let pack = gladbeck();
    let houses = pack.services.iter().filter(|service| service.group == "neglected_house");
    assert!(houses.clone().count() > 1 && houses.clone().all(Service::is_confidential));
}

#[test]
fn residents_never_read_the_internal_word_for_a_neglected_house() {
    let pack = gladbeck();
    let of_services = pack.services.iter().flat_map(|service| [&service.name, &service.description]);
    let of_departments =
        pack.departments.iter().flat_map(|department| [&department.name, &department.short_name]);
    let of_questions = pack.services.iter().flat_map(|service| &service.attributes).flat_map(|question| {
        std::iter::once(&question.description).chain(question.values.iter().map(|value| &value.name))
    });
    for text in of_services.chain(of_departments).chain(of_questions) {
        let text = text.in_language("de").to_lowercase();
        assert!(!text.contains("problemimmobilie") && !text.contains("frist"), "{text}");
    }
}

#[test]
fn the_catalogue_has_the_codes_that_other_programs_know() {
    let pack = gladbeck();
    let codes = |group: &str| -> Vec<&str> {
        let inside = pack.services.iter().filter(|service| service.group == group);
        inside.map(|service| service.service_code.as_str()).collect()
    };
    let groups: Vec<&str> = pack.groups.iter().map(|group| group.key.as_str()).collect();
    let expected: [(&str, &[&str]); 9] = [
        (
            "litter",
            &["dumped_litter", "bulky_waste", "full_bin", "container_site", "dog_waste", "needles", "rats"],
        ),
        ("traffic", &["parking_hint", "parking_report", "abandoned_vehicle", "speeding"]),
        ("roads", &["road_damage", "pavement_damage", "gully_blocked", "flooding"]),
        ("green", &["greenery", "fallen_tree", "overgrown_hedge"]),
        ("surroundings", &["playground", "graffiti", "noise", "school_route"]),
        ("lighting", &["lamp_out", "lamp_flickering", "dark_spot", "damaged_mast"]),
        ("neglected_house", &["neglected_house", "unsafe_house"]),
        ("ideas", &["idea", "praise"]),
        ("unknown", &["dont_know"]),
    ];
    assert_eq!(groups, expected.map(|(group, _)| group));
    for (group, services) in expected {
        assert_eq!(codes(group), services, "{group}");
    }
}

#[test]
fn every_service_of_the_first_city_says_why_its_department_works_on_it() {
    for service in &gladbeck().services {
        assert!(service.because.is_some(), "{}", service.service_code);
    }
    assert!(musterhausen().service("litter").unwrap().because.is_none());
}

#[test]
fn what_nobody_can_place_yet_is_confidential_and_intake_may_be_granted_it() {
    let pack = gladbeck();
    let service = pack.service("dont_know").unwrap();
    assert!(service.is_confidential());
    assert_eq!(service.department, pack.intake);
    assert!(pack.rights.may(&["intake"], Action::SeeConfidential));
}

#[test]
fn a_hint_carries_nothing_but_answers_and_a_named_report_leaves_as_a_file() {
    let pack = gladbeck();
    let hint = pack.service("parking_hint").unwrap();
    assert_eq!(hint.accepts, Accepts { text: false, photos: false, contact: ContactRule::None });
    assert_eq!(hint.expires.as_ref().map(|expiry| expiry.hours), Some(3));
    assert!(hint.attributes.iter().all(|question| question.datatype.is_list()));
    let report = pack.service("parking_report").unwrap();
    assert!(report.is_confidential() && report.expires.is_none());
    assert_eq!(report.accepts, Accepts { text: true, photos: true, contact: ContactRule::RequiredWithName });
    assert_eq!(report.hand_over, Some(HandOver::File));
    let files = pack.services.iter().filter(|service| service.hand_over.is_some());
    assert_eq!(files.count(), 1);
    for role in &pack.rights.roles {
        let hands_over = role.actions.contains(&Action::HandOverFile);
        assert_eq!(hands_over, role.key == "traffic_officer", "{}", role.key);
    }
    let usual = musterhausen().service("litter").unwrap().accepts;
    assert_eq!(usual, Accepts { text: true, photos: true, contact: ContactRule::Optional });
}

#[test]
fn attributes_come_in_the_order_of_the_form() {
    let pack = gladbeck();
    let service = pack.service("dumped_litter").unwrap();
    let kind = service.attribute("litter_kind").unwrap();
    assert_eq!((kind.datatype, kind.required, kind.order), (Datatype::SingleValueList, false, 1));
    assert_eq!(kind.values[1].name.in_language("en"), "Furniture, bulky waste");
    let orders: Vec<u16> = service.attributes.iter().map(|attribute| attribute.order).collect();
    assert_eq!(orders, [1, 2]);
}

#[test]
fn roles_add_up_and_unknown_ones_give_nothing() {
    let rights = gladbeck().rights;
    assert!(rights.may(&["officer"], Action::ChangeStatus));
    assert!(!rights.may(&["officer"], Action::SeeConfidential));
    assert!(rights.may(&["officer", "property_officer"], Action::SeeConfidential));
    assert!(!rights.may(&["administrator"], Action::ChangeStatus));
    assert!(!rights.may(&["mayor"], Action::SeeQueue));
    assert!(rights.actions::<&str>(&[]).is_empty());
    assert!(rights.reach_all_departments(&["officer", "intake"]));
    assert!(!rights.reach_all_departments(&["department_head"]));
}

#[test]
fn every_legal_page_is_there_and_says_that_it_is_for_practice() {
    for pack in [gladbeck(), musterhausen()] {
        for (page, language) in PAGES.iter().flat_map(|page| [(page, "de"), (page, "en")]) {
            assert!(pack.legal(page, language).unwrap().contains("Übungsdaten"), "{page}.{language}");
        }
        assert_eq!(pack.legal("imprint", "tr"), pack.legal("imprint", "de"));
        assert_eq!(pack.legal("../city.toml", "de"), None);
    }
}

#[test]
fn the_privacy_page_names_the_days_of_the_pack() {
    let pack = gladbeck();
    let days = pack.city.retention.contact_days_after_close;
    assert!(pack.legal("privacy", "de").unwrap().contains(&format!("{days} Tage")));
    assert!(pack.legal("privacy", "en").unwrap().contains(&format!("{days} days")));
}

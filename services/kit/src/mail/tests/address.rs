//! Which addresses the city writes to.

use proptest::prelude::*;

use crate::mail::{AddressFault, parse_address};

#[test]
fn plain_addresses_are_taken_as_they_are() {
    for text in [
        "erika@post.example",
        "Erika.Muster+meldung@post.example",
        "o'neill_1@a-b.post.example",
        "a@b.de",
        "x@xn--mller-kva.example",
    ] {
        assert_eq!(parse_address(text).unwrap().as_str(), text);
    }
}

#[test]
fn domains_get_the_form_of_the_network() {
    assert_eq!(parse_address("erika@müller.example").unwrap().as_str(), "erika@xn--mller-kva.example");
    assert_eq!(parse_address("erika@POST.Example").unwrap().as_str(), "erika@post.example");
}

#[test]
fn exotic_and_dangerous_addresses_are_refused() {
    let long_name = format!("{}@post.example", "a".repeat(65));
    let long_label = format!("a@{}.example", "b".repeat(64));
    let long = format!("{}@{}example", "a".repeat(60), "bcdefgh.".repeat(24));
    assert_eq!(long.len(), 260);
    for text in [
        "",
        "@",
        "a",
        "a@",
        "@b.de",
        "a@b",
        "a@localhost",
        "a b@c.de",
        " a@b.de",
        "a@b.de ",
        "a@b.de.",
        "a@.b.de",
        "a@b..de",
        ".a@b.de",
        "a.@b.de",
        "a..b@c.de",
        "a@-b.de",
        "a@b-.de",
        "a@b_c.de",
        "a@b%6D.de",
        "\"a b\"@c.de",
        "\"a\"@c.de",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@[IPv6:::1]",
        "a@1.2.3.4",
        "a@0x7f.1",
        "a@b@c.de",
        "ä@b.de",
        "a(x)@b.de",
        "A <a@b.de>",
        "<a@b.de>",
        "a@b.de,c@d.de",
        "a@b.de;c@d.de",
        "a@b.de\r\nBcc: c@d.de",
        "a\r\n@b.de",
        "a\0@b.de",
        "a@b.de\n",
        "a\u{200B}@b.de",
        "a@b\u{202E}.de\u{0}",
        &long_name,
        &long_label,
        &long,
    ] {
        assert_eq!(parse_address(text), Err(AddressFault), "{text:?}");
    }
}

#[test]
fn an_address_does_not_show() {
    let address = parse_address("erika.muster@post.example").unwrap();
    assert!(!format!("{address:?}").contains("erika"));
    assert!(!format!("{:?}", super::letter()).contains("erika"));
    assert!(!AddressFault.to_string().contains('@'));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_is_plain_and_stays_as_it_is(text in "[ -~äß\r\n]{0,12}@[ -~äß\r\n.]{0,12}") {
        if let Ok(address) = parse_address(&text) {
            prop_assert!(address.as_str().len() <= 254);
            prop_assert!(address.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert_eq!(parse_address(address.as_str()).unwrap(), address);
        }
    }
}

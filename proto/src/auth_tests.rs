//! Twelve tokens that must not pass, and one that must.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use serde_json::{Value, json};

use super::*;

const NOW: i64 = 1_800_000_000;

struct Keys {
    pair: Ed25519KeyPair,
    signer: Signer,
    other: Signer,
    verifier: Verifier,
}

fn keys() -> Keys {
    let pair = Ed25519KeyPair::generate().unwrap();
    let other = Ed25519KeyPair::generate().unwrap();
    let public = PublicKey {
        kid: "k1".into(),
        key: pair.public_key().as_ref().to_vec(),
        speaks_for: SpeaksFor::People,
        until: None,
    };
    Keys {
        signer: Signer::new("k1", pair.to_pkcs8v1().unwrap().as_ref()),
        other: Signer::new("k1", other.to_pkcs8v1().unwrap().as_ref()),
        verifier: Verifier::new("https://city.example", "city", [public]),
        pair,
    }
}

fn claims() -> Claims {
    Claims {
        iss: "https://city.example".into(),
        aud: "city".into(),
        sub: "someone".into(),
        exp: NOW + 600,
        nbf: NOW,
        iat: NOW,
        kind: Kind::Resident,
        staff: None,
        resident: None,
    }
}

/// Signs any header and claims, as an attacker with the right key could not.
fn raw(pair: &Ed25519KeyPair, header: Value, claims: Value) -> String {
    let text = format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims.to_string()));
    let signature = B64.encode(pair.sign(text.as_bytes()));
    format!("{text}.{signature}")
}

fn header() -> Value {
    json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": "k1" })
}

fn without(name: &str) -> Value {
    let mut claims = serde_json::to_value(claims()).unwrap();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

#[test]
fn an_honest_token_passes() {
    let keys = keys();
    let token = keys.signer.sign(&claims()).unwrap();
    assert_eq!(keys.verifier.verify_access(&token, NOW).unwrap(), claims());
    assert!(keys.verifier.verify_access(&token, NOW + 600 + LEEWAY).is_ok());
}

#[test]
fn twelve_forged_tokens_are_refused() {
    let keys = keys();
    let pair = &keys.pair;
    let good = serde_json::to_value(claims()).unwrap();
    let hmac = {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.into());
        header.kid = Some("k1".into());
        let key = EncodingKey::from_secret(pair.public_key().as_ref());
        jsonwebtoken::encode(&header, &claims(), &key).unwrap()
    };
    let unsigned = format!(
        "{}.{}.",
        B64.encode(json!({ "alg": "none", "typ": "at+jwt", "kid": "k1" }).to_string()),
        B64.encode(good.to_string())
    );
    let forged: [(&str, String); 12] = [
        ("alg none", unsigned),
        ("HS256 with the public key", hmac),
        ("RS256", raw(pair, json!({ "alg": "RS256", "typ": "at+jwt", "kid": "k1" }), good.clone())),
        ("unknown kid", raw(pair, json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": "k2" }), good.clone())),
        ("key of another issuer", keys.other.sign(&claims()).unwrap()),
        ("no audience", raw(pair, header(), without("aud"))),
        ("no issuer", raw(pair, header(), without("iss"))),
        ("another audience", keys.signer.sign(&Claims { aud: "elsewhere".into(), ..claims() }).unwrap()),
        ("expired", keys.signer.sign(&Claims { exp: NOW - LEEWAY - 1, ..claims() }).unwrap()),
        ("not valid yet", keys.signer.sign(&Claims { nbf: NOW + LEEWAY + 1, ..claims() }).unwrap()),
        (
            "refresh token",
            raw(pair, json!({ "alg": "EdDSA", "typ": "refresh+jwt", "kid": "k1" }), good.clone()),
        ),
        ("identity token", raw(pair, json!({ "alg": "EdDSA", "typ": "JWT", "kid": "k1" }), good)),
    ];
    for (name, token) in forged {
        assert!(keys.verifier.verify_access(&token, NOW).is_err(), "{name}");
    }
}

#[test]
fn a_key_speaks_only_for_its_kinds() {
    let keys = keys();
    let token = keys.signer.sign(&Claims { kind: Kind::Service, ..claims() }).unwrap();
    assert!(matches!(keys.verifier.verify_access(&token, NOW), Err(Refused::Kind)));
    let service = Verifier::new(
        "https://city.example",
        "city",
        [PublicKey {
            kid: "k1".into(),
            key: keys.pair.public_key().as_ref().to_vec(),
            speaks_for: SpeaksFor::Service("notify".into()),
            until: None,
        }],
    );
    let notify = Claims { kind: Kind::Service, sub: service_subject("notify"), ..claims() };
    assert!(service.verify_access(&keys.signer.sign(&notify).unwrap(), NOW).is_ok());
    let reports = Claims { sub: service_subject("reports"), ..notify };
    assert!(matches!(service.verify_access(&keys.signer.sign(&reports).unwrap(), NOW), Err(Refused::Kind)));
    let bare_staff = keys.signer.sign(&Claims { kind: Kind::Staff, ..claims() }).unwrap();
    assert!(matches!(keys.verifier.verify_access(&bare_staff, NOW), Err(Refused::Kind)));
    let known = Some(ResidentClaims { acr: Level::Email, former: Vec::new() });
    let resident = Claims { resident: known.clone(), ..claims() };
    assert!(keys.verifier.verify_access(&keys.signer.sign(&resident).unwrap(), NOW).is_ok());
    let service = Claims { kind: Kind::Service, sub: service_subject("notify"), ..resident };
    assert!(matches!(
        keys.verifier.verify_access(&keys.signer.sign(&service).unwrap(), NOW),
        Err(Refused::Kind)
    ));
}

#[test]
fn no_flipped_bit_passes() {
    let keys = keys();
    let token = keys.signer.sign(&claims()).unwrap();
    for place in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[place] ^= 1;
        if let Ok(flipped) = String::from_utf8(bytes) {
            let verdict = keys.verifier.verify_access(&flipped, NOW);
            assert!(verdict.is_err(), "bit of sign {place}");
        }
    }
}

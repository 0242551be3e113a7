use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use proto::auth::{Bearer, PublicKey, ResidentClaims, SpeaksFor, Verifier};
use serde_json::Value;

use crate::tests::city;

#[tokio::test]
async fn a_token_holds_with_nothing_but_the_published_key() {
    let city = city().await;
    let answer = city.anyone().get("/.well-known/jwks.json").await.assert_status(200);
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300"));
    let set: Value = answer.json();
    let key = &set["keys"][0];
    for (name, value) in [("kty", "OKP"), ("crv", "Ed25519"), ("alg", "EdDSA"), ("use", "sig")] {
        assert_eq!(key[name], value);
    }
    assert!(key["d"].is_null(), "a private key");

    let app = city.app(crate::SERVICE);
    let token =
        app.keys.sign("device", Bearer::Resident(ResidentClaims::default()), city.clock.now(), 60).unwrap();
    let public = PublicKey {
        kid: key["kid"].as_str().unwrap().to_owned(),
        key: BASE64_URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap(),
        speaks_for: SpeaksFor::People,
        until: None,
    };
    let verifier = Verifier::new(city.pack.city.base_url.as_str(), &city.pack.city.ags, [public]);
    assert!(verifier.verify_access(&token, city.clock.now().timestamp()).is_ok());
}

//! Who a resident says they are: as much as the service asks for, and no more.

use kit::mail::{Address, parse_address};
use kit::pack::{ContactRule, Pack};
use proto::problem::FieldError;
use proto::reports::{NewContact, Purpose};
use serde::{Deserialize, Serialize};

/// Who a resident is, checked.
#[derive(Clone, Debug)]
pub struct Addressee<'a> {
    /// Where the answer goes.
    pub email: Option<Address>,
    /// In which language.
    pub language: &'a str,
    /// What all of this may be used for.
    pub purpose: Purpose,
    /// Who has seen it.
    pub witness: Option<Witness>,
}

/// A person who has seen something and says so with their name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// First and last name.
    pub name: String,
    /// Where letters reach them.
    pub postal_address: String,
}

/// What `contact` says under `rule`, or everything that is wrong with it.
pub fn of<'a>(
    contact: Option<&NewContact>,
    rule: ContactRule,
    city: &'a Pack,
) -> Result<Option<Addressee<'a>>, Vec<FieldError>> {
    let fault = |pointer: &str, code: &str| FieldError::new(pointer, code);
    match (rule, contact) {
        (ContactRule::None | ContactRule::Optional, None) => Ok(None),
        (ContactRule::None, Some(_)) => Err(vec![fault("/contact", "not-asked")]),
        (ContactRule::Optional, Some(contact)) => {
            let given =
                [("/contact/name", &contact.name), ("/contact/postal_address", &contact.postal_address)];
            let too_much = given.into_iter().filter(|(_, text)| has_words(text));
            let mut faults: Vec<FieldError> =
                too_much.map(|(pointer, _)| fault(pointer, "not-asked")).collect();
            if contact.purpose != Purpose::Answer {
                faults.push(fault("/contact/purpose", "purpose-unfit"));
            }
            if contact.email.is_none() {
                faults.push(fault("/contact/email", "required"));
            }
            let checked = checked(contact, city, &mut faults);
            if faults.is_empty() { Ok(checked) } else { Err(faults) }
        }
        (ContactRule::RequiredWithName, None) => {
            Err(vec![fault("/contact/name", "required"), fault("/contact/postal_address", "required")])
        }
        (ContactRule::RequiredWithName, Some(contact)) => {
            let needed =
                [("/contact/name", &contact.name), ("/contact/postal_address", &contact.postal_address)];
            let missing = needed.into_iter().filter(|(_, text)| !has_words(text));
            let mut faults: Vec<FieldError> =
                missing.map(|(pointer, _)| fault(pointer, "required")).collect();
            if contact.purpose != Purpose::Witness {
                faults.push(fault("/contact/purpose", "purpose-unfit"));
            }
            let checked = checked(contact, city, &mut faults);
            if faults.is_empty() { Ok(checked) } else { Err(faults) }
        }
    }
}

/// Mail address and language, which are wrong in the same way under every rule.
fn checked<'a>(contact: &NewContact, city: &'a Pack, faults: &mut Vec<FieldError>) -> Option<Addressee<'a>> {
    let email = match contact.email.as_deref().map(parse_address) {
        Some(Ok(address)) => Some(address),
        Some(Err(_)) => {
            faults.push(FieldError::new("/contact/email", "email-invalid"));
            None
        }
        None => None,
    };
    let languages = city.languages();
    let language = match &contact.language {
        Some(wanted) => languages.iter().find(|language| *language == wanted),
        None => languages.first(),
    };
    if language.is_none() {
        faults.push(FieldError::new("/contact/language", "language-unknown"));
    }
    let words = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let witness = words(&contact.name)
        .zip(words(&contact.postal_address))
        .map(|(name, postal_address)| Witness { name, postal_address });
    Some(Addressee { email, language: language?, purpose: contact.purpose, witness })
}

fn has_words(text: &Option<String>) -> bool {
    text.as_deref().is_some_and(|text| !text.trim().is_empty())
}

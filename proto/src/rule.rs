//! Rules of single fields, named beside the field with garde.
//!
//! A rule answers with the code of its sentence in `problem.ftl`, and a figure after a colon.

/// Plain text of at most `N` characters, without control characters except line breaks and tabs.
pub fn plain_text<const N: usize>(text: &str, _: &()) -> garde::Result {
    if text.chars().count() > N {
        return Err(garde::Error::new(format!("too-long:{N}")));
    }
    if text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t')) {
        return Err(garde::Error::new("control-characters"));
    }
    Ok(())
}

/// As [`plain_text`], where a text is given.
pub fn optional_plain_text<const N: usize>(text: &Option<String>, context: &()) -> garde::Result {
    text.as_deref().map_or(Ok(()), |text| plain_text::<N>(text, context))
}

/// Plain text with at least one visible character.
pub fn some_text<const N: usize>(text: &str, context: &()) -> garde::Result {
    if text.trim().is_empty() {
        return Err(garde::Error::new("empty"));
    }
    plain_text::<N>(text, context)
}

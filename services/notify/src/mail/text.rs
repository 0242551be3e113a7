//! A mail as plain text.

use super::words::Words;

/// Writes the words as plain text: short paragraphs, each link on a line of its own.
pub fn text(words: &Words) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(words.demonstration.clone());
    parts.push(words.greeting.clone());
    parts.push(words.lead.clone());
    if let Some((intro, note)) = &words.note {
        parts.push(format!("{intro}\n{}", quoted(note)));
    }
    let facts = words.facts.iter().map(|(name, value)| format!("{name}: {value}"));
    parts.push(facts.collect::<Vec<_>>().join("\n"));
    parts.push(words.next.clone());
    let (label, url) = &words.link;
    parts.push(format!("{label}:\n{url}\n{}", words.care));
    parts.push(format!("{}\n{}", words.closing, words.sender));
    let (label, url) = &words.unsubscribe;
    // The line that mail programs know as the start of what is not part of the message.
    parts.push(format!("-- \n{}\n{label}:\n{url}", words.why));
    parts.join("\n\n") + "\n"
}

/// The city's own words, set in, so that they cannot pass for a part of the form.
fn quoted(note: &str) -> String {
    note.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

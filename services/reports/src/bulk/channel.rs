//! How a request reached the city.

/// How a request reached the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Filed over the API by an app.
    App,
    /// A form on the city's pages.
    Web,
    /// A mail.
    Email,
    /// A call.
    Phone,
    /// A message to the city on a social network.
    SocialMedia,
    /// Said to the mayor in the hour for residents.
    MayorsHour,
    /// Said at a counter.
    InPerson,
    /// On paper.
    Letter,
}

impl Channel {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Web => "web",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::SocialMedia => "social_media",
            Self::MayorsHour => "mayors_hour",
            Self::InPerson => "in_person",
            Self::Letter => "letter",
        }
    }

    /// Whether somebody at the city has to be at work to receive it.
    pub fn needs_office(self) -> bool {
        matches!(self, Self::Phone | Self::MayorsHour | Self::InPerson | Self::Letter)
    }
}

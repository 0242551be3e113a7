//! How the caller signed in. There is no identity header: each service checks the bearer itself.

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;
use proto::auth::{Claims, Kind, Level};
use proto::{Problem, Timestamp};

use crate::Error;
use crate::app::App;
use crate::db::{Caller, Context};
use crate::rights::{Action, Rights, Thing};

/// A resident: a device that has exchanged its secret for a token, or the person who signed in on it.
#[derive(Clone, Debug)]
pub struct Resident {
    /// The device or person under this service's pseudonym.
    pub subject: String,
    /// Earlier pseudonyms of the same person: what they did then is theirs.
    pub former: Vec<String>,
    /// How sure the city is who it is.
    pub level: Level,
}

/// A member of staff.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The id that accounts knows.
    pub staff_id: proto::StaffId,
    /// The member of staff under this service's pseudonym.
    pub subject: String,
    /// The name that colleagues see.
    pub name: String,
    /// The department's key.
    pub department: String,
    /// The role that is named in events: the first one.
    pub role: String,
    /// All roles, as keys in the city pack.
    pub roles: Vec<String>,
    /// What the roles grant.
    pub rights: Rights,
    /// Until when the token holds; what goes on for longer asks anew.
    pub until: Timestamp,
}

/// Another service of the same city.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The service's name.
    pub service: String,
}

/// A caller of whom nothing is asked: perhaps a device, perhaps nobody.
#[derive(Clone, Debug)]
pub struct Anyone(pub Option<Resident>);

/// A caller whose view widens with the way they signed in.
#[derive(Clone, Debug)]
pub enum Viewer {
    /// The public, with or without a device.
    Anyone(Anyone),
    /// A member of staff.
    Staff(Box<Staff>),
}

fn signed_out() -> Error {
    Problem::new(401, "signed-out").into()
}

/// The claims of the bearer; no header is not a bad header.
fn claims(parts: &Parts, app: &App) -> Result<Option<Claims>, Error> {
    let Some(value) = parts.headers.get(AUTHORIZATION) else { return Ok(None) };
    let token = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(signed_out)?;
    let refused = |refused| Error::caused(Problem::new(401, "signed-out"), refused);
    app.keys.verify(token, app.clock.now()).map(Some).map_err(refused)
}

fn staff(claims: Claims, app: &App) -> Result<Staff, Error> {
    let said = claims.staff.ok_or_else(signed_out)?;
    Ok(Staff {
        staff_id: claims.sub.parse().map_err(|_| signed_out())?,
        subject: app.keys.pseudonym(&claims.sub),
        rights: Rights::of(&app.city, &said),
        role: said.roles.first().cloned().unwrap_or_default(),
        roles: said.roles,
        name: said.name,
        department: said.department,
        until: Timestamp::from_timestamp(claims.exp, 0).ok_or_else(signed_out)?,
    })
}

fn resident(claims: Claims, app: &App) -> Resident {
    let known = claims.resident.unwrap_or_default();
    Resident {
        subject: app.keys.pseudonym(&claims.sub),
        former: known.former.iter().map(|subject| app.keys.pseudonym(subject)).collect(),
        level: known.acr,
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        match claims(parts, app)? {
            None => Ok(Self::Anyone(Anyone(None))),
            Some(claims) if claims.kind == Kind::Resident => {
                Ok(Self::Anyone(Anyone(Some(resident(claims, app)))))
            }
            Some(claims) if claims.kind == Kind::Staff => Ok(Self::Staff(Box::new(staff(claims, app)?))),
            Some(_) => Err(signed_out()),
        }
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Error;

    /// Staff who use a public route are the public there.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        match Viewer::from_request_parts(parts, app).await? {
            Viewer::Anyone(anyone) => Ok(anyone),
            Viewer::Staff(_) => Ok(Self(None)),
        }
    }
}

impl FromRequestParts<App> for Resident {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        match Viewer::from_request_parts(parts, app).await? {
            Viewer::Anyone(Anyone(Some(resident))) => Ok(resident),
            Viewer::Anyone(Anyone(None)) => Err(signed_out()),
            Viewer::Staff(_) => Err(Problem::new(403, "not-allowed").into()),
        }
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        match Viewer::from_request_parts(parts, app).await? {
            Viewer::Staff(staff) => Ok(*staff),
            Viewer::Anyone(Anyone(None)) => Err(signed_out()),
            Viewer::Anyone(Anyone(Some(_))) => Err(Problem::new(403, "not-allowed").into()),
        }
    }
}

impl FromRequestParts<App> for Peer {
    type Rejection = Error;

    /// For everyone else the route does not exist.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        match claims(parts, app) {
            Ok(Some(claims)) if claims.kind == Kind::Service => {
                let service = claims.sub.strip_prefix("service:").ok_or_else(Problem::not_found)?;
                Ok(Self { service: service.to_owned() })
            }
            _ => Err(Problem::not_found().into()),
        }
    }
}

impl Resident {
    /// Every pseudonym under which the resident ever did anything here, the present one first.
    pub fn subjects(&self) -> Vec<String> {
        [std::slice::from_ref(&self.subject), &self.former].concat()
    }

    /// Refuses a resident of whom the city is less sure than `level`.
    pub fn require(&self, level: Level) -> Result<(), Error> {
        if self.level >= level { Ok(()) } else { Err(Problem::new(403, "level-too-low").into()) }
    }
}

impl Staff {
    /// Refuses what the member of staff sees but may not do.
    pub fn may(&self, action: Action, thing: &impl Thing) -> Result<(), Error> {
        if self.rights.allow(action, thing) { Ok(()) } else { Err(Problem::new(403, "not-allowed").into()) }
    }
}

impl Caller for Staff {
    fn context(&self) -> Context {
        Context {
            kind: "staff",
            subject: Some(self.subject.clone()),
            departments: self.rights.departments(),
            confidential: self.rights.confidential(),
            request: None,
            role: Some(self.role.clone()),
            department: Some(self.department.clone()),
        }
    }
}

impl Caller for Resident {
    fn context(&self) -> Context {
        Context { kind: "resident", subject: Some(self.subject.clone()), ..Context::default() }
    }
}

impl Caller for Anyone {
    fn context(&self) -> Context {
        self.0.as_ref().map_or(Context { kind: "anyone", ..Context::default() }, Caller::context)
    }
}

impl Caller for Viewer {
    fn context(&self) -> Context {
        match self {
            Self::Anyone(anyone) => anyone.context(),
            Self::Staff(staff) => staff.context(),
        }
    }
}

impl Caller for Peer {
    fn context(&self) -> Context {
        Context { kind: "service", subject: Some(format!("service:{}", self.service)), ..Context::default() }
    }
}

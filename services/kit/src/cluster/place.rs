//! Where a private cluster lives and which account its server runs as.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt, MetadataExt, chown},
    path::{Path, PathBuf},
};

use aws_lc_rs::digest::{SHA256, digest};
use nix::unistd::{Uid, User};

use super::ClusterError;

/// The port is only part of the socket's name; each cluster has a folder of its own for it.
pub(super) const PORT: &str = "5432";
/// A socket's path must fit into `sockaddr_un`, which holds 107 bytes.
const LONGEST_SOCKET: usize = 100;

/// The unprivileged account that the server runs as when root asks for it.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// The folders and files of one cluster.
#[derive(Clone, Debug)]
pub(super) struct Place {
    home: PathBuf,
    pub(super) socket: PathBuf,
    pub(super) lock: PathBuf,
    /// None when the server runs as whoever asks.
    pub(super) account: Option<Account>,
}

impl Place {
    /// Makes the folders of the cluster `name` under `state`.
    pub(super) fn prepare(state: &Path, name: &str) -> Result<Self, ClusterError> {
        fs::create_dir_all(state).map_err(ClusterError::io("create", state))?;
        let state = state.canonicalize().map_err(ClusterError::io("find", state))?;
        let lock = state.join(format!("{name}.lock"));
        let place = if Uid::effective().is_root() {
            // The server's account can often not enter the checkout: it may lie under /root.
            let home = Path::new("/var/lib/gladbeck").join(short_hash(&state.join(name)));
            Self { socket: home.join("socket"), home, lock, account: Some(unprivileged()?) }
        } else {
            let home = state.join(name);
            Self { socket: socket_folder(&home), home, lock, account: None }
        };
        place.create_private(&place.home)?;
        place.create_private(&place.socket)?;
        Ok(place)
    }

    /// The folder of the data.
    pub(super) fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// The log of the server's present run; the one before is kept beside it.
    pub(super) fn log(&self) -> PathBuf {
        self.home.join("server.log")
    }

    /// The socket that clients connect to.
    pub(super) fn socket_file(&self) -> PathBuf {
        self.socket.join(format!(".s.PGSQL.{PORT}"))
    }

    /// The file by which a server claims the socket.
    pub(super) fn socket_lock(&self) -> PathBuf {
        self.socket.join(format!(".s.PGSQL.{PORT}.lock"))
    }

    /// Replaces a file in the data folder.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<(), ClusterError> {
        let path = self.data().join(name);
        fs::write(&path, text).map_err(ClusterError::io("write", &path))
    }

    /// Removes data folders whose creation was cut short; what resists is left to the next time.
    pub(super) fn sweep_unfinished(&self) {
        let Ok(entries) = fs::read_dir(&self.home) else { return };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with("data.new.") {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Makes `folder` so that only the server's account (and root) can enter it.
    fn create_private(&self, folder: &Path) -> Result<(), ClusterError> {
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent).map_err(ClusterError::io("create", parent))?;
        }
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(ClusterError::io("create", folder)(error));
            }
            _ => {}
        }
        let owner = self.account.as_ref().map_or(Uid::effective().as_raw(), |account| account.uid);
        // No link is followed: in /tmp another account might have laid one.
        let found = fs::symlink_metadata(folder).map_err(ClusterError::io("look at", folder))?;
        let ours = found.uid() == owner || found.uid() == Uid::effective().as_raw();
        if !found.is_dir() || !ours || found.mode() & 0o077 != 0 {
            return Err(ClusterError::OpenToOthers { folder: folder.to_owned() });
        }
        match &self.account {
            Some(account) if found.uid() != owner => chown(folder, Some(account.uid), Some(account.gid))
                .map_err(ClusterError::io("hand over", folder)),
            _ => Ok(()),
        }
    }
}

/// Beside the data, unless that path is too long for a socket.
fn socket_folder(home: &Path) -> PathBuf {
    let beside = home.join("socket");
    if beside.as_os_str().len() + "/.s.PGSQL.5432".len() <= LONGEST_SOCKET {
        return beside;
    }
    let uid = Uid::effective();
    let runtime = PathBuf::from(format!("/run/user/{uid}"));
    let parent = if runtime.is_dir() { runtime } else { PathBuf::from("/tmp") };
    parent.join(format!("gladbeck-{uid}-{}", short_hash(home)))
}

fn unprivileged() -> Result<Account, ClusterError> {
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .map(|user| Account { uid: user.uid.as_raw(), gid: user.gid.as_raw() })
        .ok_or(ClusterError::NoAccount)
}

fn short_hash(path: &Path) -> String {
    hex::encode(&digest(&SHA256, path.as_os_str().as_encoded_bytes()).as_ref()[..6])
}

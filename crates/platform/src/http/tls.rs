//! The certificate that this process shows, read again when its files change.
//!
//! Invariants: a broken or half-replaced pair of files never replaces a good one (certificate and key are written one
//! after the other by the tools that renew them), it is tried again at the next look; open connections keep what they
//! began with. No C library: rustls with ring.

mod validity;

pub use validity::expires_at;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::config::TlsConfig;
use crate::telemetry::chain;

/// Renewed certificates come weeks before the old ones end; SIGHUP is for the impatient.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Why there is no certificate to show.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is missing, unreadable, or has no such thing in it.
    #[error("{key} = {path:?} holds no usable {what}; correct the path, its permissions or the file")]
    Unreadable {
        /// The key of the configuration.
        key: &'static str,
        /// Its value.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
        /// What the reader said.
        source: pem::Error,
    },
    /// The two files do not fit each other.
    #[error("tls.certificate and tls.key do not belong together; take both files of one certificate")]
    Mismatch(#[source] rustls::Error),
}

/// The certificate in force.
pub struct Certificate {
    files: TlsConfig,
    current: RwLock<Arc<ServerConfig>>,
}

impl Certificate {
    /// Reads the files once.
    ///
    /// # Errors
    /// A sentence with key, value and remedy.
    pub fn load(files: &TlsConfig) -> Result<Certificate, TlsError> {
        Ok(Certificate {
            files: files.clone(),
            current: RwLock::new(Arc::new(read(files)?)),
        })
    }

    /// What a handshake that begins now shall use.
    pub fn current(&self) -> Arc<ServerConfig> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Reads the files again; keeps the old certificate when they are not right.
    pub fn reload(&self) -> Result<(), TlsError> {
        let fresh = Arc::new(read(&self.files)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Follows the files until the token is cancelled: at SIGHUP, and when their times change.
    pub async fn follow(self: Arc<Certificate>, token: CancellationToken) -> io::Result<()> {
        let mut hangup = signal(SignalKind::hangup())?;
        let mut loaded = self.stamps();
        loop {
            let asked = tokio::select! {
                () = token.cancelled() => return Ok(()),
                _ = hangup.recv() => true,
                () = tokio::time::sleep(LOOK_EVERY) => false,
            };
            let stamps = self.stamps();
            if !asked && stamps == loaded {
                continue;
            }
            // Two small files, at most once a minute: less than a millisecond on this thread.
            match self.reload() {
                Ok(()) => {
                    loaded = stamps;
                    tracing::info!("took a new certificate");
                }
                Err(err) => tracing::warn!(error = %chain(&err), "kept the old certificate"),
            }
        }
    }

    fn stamps(&self) -> [Option<(SystemTime, u64)>; 2] {
        let stamp = |path: &Path| {
            let about = std::fs::metadata(path).ok()?;
            Some((about.modified().ok()?, about.len()))
        };
        [stamp(&self.files.certificate), stamp(&self.files.key)]
    }
}

fn read(files: &TlsConfig) -> Result<ServerConfig, TlsError> {
    let unreadable = |key, path: &PathBuf, what| {
        let path = path.clone();
        move |source| TlsError::Unreadable {
            key,
            path,
            what,
            source,
        }
    };
    let no_chain = || unreadable("tls.certificate", &files.certificate, "PEM certificate");
    let chain: Vec<CertificateDer> = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect)
        .map_err(no_chain())?;
    if chain.is_empty() {
        return Err(no_chain()(pem::Error::NoItemsFound));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(unreadable(
        "tls.key",
        &files.key,
        "unencrypted PEM private key",
    ))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(TlsError::Mismatch)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(TlsError::Mismatch)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_pair(folder: &Path, certificate: bool, key: bool) -> TlsConfig {
        let pair = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let files = TlsConfig {
            certificate: folder.join("cert.pem"),
            key: folder.join("key.pem"),
        };
        if certificate {
            std::fs::write(&files.certificate, pair.cert.pem()).unwrap();
        }
        if key {
            std::fs::write(&files.key, pair.signing_key.serialize_pem()).unwrap();
        }
        files
    }

    #[test]
    fn a_half_replaced_pair_does_not_replace_a_good_one() {
        let folder = tempfile::tempdir().unwrap();
        let certificate = Certificate::load(&write_pair(folder.path(), true, true)).unwrap();
        let first = certificate.current();

        write_pair(folder.path(), true, false);
        assert!(matches!(certificate.reload(), Err(TlsError::Mismatch(_))));
        assert!(Arc::ptr_eq(&first, &certificate.current()));

        write_pair(folder.path(), true, true);
        certificate.reload().unwrap();
        assert!(!Arc::ptr_eq(&first, &certificate.current()));
    }

    #[test]
    fn errors_name_key_value_and_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = write_pair(folder.path(), true, true);
        std::fs::write(folder.path().join("empty.pem"), "").unwrap();
        files.certificate = folder.path().join("empty.pem");
        let err = Certificate::load(&files).err().unwrap().to_string();
        assert!(
            err.contains("tls.certificate = ") && err.contains("empty.pem") && err.contains("correct"),
            "{err}"
        );
        files.key = folder.path().join("absent.pem");
        files.certificate = folder.path().join("cert.pem");
        let err = Certificate::load(&files).err().unwrap().to_string();
        assert!(err.contains("tls.key = ") && err.contains("absent.pem"), "{err}");
    }
}

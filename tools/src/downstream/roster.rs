//! The listings of all servers, and the catalog made of them.
//!
//! Owns that the catalog is rebuilt away from the tasks that change a listing, that a burst of
//! changes costs few rebuilds, and that whoever made a change can wait until it is visible. Start
//! at [`Roster::update`].

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::catalog::{Catalog, ServerListing};

/// What is known of the servers, in the order of the configuration.
pub(super) struct Roster {
    listings: Mutex<Listings>,
    changed: Notify,
    published: watch::Sender<Published>,
    stop: CancellationToken,
}

struct Listings {
    version: u64,
    servers: Vec<Arc<ServerListing>>,
}

/// A catalog, and the version of the listings it was made of.
#[derive(Clone)]
pub(super) struct Published {
    version: u64,
    pub(super) catalog: Arc<Catalog>,
}

impl Roster {
    pub(super) fn new(servers: Vec<ServerListing>, stop: CancellationToken) -> Roster {
        let catalog = Arc::new(Catalog::new(servers.clone()));
        Roster {
            listings: Mutex::new(Listings {
                version: 0,
                servers: servers.into_iter().map(Arc::new).collect(),
            }),
            changed: Notify::new(),
            published: watch::Sender::new(Published {
                version: 0,
                catalog,
            }),
            stop,
        }
    }

    pub(super) fn catalog(&self) -> Arc<Catalog> {
        self.published.borrow().catalog.clone()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Published> {
        self.published.subscribe()
    }

    /// Changes one listing and waits until the catalog shows it, or all is being stopped.
    pub(super) async fn update(&self, index: usize, change: impl FnOnce(&mut ServerListing)) {
        let version = {
            let mut listings = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(listing) = listings.servers.get_mut(index) else {
                return;
            };
            change(Arc::make_mut(listing));
            listings.version += 1;
            listings.version
        };
        self.changed.notify_one();
        let mut published = self.published.subscribe();
        tokio::select! {
            _ = published.wait_for(|published| published.version >= version) => {}
            () = self.stop.cancelled() => {}
        }
    }

    /// Rebuilds the catalog after every change, until stopped.
    pub(super) async fn publish(self: Arc<Self>) {
        loop {
            tokio::select! {
                () = self.changed.notified() => {}
                () = self.stop.cancelled() => return,
            }
            let (version, servers) = {
                let listings = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
                (listings.version, listings.servers.clone())
            };
            let built = tokio::task::spawn_blocking(move || {
                Catalog::new(
                    servers
                        .iter()
                        .map(|listing| ServerListing::clone(listing))
                        .collect(),
                )
            })
            .await;
            match built {
                Ok(catalog) => {
                    self.published.send_replace(Published {
                        version,
                        catalog: Arc::new(catalog),
                    });
                }
                Err(error) => {
                    tracing::error!(target: "downstream", %error, "the catalog could not be rebuilt");
                    self.published
                        .send_modify(|published| published.version = version);
                }
            }
        }
    }
}

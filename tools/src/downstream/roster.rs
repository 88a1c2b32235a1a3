//! The listings of all servers, and the catalog made of them.
//!
//! Owns that the catalog is rebuilt away from the tasks that change a listing, that a burst of
//! changes costs few rebuilds, and that whoever made a change can wait until it is visible. Start
//! at [`Roster::update`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::catalog::{Catalog, ServerListing};

/// How long nothing changes before the index of a catalog is built.
const REST: Duration = Duration::from_millis(100);

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

    /// Rebuilds the catalog after every change, until stopped, and what searches need
    /// once changes have come to rest.
    pub(super) async fn publish(self: Arc<Self>) {
        let mut prepared = false;
        loop {
            tokio::select! {
                () = self.changed.notified() => {}
                () = tokio::time::sleep(REST), if !prepared => {
                    prepared = true;
                    let catalog = self.catalog();
                    drop(tokio::task::spawn_blocking(move || catalog.prepare_search()));
                    continue;
                }
                () = self.stop.cancelled() => return,
            }
            prepared = false;
            let (version, servers) = {
                let listings = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
                (listings.version, listings.servers.clone())
            };
            let before = self.catalog();
            let built = tokio::task::spawn_blocking(move || {
                let listings = servers.iter().map(|one| ServerListing::clone(one));
                Catalog::following(&before, listings.collect())
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

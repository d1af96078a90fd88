//! What the product asks of rooms in this process.

use std::sync::Arc;
use std::time::Instant;

use sfu::proto;

use super::Running;
use super::host::Host;
use crate::metrics::RoomMetrics;
use crate::{Grants, MediaError, MediaEvent, OpenRoom, Spoken};
use tokio::sync::broadcast;

impl Running {
    pub async fn open(&self, room: &str, options: &OpenRoom) -> Result<proto::Room, MediaError> {
        let home = self.registry.open(room, options).await?;
        let info = self.registry.within(home, |host, _| host.info()).await?;
        info.ok_or(MediaError::NoRoom)
    }

    pub async fn close(&self, room: &str) -> Result<(), MediaError> {
        self.registry.revoke(room, "");
        self.registry.ask(room, Host::close).await
    }

    pub async fn rooms(&self) -> Result<Vec<proto::Room>, MediaError> {
        let mut rooms = Vec::new();
        for name in self.registry.names() {
            match self.registry.ask(&name, |host, _| host.info()).await {
                Ok(info) => rooms.push(info),
                // It ended while the others were asked.
                Err(MediaError::NoRoom) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(rooms)
    }

    pub async fn people(&self, room: &str) -> Result<Vec<proto::ParticipantInfo>, MediaError> {
        self.registry.ask(room, |host, _| host.participants()).await
    }

    pub async fn spoken(&self, room: &str) -> Result<Vec<Spoken>, MediaError> {
        let asked = self.registry.ask(room, |host, _| {
            let spoken: Vec<_> = host.room().spoken().collect();
            let known = spoken.into_iter().filter_map(|(id, spoke)| {
                let info = host.participant(id)?;
                Some(Spoken {
                    identity: info.identity,
                    sid: info.sid,
                    spoke,
                })
            });
            known.collect()
        });
        asked.await
    }

    pub async fn remove(&self, room: &str, identity: &str) -> Result<(), MediaError> {
        // First, so that nobody slips in between.
        self.registry.revoke(room, identity);
        let removed = self.with_person(room, identity, |host, now, id| host.room().expel(now, id));
        removed.await
    }

    pub async fn mute(&self, room: &str, identity: &str, sid: &str, muted: bool) -> Result<(), MediaError> {
        if !muted {
            return Err(MediaError::CannotUnmute);
        }
        let sid = sid.to_owned();
        let muted = self.with_person(room, identity, move |host, now, id| {
            host.room().mute_track(now, id, &sid)
        });
        if muted.await? {
            Ok(())
        } else {
            Err(MediaError::NoTrack)
        }
    }

    pub async fn set_grants(&self, room: &str, identity: &str, grants: &Grants) -> Result<(), MediaError> {
        // An older ticket would give back what is taken here.
        self.registry.revoke(room, identity);
        let grants = sfu::Grants::from(grants);
        self.with_person(room, identity, |host, now, id| {
            host.room().set_grants(now, id, grants)
        })
        .await
    }

    pub async fn send(&self, room: &str, packet: proto::DataPacket) -> Result<(), MediaError> {
        self.registry
            .ask(room, move |host, now| host.room().send_data(now, &packet))
            .await
    }

    pub async fn set_metadata(&self, room: &str, metadata: &str) -> Result<proto::Room, MediaError> {
        let metadata = metadata.to_owned();
        let changed = self.registry.ask(room, move |host, _| {
            host.room().set_metadata(metadata);
            host.info()
        });
        changed.await
    }

    pub fn events(&self) -> broadcast::Receiver<MediaEvent> {
        self.registry.events.subscribe()
    }

    pub fn webhooks(&self) -> broadcast::Receiver<Arc<proto::WebhookEvent>> {
        self.registry.webhooks.subscribe()
    }

    pub fn metrics(&self) -> Vec<RoomMetrics> {
        self.registry.metrics()
    }

    async fn with_person<T: Send + 'static>(
        &self,
        room: &str,
        identity: &str,
        work: impl FnOnce(&mut Host, Instant, sfu::MemberId) -> T + Send + 'static,
    ) -> Result<T, MediaError> {
        let identity = identity.to_owned();
        let done = self.registry.ask(room, move |host, now| {
            let id = host.find(&identity)?;
            Some(work(host, now, id))
        });
        done.await?.ok_or(MediaError::NoParticipant)
    }
}

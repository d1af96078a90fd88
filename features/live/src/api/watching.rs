//! How the rooms do, for administrators.

use crate::{
    model::Error,
    rooms::Rooms,
    store::watching::{Place, list_places},
    wire::{LivePlace, LiveRoom, LiveRooms},
};
use accounts::Administrator;
use axum::extract::State;
use base::Timestamp;
use media::{Media, RoomMetrics};
use platform::{
    app::App,
    db::Tx,
    http::{extract::Json, problem::Problem},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Rooms on one screen.
const ROOMS_SHOWN: usize = 200;

/// The door has asked whether they are an administrator.
pub(crate) async fn list(State(app): State<App>, _: Administrator) -> Result<Json<LiveRooms>, Problem> {
    let media = Rooms::find(&app).and_then(Rooms::media);
    let place = match media {
        None => LivePlace::Nowhere,
        Some(media) if media.client_url().is_some() => LivePlace::Elsewhere,
        Some(_) => LivePlace::Here,
    };
    let mut metrics = media.map(Media::metrics).unwrap_or_default();
    metrics.sort_by_key(|room| (std::cmp::Reverse(room.participants), room.age));
    if metrics.is_empty() {
        return Ok(Json(LiveRooms {
            place,
            rooms: Vec::new(),
        }));
    }
    let read = |tx: &mut dyn Tx| Ok::<_, Error>(list_places(tx)?);
    let places = app.db.read(read).await?.into_iter();
    let mut places: HashMap<Uuid, Place> = places.map(|place| (place.room, place)).collect();
    let now = app.clock.now();
    // Rooms of nobody's session are those in which somebody tries their line.
    let rooms = metrics.iter().filter_map(|metrics| {
        let place = places.remove(&metrics.room.parse().ok()?)?;
        Some(room(place, metrics, now))
    });
    Ok(Json(LiveRooms {
        place,
        rooms: rooms.take(ROOMS_SHOWN).collect(),
    }))
}

fn room(place: Place, metrics: &RoomMetrics, now: Timestamp) -> LiveRoom {
    let ms = |duration: std::time::Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let lines = metrics.lines;
    LiveRoom {
        live_id: place.live,
        breakout_id: place.breakout,
        channel_id: place.channel,
        channel_name: place.name,
        channel_kind: place.kind,
        space_name: place.space,
        since: now.before(metrics.age),
        n_people: metrics.participants as u64,
        packets_in_per_s: metrics.packets_in_per_s,
        packets_out_per_s: metrics.packets_out_per_s,
        lost_up_permille: lines.lost_up_permille,
        lost_down_permille: lines.lost_down_permille,
        round_trip_ms: ms(lines.round_trip),
        longest_round_trip_ms: ms(lines.longest_round_trip),
        n_tcp: lines.n_tcp as u64,
        n_relayed: lines.n_relayed as u64,
        n_paused: lines.n_paused as u64,
    }
}

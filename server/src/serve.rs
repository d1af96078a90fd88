//! `antiphon serve`: from the configuration to a running server, and to its orderly end.

use crate::{app, assets, health, openapi};
use anyhow::{Context, Result};
use platform::{
    app::App,
    clock::Clock,
    config::Config,
    http::{layers::layers, serve::Server},
    telemetry::{ReadyCheck, health_routes},
};
use std::time::Duration;

/// How long running requests and jobs get at the end.
const DRAIN: Duration = Duration::from_secs(20);

/// Runs until a signal comes.
pub async fn serve(config: Config) -> Result<()> {
    let server = Server::bind(&config).context("the address cannot be served")?;
    let parts = app::parts(&config);
    let features = parts.features.clone();
    let started = tokio::task::spawn_blocking(move || App::start(config, Clock::system(), parts));
    let app = started.await.context("the start broke off")??;
    accounts::keep(&app);
    bots::keep(&app);
    notify::keep(&app);
    numbers::keep(&app);
    links::keep(&app);
    exports::keep(&app);
    health::keep(&app);
    app.start_jobs();
    files::start(&app);
    later::start(&app);
    app.shutdown.on_signals().context("signals cannot be received")?;
    let media = match live::start(&app).await {
        Ok(router) => router,
        // Everything else goes on; going live is refused with words.
        Err(reason) => {
            tracing::warn!(reason = %reason, "there are no live sessions");
            Default::default()
        }
    };
    let router = app
        .routes(&features)
        .merge(media)
        .merge(openapi::routes())
        .merge(health_routes(app.metrics.clone(), vec![database_check(&app)]))
        .fallback(assets::serve);
    watch_hub(&app);
    greet(&app).await?;
    let router = layers(router, &app.config, &app.metrics);
    server.run(router, &app.metrics, &app.shutdown).await;
    app.shutdown.drain(DRAIN).await;
    Ok(())
}

/// One line for the person at the terminal, with the link for the first owner while there is none.
async fn greet(app: &App) -> Result<()> {
    let url = &app.config.public_url;
    match spaces::offer_setup(app)
        .await
        .context("the set-up link cannot be written down")?
    {
        Some(token) => {
            println!(
                "Antiphon runs at {url} - set it up with this one-time link: {url}/setup/{}",
                token.as_str()
            );
        }
        None => println!("Antiphon runs at {url}"),
    }
    tracing::info!("started to serve");
    Ok(())
}

fn database_check(app: &App) -> ReadyCheck {
    let db = app.db.clone();
    ReadyCheck::new("database", move || {
        let db = db.clone();
        async move {
            let asked = db.read(|tx| accounts::find_workspace(tx).map(|_| ())).await;
            asked.map_err(|error| error.to_string())
        }
    })
}

/// Shows how many people are connected and how much goes out to them.
fn watch_hub(app: &App) {
    let connections = app.metrics.gauge("sockets", "Open sockets");
    let deliveries = app
        .metrics
        .gauge("deliveries", "Events given to sockets since the start");
    let (hub, stop) = (app.hub.clone(), app.shutdown.token.clone());
    app.shutdown.spawn("watch the hub", async move {
        let mut tick = tokio::time::interval(Duration::from_secs(5));
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                () = stop.cancelled() => return,
            }
            connections.set(i64::try_from(hub.n_connections()).unwrap_or(i64::MAX));
            deliveries.set(i64::try_from(hub.n_delivered()).unwrap_or(i64::MAX));
        }
    });
}

//! Numbers for Prometheus.
//!
//! Invariants: every label has few values, all chosen by us (patterns of paths, methods, states), so no client can grow
//! the registry; names begin with `antiphon_`, except the usual ones of a process.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};

/// The content type of [`Metrics::encode`].
pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Seconds: from a row in the cache (1 ms) to the time limit of a request (30 s).
const DURATION_BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];

/// All metrics of one process. Clones are the same.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    in_flight: Gauge,
}

/// Counts one request as running until it is dropped, also when its client goes away.
pub(crate) struct InFlight(Gauge);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    method: &'static str,
    route: String,
}

impl Metrics {
    /// An empty registry with the metrics of HTTP and of the process.
    pub fn new() -> Metrics {
        let metrics = Metrics {
            registry: Arc::new(Mutex::new(Registry::default())),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(DURATION_BUCKETS)),
            in_flight: Gauge::default(),
        };
        metrics.register("http_requests", "Requests answered", metrics.requests.clone());
        metrics.register(
            "http_request_duration_seconds",
            "Time to the first byte",
            metrics.durations.clone(),
        );
        metrics.register(
            "http_requests_in_flight",
            "Requests being answered",
            metrics.in_flight.clone(),
        );
        metrics.lock().register_collector(Box::new(Process));
        metrics
    }

    /// Registers a counter `antiphon_<name>_total`. Each name is registered once in the life of a process.
    pub fn counter(&self, name: &str, help: &str) -> Counter {
        self.register(name, help, Counter::default())
    }

    /// Registers a gauge `antiphon_<name>`.
    pub fn gauge(&self, name: &str, help: &str) -> Gauge {
        self.register(name, help, Gauge::default())
    }

    /// Registers a histogram `antiphon_<name>` with these upper bounds. Units belong in the name.
    pub fn histogram(&self, name: &str, help: &str, buckets: &[f64]) -> Histogram {
        self.register(name, help, Histogram::new(buckets.iter().copied()))
    }

    /// Registers any other metric, such as a family with labels.
    pub fn register<M: Metric + Clone>(&self, name: &str, help: &str, metric: M) -> M {
        self.lock()
            .register(format!("antiphon_{name}"), help, metric.clone());
        metric
    }

    /// All values as text for `/metrics`.
    pub fn encode(&self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut out, &self.lock());
        out
    }

    pub(crate) fn request_started(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    pub(crate) fn request_ended(
        &self,
        in_flight: InFlight,
        method: &'static str,
        route: &str,
        status: u16,
        duration: Duration,
    ) {
        drop(in_flight);
        let labels = RouteLabels {
            method,
            route: route.to_owned(),
        };
        self.durations
            .get_or_create(&labels)
            .observe(duration.as_secs_f64());
        self.requests
            .get_or_create(&RequestLabels {
                method,
                route: labels.route,
                status,
            })
            .inc();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Metrics")
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Memory and descriptors, read when somebody asks. Absent where there is no `/proc`.
#[derive(Debug)]
struct Process;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let mut gauge = |name: &str, help: &str, value: Option<u64>| {
            let Some(value) = value.and_then(|value| i64::try_from(value).ok()) else {
                return Ok(());
            };
            let gauge = ConstGauge::new(value);
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)
        };
        gauge("process_resident_memory_bytes", "Memory in use", resident_bytes())?;
        gauge("process_open_fds", "Open file descriptors", n_open_files())
    }
}

fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim()
        .trim_end_matches("kB")
        .trim()
        .parse::<u64>()
        .ok()
        .map(|kib| kib * 1_024)
}

fn n_open_files() -> Option<u64> {
    std::fs::read_dir("/proc/self/fd")
        .ok()
        .map(|entries| entries.count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registered_metrics_are_told() {
        let metrics = Metrics::new();
        metrics.counter("posts", "Messages posted").inc();
        metrics.gauge("sockets", "Open sockets").set(7);
        metrics
            .histogram("commit_seconds", "Time of a commit", &[0.1, 1.0])
            .observe(0.5);
        let in_flight = metrics.request_started();
        assert!(metrics.encode().contains("antiphon_http_requests_in_flight 1"));
        metrics.request_ended(
            in_flight,
            "GET",
            "/api/channels/{id}",
            200,
            Duration::from_millis(3),
        );

        let text = metrics.encode();
        for line in [
            "antiphon_posts_total 1",
            "antiphon_sockets 7",
            "antiphon_commit_seconds_bucket{le=\"1.0\"} 1",
            "antiphon_http_requests_in_flight 0",
            "antiphon_http_requests_total{method=\"GET\",route=\"/api/channels/{id}\",status=\"200\"} 1",
            "antiphon_http_request_duration_seconds_count{method=\"GET\",route=\"/api/channels/{id}\"} 1",
            "process_resident_memory_bytes ",
            "process_open_fds ",
            "# EOF",
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
    }

    #[test]
    fn a_request_whose_client_left_is_not_counted_as_running() {
        let metrics = Metrics::new();
        drop(metrics.request_started());
        assert!(metrics.encode().contains("antiphon_http_requests_in_flight 0"));
    }
}

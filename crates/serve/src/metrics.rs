//! Counters in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the histogram in seconds.
const BOUNDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0];

/// What the service has done since it started.
#[derive(Default)]
pub struct Metrics {
    /// Requests by route and status.
    requests: Mutex<BTreeMap<(String, u16), u64>>,
    seconds: Mutex<(f64, [u64; BOUNDS.len() + 1])>,
    documents: AtomicU64,
    mentions: AtomicU64,
}

impl Metrics {
    /// Counts a request. `route` is the route's pattern, so that the number of series is bounded.
    pub fn request(&self, route: &str, status: u16, took: Duration) {
        if let Ok(mut requests) = self.requests.lock() {
            *requests.entry((route.to_owned(), status)).or_default() += 1;
        }
        if let Ok(mut seconds) = self.seconds.lock() {
            let took = took.as_secs_f64();
            seconds.0 += took;
            let bucket = BOUNDS.iter().position(|bound| took <= *bound).unwrap_or(BOUNDS.len());
            seconds.1[bucket] += 1;
        }
    }

    /// Counts an answered document.
    pub fn document(&self, mentions: usize) {
        self.documents.fetch_add(1, Ordering::Relaxed);
        self.mentions.fetch_add(mentions as u64, Ordering::Relaxed);
    }

    /// The counters in Prometheus' text format 0.0.4.
    pub fn text(&self) -> String {
        let mut text = String::from("# TYPE toponym_http_requests_total counter\n");
        for ((route, status), count) in self.requests.lock().map(|requests| requests.clone()).unwrap_or_default() {
            let _ = writeln!(text, "toponym_http_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}");
        }
        text.push_str("# TYPE toponym_http_request_duration_seconds histogram\n");
        let (sum, buckets) = self.seconds.lock().map(|seconds| *seconds).unwrap_or_default();
        let mut total = 0;
        let bounds = BOUNDS.iter().map(ToString::to_string).chain(["+Inf".to_owned()]);
        for (bound, count) in bounds.zip(buckets) {
            total += count;
            let _ = writeln!(text, "toponym_http_request_duration_seconds_bucket{{le=\"{bound}\"}} {total}");
        }
        let _ = writeln!(text, "toponym_http_request_duration_seconds_sum {sum}");
        let _ = writeln!(text, "toponym_http_request_duration_seconds_count {total}");
        for (name, count) in [("documents", &self.documents), ("mentions", &self.mentions)] {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(text, "# TYPE toponym_{name}_total counter\ntoponym_{name}_total {count}");
        }
        text
    }
}

//! How the time that work takes grows, whatever else the machine is doing.

use std::time::{Duration, Instant};

/// How long this thread has been on a processor; where the system does not tell, the time since `start`.
fn spent(start: Instant) -> Duration {
    // Linux counts the nanoseconds on a processor first, then those of waiting for one.
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn time<T: ?Sized>(work: &impl Fn(&T), on: &T) -> Duration {
    let start = Instant::now();
    let before = spent(start);
    work(on);
    spent(start) - before
}

/// Below this the clock and the caches decide.
const LEAST: Duration = Duration::from_millis(10);

/// How often a time is taken; the least of them counts.
const RUNS: usize = 5;

/// Fails if work on something eight times as long takes more than 24 times as long: a step that goes with the length takes 8
/// times as long, one that goes with its square 64 times.
pub fn check<T: ?Sized>(what: &str, short: &T, long: &T, work: impl Fn(&T)) {
    // What is loaded on first use is not counted.
    work(short);
    let (mut least_short, mut least_long) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        least_short = least_short.min(time(&work, short));
        least_long = least_long.min(time(&work, long));
        println!("{what}: {least_short:?}, and eight times as long: {least_long:?}");
        if least_long < 24 * least_short.max(LEAST) {
            return;
        }
    }
    panic!("{what}: {least_short:?}, and eight times as long: {least_long:?}");
}

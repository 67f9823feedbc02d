//! A report as a table of text.

use super::group_by::GroupBy;
use super::report::{Group, Report};
use std::fmt::Write;

/// The rows of recognition: their titles, and the common beginning of the names of their metrics.
const RECOGNITION: [(&str, &str); 7] = [
    ("exact spans", "recognition.exact"),
    ("  demonyms left out", "recognition.exact_without_demonyms"),
    ("overlapping spans", "recognition.overlap"),
    ("  demonyms left out", "recognition.overlap_without_demonyms"),
    ("exact, kind place", "recognition.place"),
    ("exact, kind embedded", "recognition.embedded"),
    ("exact, kind demonym", "recognition.demonym"),
];

/// The rows of both tasks at once, likewise.
const END_TO_END: [(&str, &str); 3] = [
    ("exact span, within 161 km", "end_to_end.within_161_km"),
    ("  demonyms left out", "end_to_end.within_161_km_without_demonyms"),
    ("exact span, exact id", "end_to_end.exact_id"),
];

/// The rows of resolution: their titles and metrics.
const RESOLUTION: [(&str, &str); 8] = [
    ("within 161 km", "resolution.within_161_km"),
    ("within 25 miles", "resolution.within_25_miles"),
    ("AUC of the log error", "resolution.auc"),
    ("mean error, km", "resolution.mean_km"),
    ("median error, km", "resolution.median_km"),
    ("exact id", "resolution.exact_id"),
    ("unanswered", "resolution.unanswered"),
    ("candidate within 161 km", "resolution.candidate_recall"),
];

/// Largest number of groups shown; the JSON has all.
const MOST_GROUPS: usize = 40;

/// The table of a report, for people.
pub fn table(report: &Report) -> String {
    let mut out = String::new();
    let all = &report.all;
    let with_intervals = all.metrics.values().any(|measured| measured.interval.is_some());
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "{} documents, {} mentions wanted ({} with coordinates), {} found{}",
        all.documents,
        all.gold,
        all.gold_with_point,
        all.found,
        if with_intervals { "; in brackets 95 % confidence intervals" } else { "" }
    );
    let heading = |out: &mut String, title: &str| {
        let _ = writeln!(out, "\n{title:<32}{:>22}{:>22}{:>22}", "precision", "recall", "F1");
    };
    heading(&mut out, "Recognition");
    RECOGNITION.iter().for_each(|(name, metric)| three(&mut out, all, name, metric));
    let _ = writeln!(out, "\nResolution, given the mentions   ({} where both sides have an id)", all.with_ids);
    for (name, metric) in RESOLUTION {
        let _ = writeln!(out, "{name:<32}{:>22}", cell(all, metric));
    }
    heading(&mut out, "End to end");
    END_TO_END.iter().for_each(|(name, metric)| three(&mut out, all, name, metric));
    if let Some(by) = report.by {
        let _ = write!(out, "\n{}", groups(report, by));
    }
    out
}

fn three(out: &mut String, group: &Group, name: &str, metric: &str) {
    let cells = ["precision", "recall", "f1"].map(|part| cell(group, &format!("{metric}.{part}")));
    let line = format!("{name:<32}{:>22}{:>22}{:>22}", cells[0], cells[1], cells[2]);
    let _ = writeln!(out, "{}", line.trim_end());
}

/// The value of a metric with its interval, shares in per cent, errors in kilometres; empty if it is undefined.
fn cell(group: &Group, metric: &str) -> String {
    let Some(measured) = group.metrics.get(metric) else { return String::new() };
    let show = |value: f64| match () {
        () if metric.ends_with("_km") && !metric.contains("within") => format!("{value:.0}"),
        () if metric == "resolution.auc" => format!("{value:.3}"),
        () => format!("{:.1}", 100.0 * value),
    };
    let interval = measured.interval.map(|i| format!(" [{}, {}]", show(i.low), show(i.high)));
    show(measured.value) + &interval.unwrap_or_default()
}

/// One line for each group. Groups of features or countries have no precision, since a false positive has neither.
fn groups(report: &Report, by: GroupBy) -> String {
    let found = if by == GroupBy::Corpus { "f1" } else { "recall" };
    let columns = [
        ("exact", format!("recognition.exact.{found}")),
        ("no demonyms", format!("recognition.exact_without_demonyms.{found}")),
        ("161 km", "resolution.within_161_km".to_owned()),
        ("25 miles", "resolution.within_25_miles".to_owned()),
        ("AUC", "resolution.auc".to_owned()),
        ("median km", "resolution.median_km".to_owned()),
        ("exact id", "resolution.exact_id".to_owned()),
        ("end to end", format!("end_to_end.within_161_km.{found}")),
    ];
    let measure = if by == GroupBy::Corpus { "F1" } else { "recall" };
    let by = by.name();
    let mut out = format!("By {by}: {measure} of recognition and end to end, resolution given the mentions\n");
    let _ = write!(out, "{by:<24}{:>8}", "wanted");
    columns.iter().for_each(|(title, _)| {
        let _ = write!(out, "{title:>13}");
    });
    out.push('\n');
    for group in report.groups.iter().take(MOST_GROUPS) {
        let _ = write!(out, "{:<24}{:>8}", group.name, group.gold);
        for (_, metric) in &columns {
            let bare = cell(group, metric);
            let _ = write!(out, "{:>13}", bare.split(" [").next().unwrap_or(""));
        }
        out.push('\n');
    }
    if let Some(more) = report.groups.len().checked_sub(MOST_GROUPS + 1) {
        let _ = writeln!(out, "and {} more, all in the output of --json", more + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{cell, table};
    use crate::eval::{Group, Interval, Measured, Report};

    fn group(metric: &str, value: f64) -> Group {
        let interval = Some(Interval { low: value / 2.0, high: value });
        let metrics = [(metric.to_owned(), Measured { value, interval })].into_iter().collect();
        Group { name: "all".into(), documents: 1, gold: 2, gold_with_point: 2, with_ids: 1, found: 3, metrics }
    }

    #[test]
    fn shares_are_per_cent_and_errors_kilometres() {
        assert_eq!(cell(&group("resolution.within_161_km", 0.5), "resolution.within_161_km"), "50.0 [25.0, 50.0]");
        assert_eq!(cell(&group("resolution.mean_km", 12.3), "resolution.mean_km"), "12 [6, 12]");
        assert_eq!(cell(&group("resolution.auc", 0.25), "resolution.auc"), "0.250 [0.125, 0.250]");
        assert_eq!(cell(&group("resolution.auc", 0.25), "resolution.mean_km"), "");
    }

    #[test]
    fn the_table_names_its_sections() {
        let all = group("recognition.exact.f1", 0.8);
        let text = table(&Report { version: "1".into(), all, by: None, groups: Vec::new(), mentions: Vec::new() });
        for part in ["Recognition", "given the mentions", "End to end", "80.0 [40.0, 80.0]"] {
            assert!(text.contains(part), "{text}");
        }
    }
}

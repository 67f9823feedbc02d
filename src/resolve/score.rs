//! What the words next to a mention say for its candidates.

use crate::candidate::Candidate;
use crate::mention::Mention;

/// For each candidate of mention `at`, the score from the mention beside it: "Paris, Texas", "Sheikh Maqsoud in
/// Aleppo", "the Syrian city of Aleppo".
pub fn beside(text: &str, mentions: &[Mention<'_>], candidates: &[Vec<Candidate<'_>>], at: usize) -> Vec<f64> {
    let mut scores = vec![0.0; candidates[at].len()];
    // How the container stands to the name, from the gap between them.
    let links = [
        at.checked_add(1)
            .filter(|&next| next < mentions.len())
            .map(|next| (next, behind(gap(text, mentions, at, next)))),
        at.checked_sub(1).map(|before| (before, ahead(gap(text, mentions, before, at)))),
    ];
    for (container, strength) in links.into_iter().flatten().filter(|(_, strength)| *strength > 0.0) {
        for (score, candidate) in scores.iter_mut().zip(&candidates[at]) {
            let best = candidates[container]
                .iter()
                .take(8)
                .zip(0u8..)
                .find(|(whole, _)| whole.place.contains(&candidate.place));
            if let Some((_, order)) = best {
                *score += strength * 0.9f64.powi(i32::from(order));
            }
        }
    }
    scores
}

/// The candidate that the words beside a mention decide for, if they do.
pub fn decided(beside: &[f64]) -> Option<usize> {
    let strong = beside.iter().filter(|score| **score >= COMMA).count();
    beside.iter().position(|score| *score >= COMMA).filter(|_| strong < beside.len() || strong == 1)
}

/// "City, State".
const COMMA: f64 = 4.0;

fn gap<'t>(text: &'t str, mentions: &[Mention<'_>], a: usize, b: usize) -> &'t str {
    let (a, b) = (&mentions[a], &mentions[b]);
    text.get(a.end..b.start).filter(|gap| gap.len() <= 40).unwrap_or("~")
}

/// How strongly the gap behind a name says that what follows contains it.
fn behind(gap: &str) -> f64 {
    let words: Vec<&str> = gap.split_whitespace().collect();
    match words[..] {
        [","] => COMMA,
        ["("] | [",", "in"] | ["in"] => 3.0,
        ["in", ..] if words.len() <= 4 && !gap.contains(['.', ';', ',']) => 2.0,
        [.., "in" | "of"] if words.len() <= 4 && !gap.contains(['.', ';', ',']) => 1.5,
        _ => 0.0,
    }
}

/// How strongly the gap before a name says that what comes before contains it: "Aleppo's Sheikh Maqsoud", "the Syrian
/// city of Aleppo".
fn ahead(gap: &str) -> f64 {
    let words: Vec<&str> = gap.split_whitespace().collect();
    match words[..] {
        ["'s" | "’s"] => 3.0,
        [_, "of"] => 2.5,
        [] => 1.5,
        [_] if !gap.contains(['.', ';', ',', '-', '/']) && gap.trim() != "and" => 1.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{COMMA, ahead, behind, decided};

    #[test]
    fn gaps_tell_containers() {
        assert_eq!(behind(", "), COMMA);
        assert!(behind(" in ") > behind(" district in the city of "));
        assert_eq!(behind(". In "), 0.0);
        assert!(ahead(" city of ") > 0.0);
        assert_eq!(ahead(" and "), 0.0);
    }

    #[test]
    fn a_comma_decides_only_between_candidates() {
        assert_eq!(decided(&[0.0, COMMA, 0.0]), Some(1));
        assert_eq!(decided(&[COMMA, COMMA]), None);
        assert_eq!(decided(&[0.0, 1.0]), None);
    }
}

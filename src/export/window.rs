//! The sentence of a mention as it is shown: all of it, or a window round the mention where it is long. What is no prose, such as a
//! list of a hundred thousand names, is one sentence too, and every feature has its own.

use std::ops::Range;

/// Code points of the longest sentence that is shown.
pub const MOST_CHARS: usize = 500;

/// What stands where a sentence is cut.
const CUT: char = '…';

/// The sentence round a mention, both in bytes of `text`, white space made single. Of a sentence of more than [`MOST_CHARS`] code
/// points only that many are shown, whole words round the mention, with `…` at the ends that are cut.
pub fn window(text: &str, sentence: Range<usize>, mention: Range<usize>) -> String {
    let Some(whole) = text.get(sentence.clone()) else { return String::new() };
    let end = sentence.end.min(mention.end).max(sentence.start);
    let start = mention.start.clamp(sentence.start, end);
    let (Some(before), Some(within), Some(after)) =
        (text.get(sentence.start..start), text.get(start..end), text.get(end..sentence.end))
    else {
        return spaced(whole.chars()).take(MOST_CHARS).collect();
    };
    let middle: Vec<char> = spaced(within.chars()).take(MOST_CHARS + 1).collect();
    // One more of each than can be shown, so that what is cut is known to be.
    let most = MOST_CHARS.saturating_sub(middle.len());
    let mut left: Vec<char> = spaced(before.chars().rev()).take(most + 1).collect();
    left.reverse();
    let right: Vec<char> = spaced(after.chars()).take(most + 1).collect();
    if left.len() + middle.len() + right.len() <= MOST_CHARS {
        let all: String = left.into_iter().chain(middle).chain(right).collect();
        return all.trim().to_owned();
    }
    // Both ends may be cut, each with a mark and a space.
    let most = most.saturating_sub(4);
    let of_left = left.len().min((most / 2).max(most.saturating_sub(right.len())));
    let of_right = right.len().min(most - of_left);
    let (mut from, mut to) = (left.len() - of_left, of_right);
    // A word that is cut is left out, unless there is no other.
    if from > 0 && left[from - 1] != ' ' {
        from += left[from..].iter().position(|&c| c == ' ').map_or(0, |space| space + 1);
    }
    if to < right.len() && right[to] != ' ' {
        to = right[..to].iter().rposition(|&c| c == ' ').unwrap_or(to);
    }
    let mut shown = String::new();
    if from > 0 {
        shown.extend([CUT, ' ']);
    }
    let inner: String = left[from..].iter().chain(middle.iter().take(MOST_CHARS - 4)).chain(&right[..to]).collect();
    shown.push_str(inner.trim());
    if to < right.len() || middle.len() > MOST_CHARS - 4 {
        shown.extend([' ', CUT]);
    }
    shown
}

/// Characters with white space made single.
fn spaced(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut in_space = false;
    chars.filter_map(move |c| {
        let was = std::mem::replace(&mut in_space, c.is_whitespace());
        match (in_space, was) {
            (true, true) => None,
            (true, false) => Some(' '),
            (false, _) => Some(c),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST_CHARS, window};
    use proptest::prelude::*;

    fn shown(text: &str, name: &str) -> String {
        let at = text.find(name).expect("in the text");
        window(text, 0..text.len(), at..at + name.len())
    }

    #[test]
    fn short_sentences_are_whole_and_long_ones_are_cut_between_words() {
        assert_eq!(shown(" Shells  fell\non Aleppo. ", "Aleppo"), "Shells fell on Aleppo.");
        let long = format!("{}in Aleppo, {}", "words ".repeat(200), "more ".repeat(200));
        let cut = shown(&long, "Aleppo");
        assert!(cut.starts_with("… words ") && cut.ends_with(" more …"), "{cut}");
        assert!(cut.contains("words in Aleppo, more") && (480..=MOST_CHARS).contains(&cut.chars().count()), "{cut}");
        let first = shown(&format!("Aleppo, {}", "more ".repeat(200)), "Aleppo");
        assert!(first.starts_with("Aleppo, more") && first.ends_with("more …") && first.chars().count() > 480);
        let last = shown(&format!("{}Aleppo.", "words ".repeat(200)), "Aleppo");
        assert!(last.starts_with("… words") && last.ends_with("Aleppo.") && last.chars().count() > 480);
        let unspaced = shown(&format!("{}北京{}", "今天下雨".repeat(200), "明天下雨".repeat(200)), "北京");
        assert!(unspaced.starts_with("… ") && unspaced.contains("北京") && unspaced.chars().count() <= MOST_CHARS);
        assert_eq!(window("Aleppo", 0..99, 0..6), "");
        assert_eq!(window("In Aleppo.", 0..10, 50..60), "In Aleppo.");
    }

    proptest! {
        #[test]
        fn windows_hold_the_mention_and_no_more_than_they_may(
            before in "[a-zé北 ]{0,900}", name in "[A-ZÉ]{1,20}", after in "[a-zé北 \n]{0,900}",
        ) {
            let text = format!("{before}{name}{after}");
            let shown = window(&text, 0..text.len(), before.len()..before.len() + name.len());
            prop_assert!(shown.contains(&name));
            prop_assert!(shown.chars().count() <= MOST_CHARS);
            let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let inner = shown.trim_start_matches("… ").trim_end_matches(" …");
            prop_assert!(whole.contains(inner), "{inner:?} in {whole:?}");
            prop_assert!(whole.chars().count() > MOST_CHARS - 8 || shown == whole);
        }
    }
}

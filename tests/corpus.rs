//! Our own corpus, `data/corpus/`; `docs/ANNOTATION.md` is its guide.

use crate::support::root;
use std::collections::BTreeSet;

/// The parts of the English corpus with the number of their articles.
const PARTS: [(&str, usize); 3] = [("train", 181), ("dev", 44), ("test", 75)];

#[test]
fn every_article_is_read_without_an_error() {
    let mut ids = BTreeSet::new();
    for (part, count) in PARTS {
        let (documents, errors) = toponym::eval::read(&root("data/corpus/en").join(part));
        assert!(errors.is_empty(), "{part}: {}", errors[0]);
        assert_eq!(documents.len(), count, "{part}");
        for gold in &documents {
            let id = &gold.document.id;
            assert!(ids.insert(id.clone()), "{id} stands twice");
            assert!(!gold.toponyms.is_empty() || gold.names.is_some(), "{id} has no mark");
            let words = gold.document.text.split_whitespace().count();
            assert!((100..=380).contains(&words), "{id} has {words} words");
        }
    }
}

#[test]
fn what_is_held_out_is_never_learned_from() {
    let held_out = root("data/corpus/en/test");
    let refused = toponym::train::refuse_test_folder(&held_out).expect_err("it is held out").to_string();
    assert!(refused.contains("test"), "{refused}");
    toponym::train::refuse_test_folder(&root("data/corpus/en/train")).expect("it may be learned from");
}

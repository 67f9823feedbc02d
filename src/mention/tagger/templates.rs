//! The feature templates of the tagger.
//!
//! Names: the token is `word`, its neighbours are `word-1`, `word+1` and so on, within the sentence. `gazetteer` is the coarse
//! description of the gazetteer's longest name that the token is part of, `fine` the full one, `position` the token's place in
//! that name. `run` is the sequence of words with capitals that the token stands in.

use super::numbered::numbered;

numbered! {
    /// A feature template: the number of a template is mixed into the hash of each of its features.
    pub enum Template {
        /// No value: the prior of each label.
        Bias = 0, "bias";
        Word = 1, "word";
        WordBefore = 2, "word-1";
        WordAfter = 3, "word+1";
        WordBefore2 = 4, "word-2";
        WordAfter2 = 5, "word+2";
        WordBeforeWord = 6, "word-1 word";
        WordWordAfter = 7, "word word+1";
        WordsBefore = 8, "word-2 word-1";
        WordsAfter = 9, "word+1 word+2";
        ShapeStyle = 10, "shape style";
        Shapes = 11, "shape-1 shape shape+1";
        Suffix3 = 12, "suffix3";
        Suffix4Shape = 13, "suffix4 shape";
        Prefix3 = 14, "prefix3";
        /// Only in languages with proclitics: the word, and what is left of it without each that it may begin with.
        Stem = 48, "stem";
        Proclitic = 49, "proclitic gazetteer";
        RolesStyle = 15, "roles style";
        RolesShape = 16, "roles shape";
        RolesBefore = 17, "roles-2 roles-1";
        RolesAfter = 18, "roles+1 roles+2";
        RolesBeforeRoles = 19, "roles-1 roles";
        RolesRolesAfter = 20, "roles roles+1";
        Roles3 = 21, "roles-1 roles roles+1";
        FineStyle = 22, "fine style";
        GazetteerWordBefore = 23, "gazetteer word-1";
        GazetteerWordAfter = 24, "gazetteer word+1";
        GazetteerRoles = 25, "gazetteer roles";
        Gazetteer3 = 26, "gazetteer-1 gazetteer gazetteer+1";
        GazetteerShapeStyle = 27, "gazetteer shape style";
        RuleScore = 28, "rule-score position style";
        NameWordBefore = 29, "position word-before-name place-type";
        NameWordAfter = 30, "position word-after-name place-type";
        NameRolesRound = 31, "gazetteer roles-before-name roles-after-name";
        NameShapesRound = 32, "gazetteer shape-before-name shape-after-name";
        NameWordsAfter = 33, "position word-after-name word-after-that";
        NameAfterNext = 34, "gazetteer gazetteer-two-after-name word-after-name";
        Name = 35, "name position";
        NameInRunStyle = 36, "gazetteer run-ends style";
        NameInRunRoles = 37, "gazetteer run-ends roles-of-run-end";
        NameInRunWord = 38, "gazetteer run-ends word-of-run-end";
        RunStyle = 64, "run-position style";
        RunLastWord = 65, "run-position word-of-run-end";
        RunLastRoles = 66, "run-position roles-of-run-end";
        RunFirstWord = 67, "run-position word-of-run-start";
        RunFirstRoles = 68, "run-position roles-of-run-start";
        RunWordBefore = 69, "run-position word-before-run";
        RunWordAfter = 70, "run-position word-after-run";
        RunRolesRound = 71, "run-position gazetteer roles-before-run roles-after-run";
        RunLastGazetteer = 72, "word-of-run-end gazetteer";
        /// Only in an enumeration that a plural of a generic type ends: "Barrow, Jackson and Madison counties".
        RunInEnumeration = 80, "enumeration gazetteer run-position";
        /// Only in a dateline.
        RunInDateline = 81, "dateline gazetteer run-position";
        Usage = 96, "usage";
        UsageGazetteer = 97, "usage gazetteer";
        UsageShapeRoles = 98, "usage shape roles";
        /// One feature for each way in which the document uses the word; the number of the way is added to the template's.
        EachUsage = 100, "each-usage gazetteer";
    }
}

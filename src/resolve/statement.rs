//! What the text says outright of each mention, before anything is weighed: the place it lies in, what the items of a list are, and the
//! type that a plural gives them ("Barrow, Jackson and Madison counties"). It limits the candidates among which the model chooses.

use super::allowed::Allowed;
use super::contrast;
use super::enumerated;
use super::facility::{Facility, facility};
use super::headed;
use super::rows;
use super::sequence::{self, Element, Level, bears, holds_unknown, is_in};
use crate::candidate::{Candidate, Form};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::gap::{Gap, Separator, word_follows};
use crate::mention::{Kind, Mention, postcode};
use crate::text::language::FeatureTypes;
use crate::text::lexicon::Roles;
use crate::text::{Kind as TokenKind, Token, Words};
use rustc_hash::{FxHashMap, FxHashSet};

/// What the text says of a mention.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// The candidates that agree with it; [`Allowed::ALL`] where it says nothing.
    pub allowed: Allowed,
    /// Index of the mention in or beside which it lies, if that is all that is known of it.
    pub place_of: Option<usize>,
    /// Whether it is an item of a list: its neighbours do not contain it.
    pub is_item: bool,
    /// Whether the same name elsewhere in the document is the same place: what is limited as the container of another or as an item of a
    /// list may be something else there, such as Washington in "Spokane, Washington".
    pub holds_elsewhere: bool,
}

impl Statement {
    const NOTHING: Statement =
        Statement { allowed: Allowed::ALL, place_of: None, is_item: false, holds_elsewhere: true };
}

/// The mentions of a document with the candidates of their names.
pub struct Names<'a, 'g> {
    pub words: &'a Words<'a>,
    pub mentions: &'a [Mention<'g>],
    names: &'a [Vec<Candidate<'g>>],
    name_of: &'a [usize],
    facilities: Vec<Option<Facility>>,
    /// How often each sentence has each name.
    counts: FxHashMap<(usize, usize), usize>,
}

impl<'a, 'g> Names<'a, 'g> {
    pub fn candidates(&self, mention: usize) -> &'a [Candidate<'g>] {
        &self.names[self.name_of[mention]]
    }

    fn element(&self, mention: usize, separator: Option<Separator>) -> Element<'a, 'g> {
        let facility = self.facilities[mention].is_some();
        let goes_on = word_follows(self.words, &self.mentions[mention]);
        let is_repeated = self.is_repeated(mention);
        Element { candidates: self.candidates(mention), facility, separator, goes_on, is_repeated, is_of_two: false }
    }

    /// Whether its sentence has the name of a mention more than once.
    pub fn is_repeated(&self, mention: usize) -> bool {
        self.counts[&self.occurrence(mention)] > 1
    }

    /// Whether a mention is a street at the end of a line, and the next line begins with the next mention: the first line of an address.
    fn is_street_above(&self, mention: usize) -> bool {
        let [own, next] = &self.mentions[mention..=mention + 1] else { return false };
        let between = self.words.text.get(own.end..next.start).unwrap_or("");
        let line_ends = between.contains('\n') && between.trim_matches([' ', ',', '\n', '\r', '\t']).is_empty();
        line_ends && self.facilities[mention] == Some(Facility::Street)
    }

    /// Whether what stands behind a mention says whose place it is: "Manchester, a Jamaican parish", "Roma, the Texas border town".
    fn is_called_of(&self, mention: usize) -> bool {
        let (own, adjective) = (&self.mentions[mention], &self.mentions[mention + 1]);
        let between = own.last + 1..adjective.first;
        let article = between.len() == 2 && self.words.tokens[between.start].kind == TokenKind::Comma;
        let of_place = |at: usize| {
            let types = self.words.language().generic_types.behind(self.words.key(at));
            let settlement = types.intersects(FeatureTypes::SETTLEMENT);
            settlement || types.has_division() && adjective.kind == Kind::Demonym
        };
        let small = |at: &usize| self.words.tokens.get(*at).is_some_and(Token::is_word) && !self.words.has_capital(*at);
        article && (adjective.last + 1..adjective.last + 3).take_while(small).any(of_place)
    }

    /// Whether a clause behind a mention ends in the next one, with a word such as "in": "Cuenca, perched above a gorge in Spain".
    fn is_told_apart(&self, mention: usize) -> bool {
        let (own, next) = (&self.mentions[mention], &self.mentions[mention + 1]);
        let between = own.last + 1..next.first;
        let comma = |at: usize| self.words.tokens[at].kind == TokenKind::Comma;
        let before = self.words.phrase_before(next.first, Roles::PLACE_BEFORE).is_some();
        let rest = between.clone().skip(1);
        let opens = between.clone().next().is_some_and(comma);
        opens
            && before
            && rest.clone().count() <= MOST_BETWEEN
            && rest.into_iter().all(|at| self.words.tokens[at].is_word())
    }

    /// Whether a candidate of a mention, of those for which this holds, lies in a place.
    pub fn has_inside(&self, mention: usize, whole: &PlaceRef<'_>, fits: impl Fn(&Candidate<'_>) -> bool) -> bool {
        self.candidates(mention).iter().any(|own| fits(own) && whole.contains(&own.place))
    }

    /// Whether two mentions have one name in one sentence.
    pub fn is_same(&self, one: usize, other: usize) -> bool {
        self.occurrence(one) == self.occurrence(other)
    }

    /// The sentence of a mention, and its name.
    fn occurrence(&self, mention: usize) -> (usize, usize) {
        (self.words.tokens[self.mentions[mention].first].sentence, self.name_of[mention])
    }
}

/// Words between a name and the container that tells it from its namesake, at most.
const MOST_BETWEEN: usize = 8;

/// What the text says of each of its mentions, which are in its order, with the gaps behind all but the last, the candidates of each
/// distinct name, and the index of each mention's name.
pub fn statements<'a, 'g>(
    words: &'a Words<'a>,
    mentions: &'a [Mention<'g>],
    gaps: &[Gap],
    names: &'a [Vec<Candidate<'g>>],
    name_of: &'a [usize],
) -> Vec<Statement> {
    let facility = |(mention, &name): (&Mention<'g>, &usize)| {
        let number = mention.first.checked_sub(1).is_some_and(|at| words.tokens[at].kind == TokenKind::Number);
        // "508 Cumberland St."
        let numbered = (number && !names[name].iter().any(bears)).then_some(Facility::Street);
        // "Valley Center" is a town.
        let town = |own: &Candidate<'_>| own.form == Form::Exact && own.place.class() == 'P';
        let named = facility(words.language(), &mention.name);
        named.filter(|kind| *kind == Facility::Street || !names[name].iter().any(town)).or(numbered)
    };
    let facilities = mentions.iter().zip(name_of).map(facility).collect();
    let mut names = Names { words, mentions, names, name_of, facilities, counts: FxHashMap::default() };
    for at in 0..mentions.len() {
        *names.counts.entry(names.occurrence(at)).or_default() += 1;
    }
    let mut statements = vec![Statement::NOTHING; mentions.len()];
    let mut within = stated_outright(&names, gaps);
    read_sequences(&names, gaps, &mut within, &mut statements);
    rows::read_rows(&names, gaps, &mut within);
    headed::read_lists(&names, gaps, &mut within);
    headed::read_lines(&names, &mut within);
    enumerated::type_enumerations(&names, gaps, &mut within, &mut statements);
    for (at, mention) in mentions.iter().enumerate() {
        if let Some(country) = postcode::country(words.text, mention.start..mention.end) {
            let inside = Allowed::those(names.candidates(at), |own| own.place.country() == country);
            statements[at].allowed = statements[at].allowed.or_fewer(inside);
        }
    }
    for at in 0..mentions.len() {
        settle(&names, &within, at, &mut statements, 0);
    }
    for (at, gap) in gaps.iter().enumerate() {
        if names.is_street_above(at) && statements[at].place_of.is_none() {
            statements[at] = Statement { allowed: Allowed::NONE, place_of: Some(at + 1), ..statements[at] };
        }
        let unknown = !names.candidates(at).iter().any(bears);
        if unknown && gap.near > 0.0 && statements[at].place_of.is_none() {
            statements[at].place_of = Some(at + 1);
        }
    }
    contrast::set_apart(&names, &mut statements);
    statements
}

/// The mention in which each mention lies in so many words: "Paris in Texas", "Henderson (New Zealand)", "Ohio's Springfield".
fn stated_outright(names: &Names<'_, '_>, gaps: &[Gap]) -> Vec<Option<usize>> {
    let mut within = vec![None; names.mentions.len()];
    for (at, gap) in gaps.iter().enumerate() {
        let holds = |own: usize, container: usize| {
            // No clause begins within such words.
            let container = Element { goes_on: false, ..names.element(container, None) };
            // Nor are the two items of a list: "the Colombian city of Armenia".
            Element { is_of_two: true, ..names.element(own, None) }.cost_within(&container).is_some()
        };
        let demonym = names.mentions[at + 1].kind == Kind::Demonym;
        if gap.is_outright_behind() && !demonym && holds(at, at + 1) {
            within[at] = Some(at + 1);
        } else if gap.is_outright_before() && holds(at + 1, at) {
            within[at + 1] = Some(at);
        } else if (demonym || gap.separator.is_none()) && names.is_called_of(at) && holds(at, at + 1)
            || names.is_repeated(at) && names.is_told_apart(at) && holds(at, at + 1)
        {
            within[at] = Some(at + 1);
        }
    }
    within
}

/// Reads the sequences of mentions that only separators stand between.
fn read_sequences(names: &Names<'_, '_>, gaps: &[Gap], within: &mut [Option<usize>], statements: &mut [Statement]) {
    let mut start = 0;
    while start < names.mentions.len() {
        let links = |at: &usize| gaps[*at].separator.is_some() && names.mentions[at + 1].kind != Kind::Demonym;
        let end = start + 1 + (start..gaps.len()).take_while(links).count();
        if end > start + 1 && names.mentions[start].kind != Kind::Demonym {
            let separator = |at: usize| at.checked_sub(1).filter(|_| at > start).and_then(|gap| gaps[gap].separator);
            let is_of_two = end - start == 2 && gaps[start].separator == Some(Separator::Comma);
            let element = |at: usize| Element { is_of_two, ..names.element(at, separator(at)) };
            let elements: Vec<Element<'_, '_>> = (start..end).map(element).collect();
            let is_of_the_world = end - start == names.mentions.len() && countries(&elements) >= OF_THE_WORLD;
            for (at, place) in sequence::read(&elements).into_iter().enumerate() {
                let (at, candidates) = (start + at, elements[at].candidates);
                within[at] = within[at].or(place.within.map(|container| start + container));
                statements[at].is_item = place.is_item;
                if let Some(level) = place.level {
                    statements[at].allowed = of_level(candidates, level);
                    // "Suzhou, Mogadishu, Goyang and Gwangju" and no more: whoever lists the world means the best known of each name.
                    if is_of_the_world && level == Level::Settlement {
                        let best = candidates.iter().find(|own| bears(own) && level.has(&own.place));
                        let least = best.map_or(0.0, |best| best.prior - AS_WELL_KNOWN);
                        let well_known = Allowed::those(candidates, |own| own.prior >= least);
                        statements[at].allowed = statements[at].allowed.or_fewer(well_known);
                    }
                    statements[at].holds_elsewhere = candidates.first().is_some_and(|best| level.has(&best.place));
                }
            }
        }
        start = end;
    }
}

/// A list of towns whose best known places lie in at least so many countries is one of the world.
const OF_THE_WORLD: usize = 3;

/// The number of countries in which the best known places of a sequence lie.
fn countries(elements: &[Element<'_, '_>]) -> usize {
    let countries = elements.iter().filter_map(|own| Some(own.candidates.first()?.place.country()));
    countries.collect::<FxHashSet<_>>().len()
}

/// Units of prominence below the best known place of its name within which another is as well known.
const AS_WELL_KNOWN: f64 = 0.5;

/// The candidates of a level. A city that is a country is of both levels: "Chiba, Singapore and Liaocheng".
fn of_level(candidates: &[Candidate<'_>], level: Level) -> Allowed {
    let capital = |country: &PlaceRef<'_>| {
        let mut capitals = candidates.iter().filter(|own| own.kind == NameKind::Primary && own.place.is_capital());
        capitals.any(|own| own.place.km_from(country) < CITY_STATE_KM)
    };
    let city_state = |own: &Candidate<'_>| {
        let country = own.kind == NameKind::Primary && own.place.is_country();
        level == Level::Settlement && country && capital(&own.place)
    };
    Allowed::those(candidates, |own| level.fits(own) || bears(own) && city_state(own))
}

/// Kilometres from the point of a country to that of a capital of its name within which the two are one city.
const CITY_STATE_KM: f64 = 50.0;

/// How alike a name must sound to that of a place in its container to be another spelling of it.
const SAME_SOUND: f32 = 0.92;

/// Containers in containers, at most.
const DEEPEST: usize = 6;

/// Limits a mention to the candidates in its container, and the container to the one that holds them, the outermost container first.
fn settle(names: &Names<'_, '_>, within: &[Option<usize>], at: usize, statements: &mut [Statement], depth: usize) {
    let Some(container) = within[at].filter(|_| depth < DEEPEST) else { return };
    settle(names, within, container, statements, depth + 1);
    let (own, whole) = (names.candidates(at), names.candidates(container));
    let (parts, wholes) = (statements[at].allowed.pick(own), statements[container].allowed.pick(whole));
    let is_repeated = names.is_repeated(at);
    // That the one lies in the other has been read already: two countries are a town and its country.
    let element = |candidates| Element {
        candidates,
        facility: false,
        separator: None,
        goes_on: false,
        is_repeated,
        is_of_two: true,
    };
    let street = names.facilities[at] == Some(Facility::Street);
    let pair = element(&parts).pair(&element(&wholes)).filter(|_| !street);
    let known = names.facilities[at].is_some() || own.iter().any(bears);
    let sounds = |own: &Candidate<'_>| !known && own.form == Form::Alike && own.likeness >= SAME_SOUND;
    let alike = Allowed::those(own, |own| sounds(own) && wholes.iter().any(|whole| whole.place.contains(&own.place)));
    match pair {
        Some((_, whole_at, _)) => {
            let holder = wholes[whole_at].place;
            let is_holder = |whole: &Candidate<'_>| whole.place.key() == holder.key();
            statements[container].allowed = statements[container].allowed.and(Allowed::those(whole, is_holder));
            if within[container].is_none() {
                statements[container].holds_elsewhere = whole.first().is_some_and(is_holder);
            }
            let inside = Allowed::those(own, |own| bears(own) && is_in(&own.place, &holder));
            let plain = Allowed::those(own, |own| own.form < Form::Extended);
            // "Cham, Germany" is the town that is called so, not one that was.
            let called = Allowed::those(own, |own| !own.is_by_other_name(&names.mentions[at].name));
            let inside = statements[at].allowed.and(inside);
            statements[at].holds_elsewhere = true;
            statements[at].allowed = inside.or_fewer(plain).or_fewer(called);
        }
        // "Pilott Knob, Mo.": a name that sounds like one of a place there.
        None if !alike.is_empty() => statements[at].allowed = alike,
        None if street || !own.iter().any(bears) => {
            // "The clinic in Balobudit, Benguela": a village lies in the division, not in its seat.
            let division = Allowed::those(whole, |whole| bears(whole) && holds_unknown(&whole.place));
            let division = statements[container].allowed.and(division);
            if names.facilities[at].is_none() && !division.is_empty() {
                statements[container].allowed = division;
                statements[container].holds_elsewhere = false;
            }
            statements[at].allowed = Allowed::NONE;
            statements[at].place_of = Some(container);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowed, Statement, statements};
    use crate::candidate::{Candidate, candidates};
    use crate::mention::gap::Gap;
    use crate::resolve::testing::Scene;

    /// What a text says of some of its names: the best candidate that is allowed, with its country and first-level division, and the
    /// name of the place where only that is known.
    fn stated(text: &'static str, names: &[&str]) -> Vec<String> {
        let scene = Scene::new(text);
        let (words, mentions) = (scene.words(), scene.mentions(names));
        let names: Vec<_> = mentions.iter().map(|mention| candidates(scene.gazetteer(), &words, mention)).collect();
        let name_of: Vec<usize> = (0..names.len()).collect();
        let gaps: Vec<Gap> = mentions.windows(2).map(|pair| Gap::new(&words, &pair[0], &pair[1])).collect();
        let all = statements(&words, &mentions, &gaps, &names, &name_of);
        let best = |names: &[Candidate<'_>], allowed: Allowed| {
            let best = names.iter().enumerate().find(|(at, _)| allowed.has(*at)).map(|(_, best)| best.place);
            best.map_or_else(String::new, |best| match best.division1() {
                Some(division) if !best.is_division1() => division.to_owned(),
                _ => best.name().to_owned(),
            })
        };
        let describe = |(names, Statement { allowed, place_of, .. }): (&Vec<Candidate<'_>>, &Statement)| match place_of
        {
            Some(place) => format!("at {}", mentions[*place].name),
            None if *allowed == Allowed::ALL => "open".to_owned(),
            None => best(names, *allowed),
        };
        names.iter().zip(&all).map(describe).collect()
    }

    #[test]
    fn containers_limit_names_and_names_their_containers() {
        for (text, names, expected) in [
            (
                "From Springfield, Ill.; Springfield, Mo.",
                &["Springfield", "Ill.", "Springfield", "Mo."][..],
                "US.IL Illinois US.MO Missouri",
            ),
            (
                "Whitehall in Pennsylvania to Whitehall in Ohio",
                &["Whitehall", "Pennsylvania", "Whitehall", "Ohio"],
                "US.PA Pennsylvania US.OH Ohio",
            ),
            ("Henderson (New Zealand) grew", &["Henderson", "New Zealand"], "NZ.E7 New Zealand"),
            (
                "Valley Center, KS and Valley Center, California",
                &["Valley Center", "KS", "Valley Center", "California"],
                "US.KS Kansas US.CA California",
            ),
            ("Jefferson County in Washington", &["Jefferson County", "Washington"], "US.WA Washington"),
            ("Ohio's Springfield", &["Ohio", "Springfield"], "Ohio US.OH"),
            ("Cameroon, Littoral, Douala", &["Cameroon", "Littoral", "Douala"], "Cameroon Littoral Region CM.05"),
        ] {
            assert_eq!(stated(text, names).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn items_of_lists_do_not_lie_in_each_other() {
        for (text, names, expected) in [
            (
                "Berlin, New York, Madrid and Dubai",
                &["Berlin", "New York", "Madrid", "Dubai"][..],
                "DE.16 US.NY ES.29 AE.03",
            ),
            (
                "Oklahoma, Nebraska, Washington and Iowa",
                &["Oklahoma", "Nebraska", "Washington", "Iowa"],
                "Oklahoma Nebraska Washington Iowa",
            ),
            ("Georgia, Armenia and Azerbaijan", &["Georgia", "Armenia", "Azerbaijan"], "Georgia Armenia Azerbaijan"),
            ("Berlin, Turkey, Madrid and Peru", &["Berlin", "Turkey", "Madrid", "Peru"], "open open open open"),
            ("Nairobi, Michigan", &["Nairobi", "Michigan"], "open open"),
        ] {
            assert_eq!(stated(text, names).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn enumerations_are_of_one_division() {
        let counties = |text, names: &[&str]| stated(text, names).join(" ");
        assert_eq!(
            counties("Clay, Columbia and Union counties in Florida", &["Clay", "Columbia", "Union", "Florida"]),
            "US.FL US.FL US.FL Florida"
        );
        assert_eq!(
            counties("counties in Ohio: Jefferson, Harrison and Knox", &["Ohio", "Jefferson", "Harrison", "Knox"]),
            "open US.OH US.OH US.OH"
        );
        let headed = ["Ohio", "Clark", "Greene"];
        assert_eq!(counties("In Ohio, Clark and Greene counties were flooded", &headed), "Ohio US.OH US.OH");
    }

    #[test]
    fn unknown_names_are_where_they_are_said_to_be() {
        assert_eq!(stated("the village of Xyzzy in Aleppo", &["Xyzzy", "Aleppo"])[0], "at aleppo");
        assert_eq!(stated("Xyzzy, a village in Syria", &["Xyzzy", "Syria"])[0], "at syria");
        assert_eq!(stated("Xyzzy, near Homs", &["Xyzzy", "Homs"])[0], "at homs");
        assert_eq!(
            stated("12 Oak Street, Easton, Pennsylvania", &["Oak Street", "Easton", "Pennsylvania"])[0],
            "at easton"
        );
    }
}

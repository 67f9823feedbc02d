//! Annotated documents in the variants that are learned from.

use super::hints;
use super::target::Gold;
use crate::eval::GoldDocument;
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::geoparser::given_in_context;
use crate::mention::{self, Mention};
use crate::resolve::Hint;
use crate::resolve::cluster::MentionCluster;
use crate::resolve::features::{CONTAINER_BEFORE, CONTAINER_BEHIND};
use crate::resolve::home::Home;
use crate::resolve::resolution_context::ResolutionContext;
use crate::text::{Tokens, Words};

/// What documents are read with.
pub struct Lookup<'g> {
    /// Where names are looked up.
    pub gazetteer: &'g Gazetteer,
    /// The same with more places, if there is such a one.
    pub stacked: Option<&'g Gazetteer>,
    /// What finds mentions besides those annotated: the recognisers of all languages.
    pub recognisers: Vec<mention::Model>,
}

/// A document in one of its variants.
pub struct TrainingDocument<'g> {
    /// Its clusters.
    pub context: ResolutionContext<'g>,
    /// Its corpus.
    pub corpus: String,
    /// The row of the tables that it is scored in: its corpus and its variant.
    pub label: String,
    /// Documents with the same key are in one fold: those of a publisher, or of an event, or the variants of one document.
    pub fold_key: String,
    /// How much each of its clusters counts.
    pub weight: f32,
    /// By mention: where the annotators say that it is.
    pub gold: Vec<Option<Gold>>,
    /// By mention: its folded name.
    pub names: Vec<String>,
    /// Number of annotations with coordinates that are no stretch of the text.
    pub lost: usize,
}

impl<'g> TrainingDocument<'g> {
    /// What the annotators say of the mentions of each cluster.
    pub fn gold_by_cluster(&self) -> Vec<Vec<&Gold>> {
        let mut by_cluster = vec![Vec::new(); self.context.clusters.len()];
        for (gold, &cluster) in self.gold.iter().zip(&self.context.cluster_of) {
            by_cluster[cluster].extend(gold);
        }
        by_cluster
    }

    /// The folded name of a cluster.
    pub fn name_of(&self, cluster: &MentionCluster<'g>) -> &str {
        cluster.first_mentions.first().map_or("", |&mention| &self.names[mention])
    }
}

/// How much a variant with a hint counts against the others: few readers give one.
const HINTED: f32 = 0.25;

/// How much the variant that lacks places counts, against all the others together. Few names in the news lack their place, and "in
/// Aleppo, Turkey backs them" looks the same; but few documents hold such a name at all.
const LACKING: f32 = 0.15;

/// How much the variant of a hinted name alone counts, against the variants of the whole document together.
const HINTED_NAME: f32 = 0.1;

/// The variants of a document, whose weights add up to `weight`: with the gazetteer and with the stacked one; each with nothing
/// known of its home, with its publisher if that is known, and with a hint. Two more variants count besides: one lacks places, and one
/// is a name alone with a hint.
pub fn variants<'g>(gold: &GoldDocument, weight: f32, lookup: &Lookup<'g>) -> Vec<TrainingDocument<'g>> {
    let document = &gold.document;
    let (tokens, language) = mention::read_tokens(&document.text, document.lang.as_deref());
    let (words, _) = mention::read_words(&document.text, &tokens, Some(&language));
    let recogniser = lookup.recognisers.iter().find(|model| model.knows(&language));
    let read = |gazetteer| Reading::new(gold, &tokens, &words, gazetteer, recogniser);
    let readings = [(Some(lookup.gazetteer), ""), (lookup.stacked, " stacked")];
    let readings: Vec<_> =
        readings.into_iter().filter_map(|(gazetteer, label)| Some((read(gazetteer?), label))).collect();
    let mut variants = Vec::new();
    for (reading, label) in &readings {
        variants.push(reading.variant(Home::default(), label));
        let home = |hint| Home::for_document(reading.gazetteer, &words, document, hint);
        // The publisher is not always known.
        let publisher = home(None);
        if publisher.is_known() {
            variants.push(reading.variant(publisher, &format!("{label} publisher")));
        }
        if let Some(hint) = hints::hint(&document.id, reading.gold.iter().flatten(), reading.gazetteer) {
            let hinted = reading.variant(home(Some(&hint)), &format!("{label} hint"));
            variants.push(TrainingDocument { weight: HINTED, ..hinted });
        }
    }
    let hinted_name = readings.first().and_then(|(reading, _)| reading.variant_of_hinted_name(" hinted name"));
    let lacking = readings.into_iter().next().and_then(|(reading, _)| reading.variant_lacking_places(" lacking"));
    let total: f32 = variants.iter().map(|variant| variant.weight).sum();
    variants.iter_mut().for_each(|variant| variant.weight *= weight / total);
    variants.extend(lacking.map(|lacking| TrainingDocument { weight: LACKING * weight, ..lacking }));
    variants.extend(hinted_name.map(|hinted| TrainingDocument { weight: HINTED_NAME * weight, ..hinted }));
    variants
}

/// A document read with a gazetteer.
struct Reading<'d, 'g> {
    document: &'d GoldDocument,
    words: &'d Words<'d>,
    gazetteer: &'g Gazetteer,
    /// Its mentions in the order of the text: those annotated, and what else is found.
    mentions: Vec<Mention<'g>>,
    /// By mention: where the annotators say that it is.
    gold: Vec<Option<Gold>>,
    /// Number of annotations with coordinates that are no stretch of the text.
    lost: usize,
}

/// Namesakes that a hint may be given of, the most prominent.
const NAMESAKES: usize = 4;

/// The strength of the gap from which on a container is taken for stated, in the variant that lacks places.
const STATED: f32 = 1.5;

impl<'d, 'g> Reading<'d, 'g> {
    fn new(
        document: &'d GoldDocument,
        tokens: &Tokens,
        words: &'d Words<'d>,
        gazetteer: &'g Gazetteer,
        recogniser: Option<&mention::Model>,
    ) -> Self {
        let GoldDocument { document: read, toponyms, .. } = document;
        let spans = read.byte_spans(toponyms.iter().map(|toponym| (toponym.span.start, toponym.span.end)));
        let given = given_in_context(read, tokens, words, &spans, gazetteer, recogniser);
        let lost = given.unplaced.iter().filter(|mention| toponyms[mention.order].point.is_some()).count();
        let gold = |order: Option<usize>| Gold::new(&toponyms[order?]);
        let mentions = given.mentions.into_iter().map(|(order, mention)| (gold(order), mention));
        let (gold, mentions) = mentions.unzip();
        Reading { document, words, gazetteer, mentions, gold, lost }
    }

    fn context(&self, home: Home<'g>) -> ResolutionContext<'g> {
        ResolutionContext::new(self.gazetteer, self.words, &self.mentions, home)
    }

    /// The variant with a home; `label` is its name behind that of the corpus.
    fn variant(&self, home: Home<'g>, label: &str) -> TrainingDocument<'g> {
        let meta = &self.document.document.meta;
        let event = meta.other.get("event").and_then(|event| event.as_str());
        let key = meta.domain.as_deref().or(event).unwrap_or(&self.document.document.id);
        TrainingDocument {
            context: self.context(home),
            label: format!("{}{label}", self.document.corpus),
            corpus: self.document.corpus.split('.').next().unwrap_or("").to_owned(),
            fold_key: key.trim_start_matches("www.").to_owned(),
            weight: 1.0,
            gold: self.gold.clone(),
            names: self.mentions.iter().map(|mention| mention.name.to_string()).collect(),
            lost: self.lost,
        }
    }

    /// The variant of an ambiguous name alone, without the rest of the text, and a hint of the region of one of its places other than
    /// the most prominent: nothing else says which is meant. `None` if no name is ambiguous.
    fn variant_of_hinted_name(&self, label: &str) -> Option<TrainingDocument<'g>> {
        let id = &self.document.document.id;
        let draw = |count: usize| crc32fast::hash(id.as_bytes()) as usize % count.max(1);
        let settlements = |mention: &Mention<'g>| {
            let places = mention.senses.iter().map(|(place, _)| *place).filter(|place| place.class() == 'P');
            let mut places: Vec<PlaceRef<'g>> = places.collect();
            places.sort_by(|a, b| b.prominence().total_cmp(&a.prominence()));
            places.truncate(NAMESAKES);
            places
        };
        let ambiguous: Vec<&Mention<'g>> =
            self.mentions.iter().filter(|mention| settlements(mention).len() > 1).collect();
        let mention = *ambiguous.get(draw(ambiguous.len()))?;
        let namesakes = settlements(mention);
        let meant = namesakes[1 + draw(namesakes.len() - 1)];
        let gold = Gold { point: (meant.lat(), meant.lon()), id: Some(meant.id()) };
        let hint = hints::hint(id, std::iter::once(&gold), self.gazetteer)?;
        // A hint of a country is one of the best known namesake there.
        let own = |place: &&PlaceRef<'g>| place.country() == meant.country();
        let best = namesakes.iter().find(own).filter(|_| matches!(hint, Hint::Country(_)));
        let gold = best.map_or(gold, |best| Gold { point: (best.lat(), best.lon()), id: Some(best.id()) });
        let home = Home::for_document(self.gazetteer, self.words, &self.document.document, Some(&hint));
        let mentions = std::slice::from_ref(mention);
        Some(TrainingDocument {
            context: ResolutionContext::new(self.gazetteer, self.words, mentions, home),
            gold: vec![Some(gold)],
            names: vec![mention.name.to_string()],
            lost: 0,
            ..self.variant(Home::default(), label)
        })
    }

    /// The variant in which the gazetteer lacks the places whose container stands beside their name, but has others of that name:
    /// "Moscow, Michigan". Only these count. `None` if there are none.
    fn variant_lacking_places(mut self, label: &str) -> Option<TrainingDocument<'g>> {
        let whole = self.context(Home::default());
        let stated = |cluster: &MentionCluster<'_>| {
            cluster.rows.iter().any(|row| row[CONTAINER_BEHIND].max(row[CONTAINER_BEFORE]) >= STATED)
        };
        for ((mention, gold), &cluster) in self.mentions.iter_mut().zip(&self.gold).zip(&whole.cluster_of) {
            let Some(gold) = gold.as_ref().filter(|_| stated(&whole.clusters[cluster])) else { continue };
            let far = |(place, _): &(PlaceRef<'g>, _)| !gold.is_near(place);
            if mention.senses.iter().any(far) {
                mention.senses = mention.senses.iter().filter(|sense| far(sense)).copied().collect();
            }
        }
        let mut variant = TrainingDocument { lost: 0, ..self.variant(Home::default(), label) };
        for (gold, &cluster) in variant.gold.iter_mut().zip(&variant.context.cluster_of) {
            *gold = gold.take().filter(|_| variant.context.clusters[cluster].stated_container.is_some());
        }
        variant.gold.iter().any(Option::is_some).then_some(variant)
    }
}

#[cfg(test)]
mod tests {
    use super::{LACKING, Lookup, variants};
    use crate::Document;
    use crate::document::Meta;
    use crate::eval::{Annotation, GoldDocument};

    fn gold(text: &str, domain: Option<&str>, names: &[(&str, f64, f64)]) -> GoldDocument {
        let meta = Meta { domain: domain.map(str::to_owned), ..Meta::default() };
        let annotation = |(name, lat, lon): &(&str, f64, f64)| {
            let start = text.find(name).expect("a name of the text");
            let (lat, lon) = (Some(*lat), Some(*lon));
            Annotation { start, end: start + name.len(), lat, lon, ..Annotation::default() }
        };
        let document = Document { meta, ..Document::new("1", text) };
        GoldDocument::new("news", document, names.iter().map(annotation).collect()).0
    }

    #[test]
    fn a_document_is_learned_from_in_variants() {
        let gazetteer = crate::embedded().expect("opens");
        let recognisers = crate::recognisers().expect("open");
        let lookup = Lookup { gazetteer: &gazetteer, stacked: Some(&gazetteer), recognisers };
        let text = "Rain fell in Springfield, Illinois, and in Xyzzy.";
        let names = [("Springfield", 39.8, -89.64), ("Illinois", 40.0, -89.0)];
        let variants = variants(&gold(text, Some("chicagotribune.com"), &names), 2.0, &lookup);
        let labels: Vec<&str> = variants.iter().map(|variant| variant.label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "news",
                "news publisher",
                "news hint",
                "news stacked",
                "news stacked publisher",
                "news stacked hint",
                "news lacking",
                "news hinted name"
            ]
        );
        let (whole, more) = variants.split_at(6);
        let [lacking, hinted] = more else { panic!("eight variants") };
        assert!((whole.iter().map(|variant| variant.weight).sum::<f32>() - 2.0).abs() < 1e-5);
        assert_eq!(lacking.weight, LACKING * 2.0);
        assert!(variants.iter().all(|variant| variant.fold_key == "chicagotribune.com"));
        assert!(whole.iter().all(|variant| variant.gold.iter().flatten().count() == 2));
        // One name alone, whose gold is where the hint says.
        let springfield = &hinted.context.clusters[0];
        let gold = hinted.gold[0].as_ref().expect("it has gold");
        let meant = (0..springfield.candidates.len()).find(|&at| gold.km(&springfield.candidates[at].place) < 1.0);
        assert_eq!(springfield.rows[meant.expect("is a candidate")][crate::resolve::features::HINTED], 1.0);
        // Without the right Springfield, that of another state is left, and Illinois is stated.
        assert_eq!(lacking.gold.iter().flatten().count(), 1);
        let springfield = &lacking.context.clusters[0];
        assert!(springfield.stated_container.is_some());
        assert!(springfield.candidates.iter().all(|candidate| candidate.place.division1() != Some("US.IL")));
    }

    #[test]
    fn without_points_there_is_nothing_to_hint_at_or_to_hide() {
        let gazetteer = crate::embedded().expect("opens");
        let recognisers = crate::recognisers().expect("open");
        let lookup = Lookup { gazetteer: &gazetteer, stacked: None, recognisers };
        let variants = variants(&gold("It rained.", None, &[]), 1.0, &lookup);
        assert_eq!(variants.iter().map(|variant| variant.label.as_str()).collect::<Vec<_>>(), ["news"]);
    }
}

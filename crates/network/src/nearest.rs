use std::cell::Cell;

/// Longest word for which a suggestion is looked for, bytes.
const WORD_MAX: usize = 64;

/// The known word nearest to one that is not known, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > WORD_MAX {
        return None;
    }
    let folded = word.to_lowercase();
    let length = word.chars().count();
    let allowed = (length / 3).clamp(1, 4).min(length.saturating_sub(1));
    known
        .into_iter()
        .filter(|k| k.len().abs_diff(word.len()) <= 8)
        .map(|k| (strsim::damerau_levenshtein(&folded, &k.to_lowercase()), k))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, k)| (*distance, k.len().abs_diff(word.len())))
        .map(|(_, k)| k)
}

/// Suggestions for words that are not known, as long as there are few of them.
///
/// Each costs a comparison with every known word, and a case can have as many wrong words as right
/// ones; after a hundred, somebody who reads the list has seen the pattern.
#[derive(Debug)]
pub struct Hints {
    left: Cell<usize>,
}

impl Default for Hints {
    fn default() -> Self {
        Self {
            left: Cell::new(100),
        }
    }
}

impl Hints {
    /// As [`nearest`], for a hundred words; after that, none.
    pub fn nearest<'a>(
        &self,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.left.set(self.left.get().checked_sub(1)?);
        nearest(word, known)
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn swapped_and_dropped_letters_are_near() {
        let known = ["N-71", "N-3", "asaluyeh"];
        assert_eq!(nearest("N-17", known), Some("N-71"));
        assert_eq!(nearest("Asaluye", known), Some("asaluyeh"));
        assert_eq!(nearest("karachi", known), None);
        assert_eq!(nearest("q", ["a"]), None);
    }
}

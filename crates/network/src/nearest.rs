/// The known word nearest to one that is not known, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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

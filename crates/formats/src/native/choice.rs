//! Words that stand for values, both ways.

/// A type whose values have names in a case file.
pub(super) trait Named: Sized {
    /// The value of a name.
    fn named(name: &str) -> Option<Self>;
    /// The name of a value; none for a value that is written in another way.
    fn name(&self) -> Option<&'static str>;
}

/// The words of a type: for the schema, for reading and for writing.
macro_rules! choices {
    ($table:ident: $type:ty { $($name:literal $value:path, $doc:literal;)+ }) => {
        const $table: &[Choice] = &[$(Choice { name: $name, doc: $doc }),+];

        impl crate::native::choice::Named for $type {
            fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some($value),)+
                    _ => None,
                }
            }

            #[allow(unreachable_patterns, clippy::allow_attributes, reason = "most types have no other values")]
            fn name(&self) -> Option<&'static str> {
                match self {
                    $($value => Some($name),)+
                    _ => None,
                }
            }
        }
    };
}
pub(super) use choices;

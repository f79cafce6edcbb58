//! One declaration per element: its table of keys, its reader and its writer.

/// Declares the schema of an element together with how it is read and written.
///
/// Each line is a member of the struct: `member: "key", kind, need, "what it is";`. Members that
/// need more than one key come in `also { member: module; }`, where the module has `FIELDS`,
/// `read(&Row) -> T` and `write(&T) -> Vec<(key, text)>`.
macro_rules! element {
    (
        $table:ident: $type:ident = $key:literal $name:literal, $doc:literal {
            $($member:ident: $fkey:literal, $kind:expr, $need:expr, $fdoc:literal;)*
        }
        $(also { $($other:ident: $module:ident;)* })?
        $(rules [$($rule:expr),* $(,)?])?
    ) => {
        pub(crate) static $table: Schema = Schema {
            key: $key,
            name: $name,
            doc: $doc,
            groups: &[
                HEADER,
                &[$(field($fkey, $kind, $need, $fdoc)),*],
                $($($module::FIELDS,)*)?
                &[SOURCE],
            ],
            spelling: EXACT,
            rules: &[$($($rule),*)?],
        };

        impl Element for $type {
            const KIND: ElementKind = ElementKind::$type;

            fn read(row: &Row) -> Self {
                Self {
                    header: header(row),
                    $($member: Member::at(row, $fkey),)*
                    $($($other: $module::read(row),)*)?
                }
            }

            fn write(&self) -> Vec<(&'static str, String)> {
                let mut out = write_header(&self.header);
                $(if let Some(text) = self.$member.put(&$kind) {
                    out.push(($fkey, text));
                })*
                $($(out.extend($module::write(&self.$other));)*)?
                out
            }
        }
    };
}
pub(super) use element;

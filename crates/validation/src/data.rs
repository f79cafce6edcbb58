//! Where the public networks and published cases are.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// What a comparison may fail with, in words.
pub type Outcome<T> = Result<T, String>;

/// The folder of public networks: `LINEPACK_DATA`, or `shared/data` beside the repository.
///
/// Errors: that it is not there, and what to set.
pub fn folder() -> Outcome<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var_os("LINEPACK_DATA").unwrap_or_else(|| default.into());
    let root = PathBuf::from(root);
    match root.is_dir() {
        true => Ok(root),
        false => Err(format!(
            "{} is not there; set LINEPACK_DATA to the folder of public networks",
            root.display()
        )),
    }
}

/// A published case, by the name of its file.
///
/// Errors: that it cannot be read.
pub(crate) fn published(name: &str) -> Outcome<Value> {
    json(&folder()?.join("../cases").join(name))
}

/// A JSON file.
///
/// Errors: that it cannot be read or is not JSON.
pub(crate) fn json(path: &Path) -> Outcome<Value> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// A number of an object.
///
/// Errors: that it is missing.
pub(crate) fn number(value: &Value, key: &str) -> Outcome<f64> {
    value[key]
        .as_f64()
        .ok_or_else(|| format!("`{key}` is not a number"))
}

/// The numbers of a list.
///
/// Errors: that it is none.
pub(crate) fn numbers(value: &Value) -> Outcome<Vec<f64>> {
    let list = value.as_array().ok_or("not a list")?.iter();
    let number = |v: &Value| v.as_f64().ok_or_else(|| "not a number".to_owned());
    list.map(number).collect()
}

/// The members of an object whose keys are numbers, in the order of these.
///
/// Errors: that it is no such object.
pub(crate) fn by_number(value: &Value) -> Outcome<Vec<(String, &Value)>> {
    let object = value.as_object().ok_or("not an object")?;
    let mut all = Vec::new();
    for (key, value) in object {
        let order: i64 = key.parse().map_err(|_| format!("`{key}` is no number"))?;
        all.push((order, key.clone(), value));
    }
    all.sort_by_key(|(order, ..)| *order);
    Ok(all
        .into_iter()
        .map(|(_, key, value)| (key, value))
        .collect())
}

//! Mistakes that need files, many values, or a case of their own.

use crate::{BASE, diagnostics, shown};
use linepack_formats::{Diagnostic, Selection, read};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The codes that these tests seed.
pub(crate) const CODES: [&str; 14] = [
    "LP0101", "LP0102", "LP0103", "LP0122", "LP0127", "LP0128", "LP0129", "LP0132", "LP0133",
    "LP0134", "LP0135", "LP0202", "LP0313", "LP0320",
];

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("writable");
    }
    folder
}

fn wrong(folder: &Path, selection: &Selection) -> Vec<(String, usize, &'static str)> {
    let diagnostics = match read(folder, selection) {
        Ok(loaded) => loaded.warnings,
        Err(diagnostics) => diagnostics,
    };
    let place = |d: &Diagnostic| {
        let name = d
            .file
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, d.line, d.code)
    };
    diagnostics.iter().map(place).collect()
}

/// The base, whose resistors stand in a CSV file.
fn with_table(name: &str) -> String {
    BASE.replace(
        "[[node]]\nid = \"field\"",
        &format!("[tables]\nresistor = \"{name}\"\n\n[[node]]\nid = \"field\""),
    )
}

fn line_of(text: &str, needle: &str) -> usize {
    text.split(needle)
        .next()
        .expect("a part")
        .matches('\n')
        .count()
        + 1
}

#[test]
fn a_file_of_no_known_format() {
    let folder = folder(&[("network.docx", "PK")]);
    let file = folder.path().join("network.docx");
    assert_eq!(
        wrong(&file, &Selection::default()),
        [("network.docx".to_owned(), 1, "LP0132")]
    );
}

/// A foreign file whose line 2 is no assignment, whose line 5 has a word for a number, and whose
/// line 7 means nothing to the format.
#[test]
fn mistakes_in_a_foreign_file() {
    let text = "function mgc = small
mgc.units
mgc.units = 'si';
mgc.gas_specific_gravity = 0.6;
mgc.temperature = warm;
mgc.specific_heat_capacity_ratio = 1.3; mgc.compressibility_factor = 1;
mgc.colour = 3;
";
    let folder = folder(&[("small.m", text)]);
    let found = wrong(&folder.path().join("small.m"), &Selection::default());
    let at = |line, code| ("small.m".to_owned(), line, code);
    let want = [at(2, "LP0133"), at(5, "LP0134"), at(7, "LP0135")];
    assert_eq!(found, want);
}

#[test]
fn a_folder_without_a_case() {
    let folder = folder(&[]);
    assert_eq!(
        wrong(folder.path(), &Selection::default()),
        [("case.toml".into(), 1, "LP0101")]
    );
}

#[test]
fn a_case_that_is_not_text() {
    let folder = folder(&[]);
    fs::write(folder.path().join("case.toml"), b"[case]\ntitle = \"\xff\"").expect("writable");
    assert_eq!(
        wrong(folder.path(), &Selection::default()),
        [("case.toml".into(), 1, "LP0102")]
    );
}

#[test]
fn a_case_of_9_megabytes() {
    let folder = folder(&[]);
    let file = fs::File::create(folder.path().join("case.toml")).expect("writable");
    file.set_len(9 << 20).expect("a sparse file");
    assert_eq!(
        wrong(folder.path(), &Selection::default()),
        [("case.toml".into(), 1, "LP0103")]
    );
}

#[test]
fn a_case_that_is_a_device() {
    let found = wrong(Path::new("/dev/zero"), &Selection::default());
    assert_eq!(found, [("zero".into(), 1, "LP0101")]);
}

#[test]
fn an_unknown_stage_on_the_command_line() {
    let folder = folder(&[("case.toml", BASE)]);
    let selection = Selection {
        stage: Some("later!".into()),
        ..Selection::default()
    };
    assert_eq!(
        wrong(folder.path(), &selection),
        [("command line".into(), 1, "LP0122")]
    );
}

#[test]
fn assignments_of_the_command_line() {
    let folder = folder(&[("case.toml", BASE)]);
    let set = [
        ("gate.openin", "1"),
        ("gate.opening", "2"),
        ("gata.opening", "1"),
        ("scenario.duration", "1"),
    ];
    let set = set
        .map(|(path, value)| (path.to_owned(), value.to_owned()))
        .to_vec();
    let found = wrong(
        folder.path(),
        &Selection {
            set,
            ..Selection::default()
        },
    );
    let codes = found
        .iter()
        .map(|(file, _, code)| (file.as_str(), *code))
        .collect::<Vec<_>>();
    let here = "command line";
    assert_eq!(
        codes,
        [
            (here, "LP0105"),
            (here, "LP0114"),
            (here, "LP0126"),
            (here, "LP0110")
        ]
    );
}

#[test]
fn tables_outside_of_the_folder() {
    for name in [
        "../elsewhere.csv",
        "/etc/passwd",
        "a/../../b.csv",
        "..\\\\b.csv",
        "",
        "missing.csv",
    ] {
        let text = with_table(name);
        let folder = folder(&[("case.toml", &text)]);
        let line = line_of(&text, "resistor = \"");
        let expected = [("case.toml".to_owned(), line, "LP0127")];
        assert_eq!(
            wrong(folder.path(), &Selection::default()),
            expected,
            "{name}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder() {
    let outside = folder(&[(
        "secret.csv",
        "id,from,to,pressure_loss [bar]\nr,middle,city,0.1\n",
    )]);
    let text = with_table("link.csv");
    let folder = folder(&[("case.toml", &text)]);
    std::os::unix::fs::symlink(
        outside.path().join("secret.csv"),
        folder.path().join("link.csv"),
    )
    .expect("a link");
    let line = line_of(&text, "resistor = \"");
    assert_eq!(
        wrong(folder.path(), &Selection::default()),
        [("case.toml".into(), line, "LP0127")]
    );
}

#[test]
fn mistakes_in_a_csv_table() {
    let csv = "# resistors\n\
               id,from,to,pressure_loss [bar],label\n\
               r-1,middle,city,0.1,\"one, with a comma\"\n\
               \n\
               r-2,midle,city,0.1,two\n\
               r-3,middle,city,x,three\n\
               r-4,middle,city,0.1\n\
               r-1,middle,city,0.1,again\n";
    let folder = folder(&[("case.toml", &with_table("r.csv")), ("r.csv", csv)]);
    let expected = [(5, "LP0204"), (6, "LP0109"), (7, "LP0128"), (8, "LP0201")];
    let expected = expected.map(|(line, code)| ("r.csv".to_owned(), line, code));
    let csv_is_malformed = |e: &&(String, usize, &str)| e.2 == "LP0128" || e.2 == "LP0109";
    // A malformed table may hide things, so nothing is said about the network.
    let first = expected
        .iter()
        .filter(csv_is_malformed)
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(wrong(folder.path(), &Selection::default()), first);
    let mended = csv.replace("0.1\nr-1", "0.1,four\nr-1");
    fs::write(folder.path().join("r.csv"), mended).expect("writable");
    let rest = expected
        .iter()
        .filter(|e| e.2 != "LP0128")
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(wrong(folder.path(), &Selection::default()), rest);
}

#[test]
fn a_csv_table_of_odd_headers() {
    for header in [
        "id,from,to,pressure_loss [bar",
        "id,from,to,to,pressure_loss [bar]",
    ] {
        let csv = format!("{header}\n");
        let folder = folder(&[("case.toml", &with_table("r.csv")), ("r.csv", &csv)]);
        assert_eq!(
            wrong(folder.path(), &Selection::default()),
            [("r.csv".into(), 1, "LP0128")]
        );
    }
}

#[test]
fn a_column_without_its_unit() {
    let csv = "id,from,to,pressure_loss\nr-1,middle,city,0.1\n";
    let folder = folder(&[("case.toml", &with_table("r.csv")), ("r.csv", csv)]);
    assert_eq!(
        wrong(folder.path(), &Selection::default()),
        [("r.csv".into(), 2, "LP0110")]
    );
}

#[test]
fn more_mistakes_than_are_listed() {
    let nodes = (0..1200).map(|i| format!("[[node]]\nid = \"n{i}\"\nelevation = \"1\"\n"));
    let text = format!("{BASE}\n{}", nodes.collect::<String>());
    let diagnostics = diagnostics(&text);
    assert_eq!(diagnostics.len(), 1001);
    assert_eq!(diagnostics.last().expect("one").code, "LP0129");
}

#[test]
fn a_case_without_a_network() {
    let text = BASE
        .split("[[node]]")
        .next()
        .expect("the head")
        .replace("default_stage = \"all\"\n", "");
    let text = text.replace("default_scenario = \"day\"\n", "");
    let diagnostics = diagnostics(&text);
    let codes = diagnostics.iter().map(|d| d.code).collect::<Vec<_>>();
    assert_eq!(codes, ["LP0202"], "{}", shown(&diagnostics));
}

#[test]
fn a_profile_that_nothing_uses() {
    let (text, _) = BASE
        .split_once("[[scenario]]\nname = \"break\"")
        .expect("two scenarios");
    let text = text.replace("flow_profile = \"shape\"\n", "");
    let diagnostics = diagnostics(&text);
    let found = diagnostics
        .iter()
        .map(|d| (d.code, d.line))
        .collect::<Vec<_>>();
    let line = line_of(&text, "id = \"shape\"");
    assert_eq!(found, [("LP0313", line)], "{}", shown(&diagnostics));
}

#[test]
fn grounds_and_gases_that_nothing_uses() {
    let (before, rest) = BASE
        .split_once("[[scenario]]\nname = \"break\"")
        .expect("two scenarios");
    let (_, heat) = rest.split_once("[settings.heat]").expect("the end");
    let text = format!("{before}[settings.heat]{heat}");
    let diagnostics = diagnostics(&text);
    let found = diagnostics.iter().map(|d| (d.code, d.line));
    let names = ["green gas", "gas by the hour", "at the city", "clay"];
    let wanted = names.map(|id| ("LP0320", line_of(&text, &format!("id = \"{id}\""))));
    assert_eq!(found.collect::<Vec<_>>(), wanted, "{}", shown(&diagnostics));
}

#[test]
fn a_composition_over_time_in_a_csv_file() {
    let csv = "time [h],CH4,ethane\n0,0.95,0.05\n6,0.9,0.1\n";
    let inline = "time = [\"0 h\", \"6 h\"]\nmethane = [0.95, 0.91]\nethane = [0.05, 0.09]";
    let text = BASE.replace(inline, "file = \"gas.csv\"");
    let folder = folder(&[("case.toml", &text), ("gas.csv", csv)]);
    let loaded = read(folder.path(), &Selection::default()).expect("no mistake");
    let profile = &loaded.case.gas_profiles[0];
    assert_eq!(profile.time_s, [0.0, 21_600.0]);
    let x = profile.compositions[1].mole_fractions;
    assert_eq!((x[0], x[3], x.iter().sum::<f64>()), (0.9, 0.1, 1.0));
}

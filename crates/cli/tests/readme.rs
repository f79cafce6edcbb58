//! The commands of the README print what the README shows, numbers up to 1 %.

#![expect(clippy::panic, reason = "helpers of tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of a console block and the lines below it.
#[derive(Debug)]
struct Example {
    command: String,
    output: Vec<String>,
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The commands in the `console` blocks of a text.
fn examples(text: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            found.push(Example {
                command: command.to_owned(),
                output: Vec::new(),
            });
        } else if inside {
            found
                .last_mut()
                .expect("a block begins with a command")
                .output
                .push(line.to_owned());
        }
    }
    found
}

/// Whether two words are the same, numbers up to 1 % (and what is left of a balance up to its size).
fn same_word(shown: &str, got: &str) -> bool {
    match (shown.parse::<f64>(), got.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 0.01 * a.abs().max(b.abs()).max(1.0),
        _ => shown == got,
    }
}

/// Whether two lines are the same, apart from spaces and numbers; of the line on timing, the beginning.
fn same_line(shown: &str, got: &str) -> bool {
    let (mut shown, mut got) = (shown, got);
    if let (Some(a), Some(b)) = (shown.find("; read "), got.find("; read ")) {
        (shown, got) = (&shown[..a], &got[..b]);
    }
    let mut words = (shown.split_whitespace(), got.split_whitespace());
    loop {
        match (words.0.next(), words.1.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if same_word(a, b) => {}
            _ => return false,
        }
    }
}

/// Whether the lines shown are those printed, where a line `...` stands for any number of them.
fn same_text(shown: &[&str], got: &[&str]) -> bool {
    match (shown, got) {
        ([], []) => true,
        (["...", rest @ ..], _) => {
            same_text(rest, got) || (!got.is_empty() && same_text(shown, &got[1..]))
        }
        ([a, rest @ ..], [b, printed @ ..]) => same_line(a, b) && same_text(rest, printed),
        _ => false,
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a temporary folder can be written");
    for entry in std::fs::read_dir(from).expect("readable") {
        let path = entry.expect("readable").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("copied");
        }
    }
}

/// What the program prints on standard output for a command of the README, run beside a copy of `cases/`.
fn printed(arguments: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&repository().join("cases"), &folder.path().join("cases"));
    let output = Command::new(env!("CARGO_BIN_EXE_linepack"))
        .args(arguments.split_whitespace())
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts");
    assert!(
        output.status.success(),
        "linepack {arguments}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn assert_prints_what_it_shows(file: &str) {
    let text = std::fs::read_to_string(repository().join(file)).expect("part of the repository");
    for Example { command, output } in examples(&text).iter().filter(|e| !e.output.is_empty()) {
        let arguments = ["cargo run --release -- ", "linepack "]
            .iter()
            .find_map(|prefix| command.strip_prefix(prefix))
            .unwrap_or_else(|| panic!("{file}: cannot check the output of `{command}`"));
        let printed = printed(arguments);
        let shown: Vec<_> = output.iter().map(String::as_str).collect();
        assert!(
            same_text(&shown, &printed.lines().collect::<Vec<_>>()),
            "{file}: `{command}` prints\n{printed}"
        );
    }
}

#[test]
fn readme() {
    assert_prints_what_it_shows("README.md");
}

#[test]
fn readme_of_the_peace_pipeline() {
    assert_prints_what_it_shows("cases/peace-pipeline/README.md");
}

#[test]
fn the_two_commands_are_there() {
    let text =
        std::fs::read_to_string(repository().join("README.md")).expect("part of the repository");
    let commands: Vec<_> = examples(&text).into_iter().map(|e| e.command).collect();
    assert_eq!(
        commands[0],
        "cargo run --release -- run cases/peace-pipeline"
    );
    assert!(commands.iter().any(|c| c == "scripts/test"));
}

#[test]
fn a_different_line_is_seen() {
    assert!(same_line("  in  12.5 kg/s", "in 12.51   kg/s"));
    assert!(!same_line("in 12.5 kg/s", "in 13.5 kg/s"));
    assert!(!same_line("in 12.5 kg/s", "in 12.5 t/h"));
    assert!(same_line("9 cells; read 1 ms", "9 cells; read 7 ms"));
    assert!(same_text(&["a", "...", "c"], &["a", "b", "b", "c"]));
    assert!(!same_text(&["a", "...", "c"], &["a", "b"]));
}

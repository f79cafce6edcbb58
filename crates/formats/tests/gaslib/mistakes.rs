//! Mistakes in files: all of them at once, each with its place.

use crate::fixture::{CDF, CS, NET, SCN, try_load};
use linepack_formats::Diagnostic;

fn found(net: &str, beside: &[(&str, &str)]) -> Vec<Diagnostic> {
    match try_load(net, beside) {
        Ok(loaded) => loaded.warnings,
        Err(diagnostics) => diagnostics,
    }
}

/// Code, line and message of what is wrong with the network in which `old` is replaced.
fn seeded(old: &str, new: &str) -> Vec<(&'static str, usize, String)> {
    let text = NET.replacen(old, new, 1);
    assert_ne!(text, NET, "{old} is not in the network");
    let diagnostics = found(&text, &[("scn", SCN)]);
    diagnostics
        .into_iter()
        .map(|d| (d.code, d.line, d.message))
        .collect()
}

fn line(text: &str, of: &str) -> usize {
    text.split(of).next().expect("a part").matches('\n').count() + 1
}

#[test]
fn the_network_itself_is_right() {
    let beside = [("scn", SCN), ("cs", CS), ("cdf", CDF)];
    assert_eq!(found(NET, &beside), [], "expected nothing wrong");
}

#[test]
fn what_is_missing_or_cannot_be_meant() {
    let at = |of: &str| line(NET, of);
    for (old, new, code, line, words) in [
        (
            "unit=\"km\" value=\"55\"",
            "unit=\"klm\" value=\"55\"",
            "LP0134",
            at("value=\"55\""),
            "the unit of length of pipe \"P1\" is \"klm\"",
        ),
        (
            "unit=\"km\" value=\"55\"",
            "unit=\"km\" value=\"5,5\"",
            "LP0134",
            at("value=\"55\""),
            "is no number",
        ),
        (
            "unit=\"km\" value=\"55\"",
            "unit=\"km\"",
            "LP0134",
            at("value=\"55\""),
            "has no `value`",
        ),
        (
            "unit=\"km\" value=\"55\"",
            "unit=\"km\" value=\"INF\"",
            "LP0134",
            at("value=\"55\""),
            "is no number",
        ),
        (
            "<g:length unit=\"km\" value=\"55\"/>",
            "",
            "LP0134",
            at("id=\"P1\""),
            "pipe \"P1\" has no <length>",
        ),
        (
            "<g:length unit=\"km\" value=\"55\"/>",
            "<g:length unit=\"km\" value=\"55\"/><g:length unit=\"km\" value=\"5\"/>",
            "LP0134",
            at("value=\"55\""),
            "stands twice",
        ),
        (
            "id=\"P1\" from=\"north\"",
            "id=\"P1\"",
            "LP0134",
            at("id=\"P1\""),
            "has no `from`",
        ),
        (
            "id=\"P1\" from=\"north\"",
            "id=\"P1\" from=\"nort\"",
            "LP0204",
            at("id=\"P1\""),
            "nort",
        ),
        ("id=\"P1\"", "id=\"P2\"", "LP0201", at("id=\"P2\""), "P2"),
        (
            "<g:pressureLoss unit=\"barg\" value=\"0.5\"/>",
            "",
            "LP0134",
            at("id=\"R2\""),
            "neither dragFactor nor pressureLoss",
        ),
        (
            "<g:diameter unit=\"mm\" value=\"900\"/>",
            "",
            "LP0134",
            at("id=\"R1\""),
            "dragFactor without diameter",
        ),
        (
            "gasCoolerExisting=\"1\"",
            "gasCoolerExisting=\"yes\"",
            "LP0134",
            at("id=\"CS1\""),
            "gasCoolerExisting",
        ),
        (
            "<f:type>gas</f:type>",
            "<f:type>water</f:type>",
            "LP0134",
            at("<f:information>"),
            "another type",
        ),
        (
            "value=\"1000\"/>\n      <g:dragFactorIn",
            "value=\"-1000\"/>\n      <g:dragFactorIn",
            "LP0134",
            at("id=\"CS1\""),
            "flowMax",
        ),
        (
            "<g:speedLimit",
            "<g:speedLimits",
            "LP0135",
            at("<g:speedLimit"),
            "<speedLimits> is not known in pipe \"P2\"",
        ),
        (
            "id=\"P3\"",
            "id=\"P3\" color=\"red\"",
            "LP0135",
            at("id=\"P3\""),
            "an attribute `color`",
        ),
        (
            "<g:shortPipe id=\"S1\" from=\"c\" to=\"store\">",
            "<g:hose/><g:shortPipe id=\"S1\" from=\"c\" to=\"store\">",
            "LP0135",
            at("id=\"S1\""),
            "<hose> is not known",
        ),
    ] {
        let found = seeded(old, new);
        let right =
            |(c, l, m): &(&str, usize, String)| *c == code && *l == line && m.contains(words);
        assert!(
            found.iter().any(right),
            "{new}: {code} {line} {words}\n{found:#?}"
        );
    }
}

#[test]
fn elements_of_other_namespaces_do_not_count() {
    let found = seeded(
        "<g:length unit=\"km\" value=\"55\"/>",
        "<length xmlns=\"http://example.org\" unit=\"km\" value=\"55\"/>",
    );
    let codes: Vec<_> = found.iter().map(|f| f.0).collect();
    assert_eq!(codes, ["LP0134", "LP0135"], "{found:#?}");
}

#[test]
fn a_unit_that_is_nearly_right_is_suggested() {
    let net = NET.replacen("unit=\"km\" value=\"55\"", "unit=\"kmm\" value=\"55\"", 1);
    let diagnostics = found(&net, &[("scn", SCN)]);
    assert_eq!(diagnostics[0].help.as_deref(), Some("is km meant?"));
    assert_eq!(diagnostics[0].offending, "kmm");
}

#[test]
fn what_is_no_xml() {
    let cut = &NET[..NET.len() / 2];
    for (text, line) in [
        (
            NET.replacen("</f:nodes>", "</f:node>", 1).as_str(),
            self::line(NET, "</f:nodes>"),
        ),
        (cut, cut.trim_end().matches('\n').count() + 1),
        (
            "<!DOCTYPE n [<!ENTITY e 'x'>]>\n<network xmlns=\"http://gaslib.zib.de/Gas\"/>",
            1,
        ),
        (&("<n>".repeat(70) + &"</n>".repeat(70)), 1),
    ] {
        let diagnostics = found(text, &[]);
        let codes: Vec<_> = diagnostics.iter().map(|d| (d.code, d.line)).collect();
        assert_eq!(codes, [("LP0133", line)], "{diagnostics:#?}");
    }
}

#[test]
fn another_root() {
    let net = format!("<!-- http://gaslib.zib.de/Gas -->{}", SCN);
    let diagnostics = found(&net, &[]);
    assert_eq!(diagnostics[0].code, "LP0134");
    assert!(
        diagnostics[0].label.contains("<network>"),
        "{diagnostics:#?}"
    );
}

#[test]
fn mistakes_beside_the_network() {
    for (suffix, text, old, new, words) in [
        ("scn", SCN, "id=\"west\"", "id=\"east\"", "a node \"east\""),
        ("scn", SCN, "id=\"west\"", "id=\"north\"", "stands twice"),
        (
            "scn",
            SCN,
            "id=\"west\"",
            "id=\"a\"",
            "neither source nor sink",
        ),
        ("scn", SCN, "type=\"entry\"", "type=\"door\"", "door"),
        ("scn", SCN, "bound=\"both\"", "bound=\"all\"", "all"),
        ("scn", SCN, "<pipe id=\"P2\"", "<pipe id=\"P9\"", "P9"),
        (
            "scn",
            SCN,
            "<scenario id=\"cold day\">",
            "<scene id=\"cold day\">",
            "",
        ),
        ("cs", CS, "drive=\"D1\"", "drive=\"D9\"", "no drive \"D9\""),
        (
            "cs",
            CS,
            "compressor id=\"K2\"/",
            "compressor id=\"K9\"/",
            "no compressor \"K9\"",
        ),
        ("cs", CS, "id=\"K2\"", "id=\"K1\"", "two things called"),
        (
            "cs",
            CS,
            "nrOfSerialStages=\"2\"",
            "nrOfSerialStages=\"3\"",
            "nrOfSerialStages",
        ),
        (
            "cs",
            CS,
            "<power_fun_coeff_9 value=\"9\"/>",
            "",
            "power_fun_coeff_1 to 3, or 1 to 9",
        ),
        (
            "cs",
            CS,
            "<n_isoline_coeff_9 value=\"6\"/>",
            "",
            "no <n_isoline_coeff_9>",
        ),
        (
            "cs",
            CS,
            "unit=\"MW\"",
            "unit=\"Mw\"",
            "the unit of maximalPower",
        ),
        (
            "cdf",
            CDF,
            "id=\"V1\"",
            "id=\"V7\"",
            "a decision names \"V7\"",
        ),
        ("cdf", CDF, "value=\"0\"", "", "has no `value`"),
    ] {
        let wrong = text.replacen(old, new, 1);
        assert_ne!(wrong, text, "{old} is not in the file");
        let all: Vec<_> = [("scn", SCN), ("cs", CS), ("cdf", CDF)]
            .into_iter()
            .map(|(s, t)| {
                if s == suffix {
                    (s, wrong.as_str())
                } else {
                    (s, t)
                }
            })
            .collect();
        let found = found(NET, &all);
        let name = format!("case.{suffix}");
        let right = |d: &Diagnostic| d.file.ends_with(&name) && d.message.contains(words);
        assert!(found.iter().any(right), "{new}\n{found:#?}");
    }
}

#[test]
fn a_map_with_more_work_got_than_put_in() {
    let cs = CS.replace(
        "<adiabaticEfficiency value=\"0.78\"",
        "<adiabaticEfficiency value=\"1.78\"",
    );
    let found = found(NET, &[("scn", SCN), ("cs", &cs), ("cdf", CDF)]);
    let message = |d: &Diagnostic| d.message.contains("has an efficiency of 1.78");
    assert!(found.iter().any(message), "{found:#?}");
}

#[test]
fn a_path_that_leaves_the_earth() {
    let old = "<g:node geoWGS84Long=\"7.5\" geoWGS84Lat=\"51.5\"/>";
    let net = NET.replace(old, "<g:node geoWGS84Long=\"775\" geoWGS84Lat=\"51.5\"/>");
    assert_ne!(net, NET);
    let found = found(&net, &[("scn", SCN), ("cs", CS), ("cdf", CDF)]);
    let right = |d: &Diagnostic| d.code == "LP0134" && d.message.contains("no longitude");
    assert!(found.iter().any(right), "{found:#?}");
}

#[test]
fn a_gas_that_nothing_states() {
    let net = NET.replace("normDensity", "normdensity");
    let diagnostics = found(&net, &[("scn", SCN)]);
    let message = diagnostics
        .iter()
        .find(|d| d.code == "LP0134")
        .expect("an error");
    assert!(message.message.contains("no source states its normDensity"));
}

/// Megabytes of elements that are all wrong end in a list of a thousand, and do not take long.
#[test]
fn large_files_of_nothing_but_mistakes() {
    let head = "<network xmlns=\"http://gaslib.zib.de/Gas\">";
    let nodes = |item: &str, count: usize| {
        format!(
            "{head}<nodes>{}</nodes><connections/></network>",
            item.repeat(count)
        )
    };
    for text in [
        nodes("<source/>", 400_000),
        nodes("<sink id=\"s\"><height value=\"1\"/></sink>", 100_000),
        format!(
            "{head}<nodes><source>{}</source></nodes></network>",
            "<x/>".repeat(500_000)
        ),
        format!("{head}{}", "<".repeat(4_000_000)),
        format!("{head}<a {}", "x=\"".repeat(1_000_000)),
    ] {
        let diagnostics = found(&text, &[]);
        assert!(!diagnostics.is_empty() && diagnostics.len() <= 1001);
    }
}

//! The page in a real browser: no error, charts drawn. Skipped, and said so, where none is found.

mod support;
mod warm;

use linepack_network::Case;
use linepack_results::Solution;
use std::path::{Path, PathBuf};
use std::process::Command;

fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("LINEPACK_CHROMIUM").map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let folders = std::env::var_os("PATH")
        .map(|p| std::env::split_paths(&p).collect::<Vec<_>>())
        .unwrap_or_default();
    let found = folders
        .iter()
        .flat_map(|f| names.map(|n| f.join(n)))
        .find(|p| p.is_file());
    named.or(found)
}

/// The page after its scripts have run, and what the browser said.
fn load(browser: &Path, page: &str) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder for the page");
    let file = folder.path().join("report.html");
    std::fs::write(&file, page).expect("the page is written");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--enable-logging=stderr",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .args([
            "--virtual-time-budget=5000",
            "--window-size=1400,4200",
            "--dump-dom",
        ])
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("the browser starts");
    (
        String::from_utf8_lossy(&output.stdout).into(),
        String::from_utf8_lossy(&output.stderr).into(),
    )
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn opened(page: &str) -> Option<(String, Vec<String>)> {
    let Some(browser) = browser() else {
        eprintln!(
            "skipped: no Chromium found; install `chromium` or name one in LINEPACK_CHROMIUM"
        );
        return None;
    };
    let (dom, log) = load(&browser, page);
    let console = log
        .lines()
        .filter(|l| l.contains("CONSOLE"))
        .map(str::to_owned)
        .collect();
    Some((dom, console))
}

fn drawn(dom: &str, chart: &str) -> usize {
    let at = dom
        .find(&format!("id=\"{chart}\""))
        .expect("the chart has its element");
    let tag = &dom[at..at + dom[at..].find('>').expect("a tag ends")];
    let Some(start) = tag.find("data-drawn=\"") else {
        return 0;
    };
    let number = &tag[start + "data-drawn=\"".len()..];
    number[..number.find('"').expect("an attribute ends")]
        .parse()
        .expect("a number")
}

#[test]
fn charts_are_drawn_without_an_error() {
    let case = support::case();
    let page = linepack_report::html(
        &case,
        &support::solution(&case),
        &support::stages(&case),
        &support::manifest(),
    );
    let Some((dom, console)) = opened(&page) else {
        return;
    };
    assert!(console.is_empty(), "{console:?}");
    assert!(dom.contains("data-errors=\"0\""), "a script failed");
    let charts = [
        ("profile-pressure", 4),
        ("profile-flow", 3),
        ("profile-elevation", 1),
        ("series-pressure", 4),
        ("series-flow", 5),
        ("linepack-total", 1),
        ("linepack-rate", 1),
        ("station-power", 4),
    ];
    for (chart, lines) in charts {
        assert!(
            drawn(&dom, chart) >= lines,
            "{chart} has {} lines",
            drawn(&dom, chart)
        );
    }
    assert!(
        dom.contains("2026-01-02 05:00 UTC"),
        "the slider stands at the end"
    );
}

/// Moves the slider, zooms, and takes an element away; writes what became of the axes on the page.
const USE: &str = "<script>
setTimeout(() => {
  const chart = (id) => LP.chart.all.find((c) => c.element.id === id).plot;
  const axis = (id, k) => [chart(id).scales[k].min, chart(id).scales[k].max].join();
  const root = document.documentElement.dataset;
  const before = axis('profile-pressure', 'y');
  const pressure = chart('profile-pressure').data[3].join();
  const slider = document.getElementById('clock');
  slider.value = '10';
  slider.dispatchEvent(new Event('input'));
  setTimeout(() => {
    root.axis = before === axis('profile-pressure', 'y') ? 'kept' : 'jumped';
    root.moved = String(pressure !== chart('profile-pressure').data[3].join());
    const start = LP.data.start;
    chart('series-pressure').setScale('x', { min: start + 3600, max: start + 9000 });
    LP.chart.all.find((c) => c.element.id === 'series-pressure').zoomed = true;
    setTimeout(() => {
      document.querySelector('#series-pressure-chosen button').click();
      setTimeout(() => { root.zoom = axis('series-pressure', 'x') === `${start + 3600},${start + 9000}` ? 'kept' : 'lost'; }, 100);
    }, 100);
  }, 100);
}, 300);
</script></body>";

#[test]
fn the_slider_moves_curves_not_axes_and_a_zoom_stays() {
    let case = support::case();
    let page = linepack_report::html(&case, &support::solution(&case), &[], &support::manifest());
    let Some((dom, console)) = opened(&page.replace("</body>", USE)) else {
        return;
    };
    assert!(console.is_empty(), "{console:?}");
    for words in [
        "data-axis=\"kept\"",
        "data-moved=\"true\"",
        "data-zoom=\"kept\"",
    ] {
        assert!(dom.contains(words), "{words}");
    }
    assert!(dom.contains("2026-01-01 07:30 UTC"), "the slider's time");
}

#[test]
fn a_steady_state_opens_without_an_error() {
    let case = support::case();
    let solution = steady(&case);
    let page = linepack_report::html(&case, &solution, &[], &support::manifest());
    let Some((dom, console)) = opened(&page) else {
        return;
    };
    assert!(console.is_empty(), "{console:?}");
    assert!(dom.contains("data-errors=\"0\"") && drawn(&dom, "profile-pressure") == 4);
    assert!(dom.contains("one moment, no time series"));
}

#[test]
fn hostile_names_do_nothing_in_a_browser() {
    let mut case = support::case();
    for node in &mut case.network.nodes {
        node.header.label = "</script><script>document.documentElement.dataset.broken='1'</script><img src=x onerror=document.documentElement.dataset.broken='1'>".into();
    }
    let page = linepack_report::html(&case, &support::solution(&case), &[], &support::manifest());
    let Some((dom, console)) = opened(&page) else {
        return;
    };
    assert!(console.is_empty(), "{console:?}");
    assert!(!dom.contains("data-broken=\"1\"") && dom.contains("data-errors=\"0\""));
}

/// The last time of the made-up run, as a steady state.
fn steady(case: &Case) -> Solution {
    let mut out = support::solution(case);
    let last = out.time_s.len() - 1;
    for frame in [&mut out.nodes, &mut out.edges, &mut out.terminals] {
        let width = frame.ids.len();
        for column in &mut frame.columns {
            column.values.drain(..last * width);
        }
        frame.modes.drain(..(last * width).min(frame.modes.len()));
    }
    let points = out.profiles.distance_m.len();
    for values in [
        &mut out.profiles.pressure_pa,
        &mut out.profiles.mass_flow_kg_per_s,
    ] {
        values.drain(..last * points);
    }
    out.profiles.time_index = vec![0];
    out.time_s = vec![0.0];
    out.linepack_kg.drain(..last);
    out
}

/// Chooses each colour of the map, and writes the colours of a line on the page.
const COLOURS: &str = "<script>
setTimeout(() => {
  const select = document.getElementById('map-colour');
  const seen = [...select.options].map((o) => {
    select.value = o.value;
    select.dispatchEvent(new Event('change'));
    return document.querySelector('[data-edge] .line').style.stroke ? 'coloured' : 'plain';
  });
  document.documentElement.dataset.colours = seen.join();
}, 500);
</script>";

#[test]
fn temperatures_and_qualities_are_drawn_without_an_error() {
    let case = support::case();
    let mut solution = support::solution(&case);
    warm::with_heat_and_quality(&mut solution);
    let page = linepack_report::html(
        &case,
        &solution,
        &support::stages(&case),
        &support::manifest(),
    );
    let page = page.replace("</body>", &format!("{COLOURS}</body>"));
    let Some((dom, console)) = opened(&page) else {
        return;
    };
    assert!(console.is_empty(), "{console:?}");
    assert!(dom.contains("data-errors=\"0\""), "a script failed");
    let charts = [
        ("profile-temperature", 6),
        ("series-temperature", 4),
        ("series-heating", 4),
        ("parentage", 2),
    ];
    for (chart, lines) in charts {
        assert!(
            drawn(&dom, chart) >= lines,
            "{chart} has {} lines",
            drawn(&dom, chart)
        );
    }
    let wanted = "data-colours=\"plain,coloured,coloured,coloured,coloured\"";
    assert!(dom.contains(wanted), "colours of the map");
}

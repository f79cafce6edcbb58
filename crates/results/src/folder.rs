use crate::table::{Tables, read_parquet, tables_of, write_csv, write_netcdf, write_parquet};
use crate::{FolderError, MANIFEST_FORMAT, Manifest, Snapshot, Solution, StageResult, Summary};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The tables of a run folder, in the order in which they are read.
const TABLES: [&str; 5] = ["network", "nodes", "edges", "terminals", "profiles"];

/// A format in which the tables are written beside Parquet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtraFormat {
    /// `nodes.csv`, `edges.csv` and so on.
    Csv,
    /// `solution.nc`, NetCDF-3.
    NetCdf,
}

/// A run folder being written: beside its place at first, moved there as a whole by
/// [`finish`](Self::finish), and removed when it is dropped before.
#[derive(Debug)]
pub struct RunWriter {
    aside: PathBuf,
    manifest: Manifest,
    finished: bool,
}

impl RunWriter {
    /// Begins a run folder that will stand in `parent`.
    pub fn begin(parent: &Path, manifest: Manifest) -> Result<Self, FolderError> {
        fs::create_dir_all(parent).map_err(|e| FolderError::io(parent, &e))?;
        let name = |n: usize| format!(".linepack-partial-{}-{n}", std::process::id());
        for n in 0.. {
            let aside = parent.join(name(n));
            match fs::create_dir(&aside) {
                Ok(()) => {
                    return Ok(Self {
                        aside,
                        manifest,
                        finished: false,
                    });
                }
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(FolderError::io(&aside, &e)),
            }
        }
        Err(FolderError::Taken {
            path: parent.display().to_string(),
        })
    }

    /// Writes the tables as Parquet, and once more in each other format asked for.
    pub fn tables(
        &mut self,
        solution: &Solution,
        formats: &[ExtraFormat],
    ) -> Result<(), FolderError> {
        let about = self.about(solution);
        for table in tables_of(solution)? {
            write_parquet(
                &table,
                &about,
                &self.path(&format!("{}.parquet", table.name)),
            )?;
            if formats.contains(&ExtraFormat::Csv) {
                write_csv(&table, &self.path(&format!("{}.csv", table.name)))?;
            }
        }
        if formats.contains(&ExtraFormat::NetCdf) {
            write_netcdf(solution, &about, &self.path("solution.nc"))?;
        }
        Ok(())
    }

    /// What the tables belong to.
    fn about(&self, solution: &Solution) -> HashMap<String, String> {
        let m = &self.manifest;
        HashMap::from([
            ("program_version".into(), m.program_version.clone()),
            ("case".into(), m.case.clone()),
            ("stage".into(), m.stage.clone().unwrap_or_default()),
            ("scenario".into(), m.scenario.clone()),
            ("start_utc".into(), solution.start_utc.clone()),
        ])
    }

    /// Writes `snapshot.json`.
    pub fn snapshot(&mut self, snapshot: &Snapshot) -> Result<(), FolderError> {
        let text = snapshot.to_json()?;
        self.text("snapshot.json", &text)
    }

    /// Writes a text file.
    pub fn text(&mut self, name: &str, text: &str) -> Result<(), FolderError> {
        let path = self.path(name);
        fs::write(&path, text).map_err(|e| FolderError::io(&path, &e))
    }

    /// Writes summary and manifest and moves the folder to its place.
    ///
    /// An empty folder there gives way. Anything else does only when `replace` says so and it is a
    /// run folder, else [`FolderError::Taken`] is returned and can be answered with another place.
    pub fn finish(
        &mut self,
        summary: &Summary,
        place: &Path,
        replace: bool,
    ) -> Result<(), FolderError> {
        self.close(&summary.to_json()?, summary.status.complete, place, replace)
    }

    /// Finishes the folder of a study as [`finish`](Self::finish) does that of a run, with a summary of its own.
    pub fn finish_study(
        &mut self,
        summary: &serde_json::Value,
        complete: bool,
        place: &Path,
        replace: bool,
    ) -> Result<(), FolderError> {
        let text = serde_json::to_string_pretty(summary);
        let text = text.map_err(|e| FolderError::json("summary", &e))?;
        self.close(&text, complete, place, replace)
    }

    /// Where files of the folder stand until it is finished.
    pub fn aside(&self) -> &Path {
        &self.aside
    }

    fn close(
        &mut self,
        summary: &str,
        complete: bool,
        place: &Path,
        replace: bool,
    ) -> Result<(), FolderError> {
        self.text("summary.json", summary)?;
        self.manifest.format = MANIFEST_FORMAT;
        self.manifest.complete = complete;
        self.manifest.files = self.files()?;
        let manifest = serde_json::to_string_pretty(&self.manifest)
            .map_err(|e| FolderError::json("manifest", &e))?;
        self.text("manifest.json", &manifest)?;
        move_to(&self.aside, place, replace)?;
        self.finished = true;
        Ok(())
    }

    /// The files written so far, and the manifest itself, by name.
    fn files(&self) -> Result<Vec<String>, FolderError> {
        let entries = fs::read_dir(&self.aside).map_err(|e| FolderError::io(&self.aside, &e))?;
        let mut files: Vec<String> = entries
            .filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| name != "manifest.json")
            .collect();
        files.push("manifest.json".into());
        files.sort();
        Ok(files)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.aside.join(name)
    }
}

impl Drop for RunWriter {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing can be done about a failure here, and what is left is hidden and marked.
            fs::remove_dir_all(&self.aside).ok();
        }
    }
}

/// Moves a finished folder to its place.
fn move_to(aside: &Path, place: &Path, replace: bool) -> Result<(), FolderError> {
    let fail = |e: &std::io::Error| FolderError::io(place, e);
    if !is_free(place)? {
        if !(replace && place.join("manifest.json").is_file()) {
            return Err(FolderError::Taken {
                path: place.display().to_string(),
            });
        }
        let mut old = aside.to_path_buf();
        old.as_mut_os_string().push("-replaced");
        fs::rename(place, &old).map_err(|e| fail(&e))?;
        fs::rename(aside, place).map_err(|e| fail(&e))?;
        return fs::remove_dir_all(&old).map_err(|e| FolderError::io(&old, &e));
    }
    if place.exists() {
        fs::remove_dir(place).map_err(|e| fail(&e))?;
    }
    fs::rename(aside, place).map_err(|e| fail(&e))
}

/// Whether a run folder can be put here without taking anything away: nothing there, or an empty
/// folder.
pub fn is_free(place: &Path) -> Result<bool, FolderError> {
    if !place.exists() {
        return Ok(true);
    }
    if !place.is_dir() {
        return Ok(false);
    }
    let mut entries = fs::read_dir(place).map_err(|e| FolderError::io(place, &e))?;
    Ok(entries.next().is_none())
}

/// A run folder, read.
#[derive(Debug, Clone)]
pub struct RunFolder {
    /// What the run was.
    pub manifest: Manifest,
    /// What it found.
    pub solution: Solution,
    /// What each stage can deliver.
    pub stages: Vec<StageResult>,
    /// The document of `--json`.
    pub summary: Summary,
}

/// Whether a path is a run folder.
pub fn is_run(path: &Path) -> bool {
    path.join("manifest.json").is_file()
}

/// Reads a run folder back.
pub fn read_run(path: &Path) -> Result<RunFolder, FolderError> {
    let text = |name: &str| {
        let file = path.join(name);
        fs::read_to_string(&file).map_err(|e| FolderError::io(&file, &e))
    };
    let manifest: Manifest = serde_json::from_str(&text("manifest.json")?)
        .map_err(|e| FolderError::json("manifest", &e))?;
    if manifest.format > MANIFEST_FORMAT {
        return Err(FolderError::Newer {
            what: "run folder",
            format: manifest.format,
        });
    }
    let summary = Summary::from_json(&text("summary.json")?)?;
    let mut tables = Tables::default();
    for name in TABLES {
        let table = read_parquet(name, &path.join(format!("{name}.parquet")))?;
        tables.place(table, &summary.start_utc)?;
    }
    let mut solution = Solution {
        time_s: tables.time_s,
        linepack_kg: tables.linepack_kg,
        nodes: tables.nodes,
        edges: tables.edges,
        terminals: tables.terminals,
        profiles: tables.profiles,
        ..Solution::default()
    };
    summary.clone().complete(&mut solution);
    Ok(RunFolder {
        manifest,
        solution,
        stages: summary.stages.clone(),
        summary,
    })
}

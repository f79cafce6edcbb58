//! What can be wrong with a case: a stable code, a title and the longer story for each.

use linepack_network::codes::{CATALOGUE as VALIDATOR, Entry};
use std::sync::LazyLock;

/// All codes: code, title, story.
pub fn codes() -> &'static [Entry] {
    static ALL: LazyLock<Vec<Entry>> = LazyLock::new(|| [READER, VALIDATOR].concat());
    &ALL
}

/// The story of a code.
pub fn explain(code: &str) -> Option<&'static str> {
    codes()
        .iter()
        .find(|(c, _, _)| c.eq_ignore_ascii_case(code))
        .map(|(_, _, story)| *story)
}

linepack_network::codes! { READER:
    UNREADABLE = "LP0101", "a file cannot be read",
        "The case file, or a CSV file that it names, does not exist, is not a file, or may not be read by this user.";
    NOT_TEXT = "LP0102", "a file is not UTF-8 text",
        "Case files and CSV files are UTF-8. Spreadsheets offer it when saving: \"CSV UTF-8\". The message says which byte is the first that fits no character.";
    TOO_LARGE = "LP0103", "a case is too large",
        "A case file may have 8 MB, a CSV file 64 MB and two million cells, the files of a case 128 MB together, a case half a million elements. The limits protect a machine that reads cases of strangers.";
    SYNTAX = "LP0104", "the text is not TOML",
        "The case file does not follow the rules of TOML (toml.io). The usual reason is a quantity without quotes: write length = \"5 km\", not length = 5 km. A key that stands twice in one table is a mistake of this kind too. While the text cannot be read, nothing is said about keys that seem to be missing, nor about the network.";
    UNKNOWN_KEY = "LP0105", "a key or table is not known",
        "A table has a key that means nothing there, most often a misspelling. Nothing is passed over in silence: a misspelt `efficiency` would otherwise be an efficiency of 1.";
    MISSING_KEY = "LP0106", "a key is missing",
        "A value without which the thing cannot be calculated is not stated. Physical data is never made up; where a value is assumed, a warning says so.";
    WRONG_KIND = "LP0107", "a value is of the wrong kind",
        "Text stands where a list is expected, a number where text is expected, or the like. Quantities are text with a unit, \"5 km\"; identifiers are text even when they look like numbers, \"17\".";
    NOT_A_CHOICE = "LP0108", "a word is not one of those possible",
        "The key takes one of a few words; the help names the nearest, or all of them.";
    NOT_A_NUMBER = "LP0109", "a quantity does not begin with a number",
        "A quantity is a number and a unit: \"80 barg\", \"1.5e3 m\". Decimal commas and words are not understood, and neither are infinite numbers.";
    NO_UNIT = "LP0110", "a quantity has no unit",
        "Every quantity carries its unit: text such as \"56 in\" in TOML, a header such as `length [km]` in CSV. There is no default unit, because that is how feet become metres.";
    UNKNOWN_UNIT = "LP0111", "a unit is not known",
        "The unit is not in the table of units, or is not spelt as there; capitals matter (mW is not MW).";
    WRONG_DIMENSION = "LP0112", "a unit does not fit",
        "The unit measures something else than the key asks for: a length in bar, a flow in metres.";
    GAUGE_OR_ABSOLUTE = "LP0113", "a pressure does not say gauge or absolute",
        "Pressures end in `g` (counted from the atmospheric pressure of the settings) or `a` (from vacuum): barg, bara, psig, psia, kPag, MPaa. Plain bar, Pa and psi are for differences of pressure only.";
    OUT_OF_RANGE = "LP0114", "a number is out of range",
        "The number cannot be meant: an opening above 1, a pressure ratio below 1, a negative count.";
    DATE = "LP0115", "a date or instant cannot be read",
        "Dates are written year-month-day, \"2026-01-01\"; instants with time and offset from UTC, \"2026-01-01T05:00:00Z\" or \"2026-01-01T06:00:00+01:00\".";
    EXACTLY_ONE = "LP0116", "keys exclude each other, or one of several is needed",
        "Some things are said in one of several ways: a pipe has an inner diameter, or an outer diameter and a wall; a leak is at a node, or in a pipe. Saying both could contradict, saying neither leaves it open.";
    INCOMPLETE = "LP0117", "a key needs another one",
        "One half of a statement is there: an outer diameter without a wall, `action = \"set\"` without what is set, a leak in a pipe without a distance.";
    MISPLACED = "LP0118", "a key is not possible here",
        "The key belongs to another kind of event: `ramp` goes with `action = \"set\"`, `distance` with `action = \"break\"`.";
    LENGTHS_DIFFER = "LP0119", "a list is too short or too long",
        "Distances and elevations, times and values come in pairs. A map of a compressor or drive has as many coefficients as its formula.";
    MIXED_FLOWS = "LP0120", "a profile mixes kinds of flow",
        "The flows of one profile are all masses, all volumes at the same conditions, or all energies.";
    IDENTIFIER = "LP0121", "an identifier is not usable",
        "Identifiers are not empty, do not begin or end with blanks, and have no quotes or line breaks in them.";
    UNKNOWN_STAGE = "LP0122", "a stage does not exist",
        "The stage asked for, or the `default_stage` of the case, is none of the stages of the case.";
    UNKNOWN_SCENARIO = "LP0123", "a scenario does not exist",
        "The scenario asked for, or the `default_scenario` of the case, is none of the scenarios of the case.";
    STAGE_ELEMENT = "LP0124", "a stage names an element that does not exist",
        "The lists `include` and `exclude` of a stage name elements by their identifiers.";
    NAME_TWICE = "LP0125", "a name is used twice",
        "Stages have names of their own, and so have scenarios, groups of decisions, and the decisions of a group.";
    WRONG_PATH = "LP0126", "a path leads nowhere",
        "The values that a stage, a scenario or --set put in place are addressed by `id.key` (an element or profile), `settings.key`, `gas.key` or `scenario.key`, the last one for the scenario that is chosen.";
    OUTSIDE = "LP0127", "a table file is outside the folder of the case",
        "CSV files lie in the folder of the case or below it, and are named by relative paths with forward slashes. Paths that leave the folder, and links that do, are refused: a case from a stranger must not read other files.";
    CSV = "LP0128", "a CSV table is malformed",
        "The first line names the columns, `id,from,to,length [km]`; every row has as many cells; no column stands twice. Cells are separated by commas, text with commas stands in double quotes, lines that begin with # are comments, an empty cell states nothing.";
    LISTING_CUT = "LP0129", "more problems than are listed",
        "A thousand problems are listed one by one; mend some of them and ask again.";
    ASSUMED = "LP0130", "a value is assumed",
        "The case does not state a value that the calculation needs and for which a common value exists. It is used, named here and listed in the report. State the value to make the warning go away.";
    ELEVATION_ASSUMED = "LP0131", "some elevations are not stated",
        "Some nodes state an elevation and others do not; the others are taken to be at 0 m, which makes slopes where there may be none. State all of them, or none for a flat network.";
    FORMAT = "LP0132", "the format of a file is not known",
        "A case is a folder with case.toml or a .toml file, or a file of one of the foreign formats. The format is found from the suffix and from the beginning of the text.";
    FOREIGN_SYNTAX = "LP0133", "a file does not follow the rules of its format",
        "The text is not well-formed XML, JSON or CSV, or not the MATLAB or INI dialect that the format uses. Reading stops there, so mend it and ask again.";
    FOREIGN_CONTENT = "LP0134", "something is missing from a foreign file, or cannot be meant",
        "The file is well-formed, but a value that the network needs is missing or is no number, a unit is not one of the format's, or an element refers to another one that is not there.";
    FOREIGN_UNKNOWN = "LP0135", "a foreign file has something that is not used",
        "An element, attribute or column that the format does not define, or that has no counterpart here. It is passed over, and this warning says so.";
    UNKNOWN_DECISION = "LP0136", "a decision names something that does not exist",
        "The switches of a decision name elements by their identifiers, and `taken` names one of the decisions of its group.";
    VARIATION_TARGET = "LP0137", "an ensemble names what cannot vary",
        "A variation, an outage, a kept series or a column of a table of members names an element that the case does not have or that is not in service, a number that such an element does not have or that the case does not state, or an element that cannot fail.";
    DISTRIBUTION = "LP0138", "a distribution is not possible",
        "Bounds are in order, the mode lies between them, standard deviations and medians are above zero, and at least one weight is not zero.";
    UNKNOWN_GROUP = "LP0139", "a variation names a group that does not exist",
        "Draws that go together name one of the groups of the ensemble, `[[group]]`, by its name.";
    MEMBERS = "LP0140", "a table of members cannot be used",
        "Each column of the table is headed `element.field [unit]`, or `element.field [factor]`, and each row, which is a member, states a value in every column.";
}

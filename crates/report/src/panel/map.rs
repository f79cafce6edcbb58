use super::Panel;
use crate::map;
use crate::view::View;

/// Where the elements stand, with flows and pressures at the time that the slider chooses.
pub(super) fn panel(view: &View<'_>) -> Panel {
    Panel {
        id: "map",
        title: "Map",
        body: map::markup(view),
    }
}

//! When a rule acts: how long its condition has held, whether it is armed, and when it acted last.

use super::watch::Stretch;

/// The times of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Timing {
    /// How long the condition must hold, s.
    pub lasting_s: f64,
    /// Least time between two actions, s.
    pub pause_s: f64,
    /// Whether it acts once only.
    pub once: bool,
}

/// How far a rule is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Clock {
    /// Since when the condition has held, s.
    pub since_s: Option<f64>,
    /// Since when it can act, s.
    pub armed_s: Option<f64>,
    /// When it acted last, s.
    pub last_s: Option<f64>,
    /// How often it has acted.
    pub acted: usize,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            since_s: None,
            armed_s: Some(f64::NEG_INFINITY),
            last_s: None,
            acted: 0,
        }
    }
}

impl Clock {
    /// The first time within a step at which the rule acts. `held`: when its condition holds;
    /// `rearmed`: the first time at which it can act again, where it cannot.
    pub(super) fn due(
        &self,
        timing: Timing,
        from_s: f64,
        held: &[Stretch],
        rearmed: Option<f64>,
    ) -> Option<f64> {
        if timing.once && self.acted > 0 {
            return None;
        }
        let armed_s = self.armed_s.or(rearmed)?;
        let rested_s = self
            .last_s
            .map_or(f64::NEG_INFINITY, |t| t + timing.pause_s);
        held.iter().find_map(|stretch| {
            let begun = self.since_s.filter(|_| stretch.from_s <= from_s);
            let start = begun.unwrap_or(stretch.from_s);
            let due = (start + timing.lasting_s)
                .max(armed_s)
                .max(rested_s)
                .max(stretch.from_s);
            (due <= stretch.to_s).then_some(due)
        })
    }

    /// Takes over a step that ends at `to_s`.
    pub(super) fn advance(
        &mut self,
        [from_s, to_s]: [f64; 2],
        held: &[Stretch],
        rearmed: Option<f64>,
    ) {
        self.since_s = held.last().filter(|s| s.to_s >= to_s).map(|last| {
            let whole = last.from_s <= from_s;
            match self.since_s {
                Some(since) if whole => since,
                _ => last.from_s,
            }
        });
        self.armed_s = self.armed_s.or(rearmed);
    }

    /// Notes that the rule has acted.
    pub(super) fn act(&mut self, time_s: f64) {
        self.last_s = Some(time_s);
        self.armed_s = None;
        self.acted += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMING: Timing = Timing {
        lasting_s: 60.0,
        pause_s: 300.0,
        once: false,
    };

    fn stretch(from_s: f64, to_s: f64) -> Stretch {
        Stretch { from_s, to_s }
    }

    #[test]
    fn acts_after_the_condition_has_held_over_several_steps() {
        let mut clock = Clock::default();
        let first = [stretch(20.0, 50.0)];
        assert_eq!(clock.due(TIMING, 0.0, &first, None), None);
        clock.advance([0.0, 50.0], &first, None);
        assert_eq!(
            clock.due(TIMING, 50.0, &[stretch(50.0, 100.0)], None),
            Some(80.0)
        );
    }

    #[test]
    fn a_break_starts_the_clock_anew() {
        let mut clock = Clock::default();
        let held = [stretch(0.0, 30.0), stretch(40.0, 50.0)];
        clock.advance([0.0, 50.0], &held, None);
        assert_eq!(
            clock.due(TIMING, 50.0, &[stretch(50.0, 200.0)], None),
            Some(100.0)
        );
    }

    #[test]
    fn rests_between_actions_and_waits_until_it_is_armed() {
        let mut clock = Clock::default();
        clock.act(80.0);
        let held = [stretch(100.0, 1000.0)];
        assert_eq!(clock.due(TIMING, 100.0, &held, None), None);
        assert_eq!(clock.due(TIMING, 100.0, &held, Some(95.0)), Some(380.0));
        let once = Timing {
            once: true,
            ..TIMING
        };
        assert_eq!(clock.due(once, 100.0, &held, Some(95.0)), None);
    }
}

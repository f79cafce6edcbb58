use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A gas day, named by the date on which it starts locally.
///
/// It has 24 hours, or 23 and 25 when the clocks change between its start and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GasDay {
    /// The local date of its first hour.
    pub date: Date,
}

/// When gas days begin in one market.
///
/// Only the start of a day has a local time; everything else is UTC, so hours are numbered from
/// 1 to 23, 24 or 25 and never named by a local clock.
#[derive(Debug, Clone, PartialEq)]
pub struct GasDayCalendar {
    zone: TimeZone,
    start: Time,
}

/// Why a calendar cannot be made or asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct GasDayError(String);

impl From<jiff::Error> for GasDayError {
    fn from(error: jiff::Error) -> Self {
        Self(error.to_string())
    }
}

impl GasDayCalendar {
    /// A calendar whose days start at a local time of a zone of the IANA database.
    pub fn new(zone: &str, start: Time) -> Result<Self, GasDayError> {
        Ok(Self {
            zone: TimeZone::get(zone)?,
            start,
        })
    }

    /// The European Union: 05:00 UTC in winter and 04:00 UTC in summer (Regulation 2017/459),
    /// which is 06:00 in Central Europe.
    pub fn europe() -> Result<Self, GasDayError> {
        Self::new("Europe/Brussels", Time::constant(6, 0, 0, 0))
    }

    /// North America: 09:00 Central clock time (NAESB WGQ 1.3.1).
    pub fn north_america() -> Result<Self, GasDayError> {
        Self::new("America/Chicago", Time::constant(9, 0, 0, 0))
    }

    /// Iran, from a local time; the country has kept standard time since 2022.
    pub fn iran(start: Time) -> Result<Self, GasDayError> {
        Self::new("Asia/Tehran", start)
    }

    /// Pakistan, from a local time.
    pub fn pakistan(start: Time) -> Result<Self, GasDayError> {
        Self::new("Asia/Karachi", start)
    }

    /// When a gas day starts.
    pub fn start(&self, day: GasDay) -> Result<Timestamp, GasDayError> {
        let local = day.date.to_datetime(self.start);
        Ok(self.zone.to_ambiguous_timestamp(local).compatible()?)
    }

    /// When a gas day ends, which is when the next one starts.
    pub fn end(&self, day: GasDay) -> Result<Timestamp, GasDayError> {
        self.start(GasDay {
            date: day.date.tomorrow()?,
        })
    }

    /// How long a gas day is.
    pub fn duration(&self, day: GasDay) -> Result<SignedDuration, GasDayError> {
        Ok(self.end(day)?.duration_since(self.start(day)?))
    }

    /// The gas day that a time belongs to.
    pub fn day_of(&self, time: Timestamp) -> Result<GasDay, GasDayError> {
        let date = time.to_zoned_datetime(self.zone.clone()).date();
        let day = GasDay { date };
        if time < self.start(day)? {
            return Ok(GasDay {
                date: date.yesterday()?,
            });
        }
        Ok(day)
    }

    /// The starts of the hours of a gas day: hour 1 first, 23 to 25 of them.
    pub fn hours(&self, day: GasDay) -> Result<Vec<Timestamp>, GasDayError> {
        let (start, end) = (self.start(day)?, self.end(day)?);
        let nth = |i: i64| start.checked_add(SignedDuration::from_hours(i)).ok();
        Ok((0..)
            .map_while(nth)
            .take_while(|hour| *hour < end)
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn hours(calendar: &GasDayCalendar, year: i16, month: i8, day: i8) -> (String, i64, usize) {
        let day = GasDay {
            date: date(year, month, day),
        };
        let start = calendar.start(day).unwrap().to_string();
        (
            start,
            calendar.duration(day).unwrap().as_hours(),
            calendar.hours(day).unwrap().len(),
        )
    }

    /// The days on which BBL and GTS announced long and short gas days.
    #[test]
    fn european_days_of_23_and_25_hours() {
        let eu = GasDayCalendar::europe().unwrap();
        assert_eq!(
            hours(&eu, 2018, 10, 27),
            ("2018-10-27T04:00:00Z".into(), 25, 25)
        );
        assert_eq!(
            hours(&eu, 2019, 10, 26),
            ("2019-10-26T04:00:00Z".into(), 25, 25)
        );
        assert_eq!(
            hours(&eu, 2019, 3, 30),
            ("2019-03-30T05:00:00Z".into(), 23, 23)
        );
        assert_eq!(
            hours(&eu, 2019, 3, 31),
            ("2019-03-31T04:00:00Z".into(), 24, 24)
        );
        assert_eq!(
            hours(&eu, 2019, 1, 15),
            ("2019-01-15T05:00:00Z".into(), 24, 24)
        );
    }

    /// Central daylight time is UTC - 5, standard time UTC - 6; clocks changed on 10 March 2019.
    #[test]
    fn american_days_start_at_nine_central() {
        let us = GasDayCalendar::north_america().unwrap();
        assert_eq!(
            hours(&us, 2019, 7, 1),
            ("2019-07-01T14:00:00Z".into(), 24, 24)
        );
        assert_eq!(
            hours(&us, 2019, 1, 1),
            ("2019-01-01T15:00:00Z".into(), 24, 24)
        );
        assert_eq!(
            hours(&us, 2019, 3, 9),
            ("2019-03-09T15:00:00Z".into(), 23, 23)
        );
        assert_eq!(
            hours(&us, 2019, 11, 2),
            ("2019-11-02T14:00:00Z".into(), 25, 25)
        );
    }

    /// Tehran is UTC + 3:30 and Karachi UTC + 5 all the year.
    #[test]
    fn iran_and_pakistan() {
        let six = Time::constant(6, 0, 0, 0);
        let iran = GasDayCalendar::iran(six).unwrap();
        assert_eq!(
            hours(&iran, 2026, 7, 1),
            ("2026-07-01T02:30:00Z".into(), 24, 24)
        );
        let pakistan = GasDayCalendar::pakistan(six).unwrap();
        assert_eq!(
            hours(&pakistan, 2026, 7, 1),
            ("2026-07-01T01:00:00Z".into(), 24, 24)
        );
    }

    #[test]
    fn each_moment_belongs_to_the_day_around_it() {
        let eu = GasDayCalendar::europe().unwrap();
        for (time, expected) in [
            ("2018-10-28T04:59:59Z", date(2018, 10, 27)),
            ("2018-10-28T05:00:00Z", date(2018, 10, 28)),
            ("2019-03-31T03:59:59Z", date(2019, 3, 30)),
            ("2019-03-31T04:00:00Z", date(2019, 3, 31)),
        ] {
            let day = eu.day_of(time.parse().unwrap()).unwrap();
            assert_eq!(day, GasDay { date: expected }, "{time}");
        }
    }
}

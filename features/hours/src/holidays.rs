//! Public holidays of countries and regions, from the table that came with this version (see scripts/write_holidays.py).

use crate::wire::{Day, Holiday, Region};
use jiff::civil::Date;
use std::{collections::BTreeMap, ops::RangeInclusive, sync::LazyLock};

static TABLE: &str = include_str!("../data/holidays.tsv");
/// For which years the table knows them.
pub(crate) const YEARS: RangeInclusive<i16> = 2026..=2035;

struct Entry {
    name: &'static str,
    lines: Vec<&'static str>,
}

static REGIONS: LazyLock<BTreeMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut regions: BTreeMap<&str, Entry> = BTreeMap::new();
    let mut current = "";
    for line in TABLE.lines() {
        if let Some((code, name)) = line.strip_prefix('@').and_then(|head| head.split_once('\t')) {
            current = code;
            regions.insert(
                code,
                Entry {
                    name,
                    lines: Vec::new(),
                },
            );
        } else if let Some(entry) = regions.get_mut(current) {
            entry.lines.push(line);
        }
    }
    regions
});

pub(crate) fn is_known(region: &str) -> bool {
    REGIONS.contains_key(region)
}

/// All of them, countries before their parts.
pub(crate) fn regions() -> Vec<Region> {
    let each = REGIONS.iter().map(|(code, entry)| Region {
        code: (*code).to_owned(),
        name: entry.name.to_owned(),
    });
    each.collect()
}

/// Of one year, in order. None: no such region, or a year that is not known.
pub(crate) fn of_year(region: &str, year: i16) -> Option<Vec<Holiday>> {
    if !YEARS.contains(&year) {
        return None;
    }
    Some(listed(region, year..=year)?.into_values().collect())
}

/// Their days in all years that are known.
pub(crate) fn days(region: &str) -> Vec<Day> {
    listed(region, YEARS).unwrap_or_default().into_keys().collect()
}

fn listed(region: &str, years: RangeInclusive<i16>) -> Option<BTreeMap<Day, Holiday>> {
    let own = REGIONS.get(region)?;
    let country = region
        .split_once('-')
        .and_then(|(country, _)| REGIONS.get(country));
    let mut found = BTreeMap::new();
    for line in country.iter().chain([&own]).flat_map(|entry| &entry.lines) {
        let (is_gone, line) = match line.strip_prefix('-') {
            Some(line) => (true, line),
            None => (false, *line),
        };
        let Some((name, english, dates)) = columns(line) else {
            continue;
        };
        for day in days_of(dates, &years) {
            if is_gone {
                found.remove(&day);
                continue;
            }
            found.insert(
                day,
                Holiday {
                    day,
                    name: name.to_owned(),
                    english: if english.is_empty() { name } else { english }.to_owned(),
                },
            );
        }
    }
    Some(found)
}

fn columns(line: &str) -> Option<(&str, &str, &str)> {
    let mut columns = line.split('\t');
    Some((columns.next()?, columns.next()?, columns.next()?))
}

/// `MMDD` in every year, or `YYYY:MMDD+MMDD` in these.
fn days_of(dates: &str, years: &RangeInclusive<i16>) -> Vec<Day> {
    let day = |year: i16, digits: &str| {
        let (month, day) = digits.split_at_checked(2)?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?)
            .ok()
            .map(Day)
    };
    dates
        .split(' ')
        .flat_map(|part| match part.split_once(':') {
            Some((year, those)) => {
                let year = year.parse().ok().filter(|year| years.contains(year));
                let each = year.map(|year| those.split('+').filter_map(move |digits| day(year, digits)));
                each.into_iter().flatten().collect::<Vec<_>>()
            }
            None => years.clone().filter_map(|year| day(year, part)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn find(region: &str, date: Date) -> Option<Holiday> {
        let found = of_year(region, date.year())?;
        found.into_iter().find(|holiday| holiday.day.0 == date)
    }

    #[test]
    fn known_days_are_known() {
        for (region, day, english) in [
            ("DE", date(2027, 3, 29), "Easter Monday"),
            ("DE-BY", date(2027, 1, 6), "Epiphany"),
            ("DE-BY", date(2027, 12, 25), "Christmas Day"),
            ("US", date(2026, 11, 26), "Thanksgiving Day"),
            ("JP", date(2026, 11, 3), "Culture Day"),
            ("GB-SCT", date(2026, 11, 30), "Saint Andrew's Day"),
        ] {
            assert_eq!(
                find(region, day).map(|found| found.english).as_deref(),
                Some(english),
                "{region} {day}"
            );
        }
        assert_eq!(
            find("DE", date(2027, 1, 6)),
            None,
            "Epiphany is not all of Germany's"
        );
        assert_eq!(
            find("GB-SCT", date(2027, 3, 29)),
            None,
            "Easter Monday is not Scotland's"
        );
        assert!(find("GB-ENG", date(2027, 3, 29)).is_some());
    }

    #[test]
    fn every_line_of_the_table_can_be_read() {
        assert!(REGIONS.len() > 800, "{}", REGIONS.len());
        for line in TABLE.lines().filter(|line| !line.starts_with(['#', '@'])) {
            let (name, _, dates) = columns(line.trim_start_matches('-')).unwrap_or_default();
            assert!(!name.is_empty(), "{line}");
            // A leap day is in every year that has one.
            let n_expected = dates.split([' ', '+']).count();
            assert!(days_of(dates, &YEARS).len() >= n_expected.min(2), "{line}");
        }
        for region in REGIONS.keys() {
            let per_year = of_year(region, 2027).map_or(0, |days| days.len());
            assert!(per_year < 90, "{region}: {per_year}");
        }
        assert_eq!(of_year("DE", 2025), None);
        assert_eq!(of_year("XX", 2027), None);
    }
}

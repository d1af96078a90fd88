"""Writes features/hours/data/holidays.tsv: the public holidays of countries and regions over ten years.

Source: the Python package `holidays` of the Vacanza Team (https://pypi.org/project/holidays/, MIT). Run it once a year:
    python3 -m venv /tmp/holidays && /tmp/holidays/bin/pip install holidays==0.109 && /tmp/holidays/bin/python scripts/write_holidays.py 2026

Format: a line `@CODE<tab>NAME` begins a country or a region; a region has what its country has, but for lines that begin with
`-`. The other lines are NAME<tab>ENGLISH NAME, empty when it is the same<tab>DATES: MMDD for every year, or YYYY:MMDD+MMDD.
"""

import sys
import warnings
from collections import defaultdict
from pathlib import Path

import holidays

N_YEARS = 10
TARGET = Path(__file__).parent.parent / "features" / "hours" / "data" / "holidays.tsv"


def main(first_year):
    years = range(first_year, first_year + N_YEARS)
    lines = [f"# Public holidays {years[0]} to {years[-1]}, from the Python package holidays {holidays.__version__} (MIT)."]
    for country, regions in sorted(holidays.list_supported_countries(include_aliases=False).items()):
        national = named(country, None, years)
        lines += [f"@{country}\t", *listed(national, years)]
        names = {code: name for name, code in (getattr(holidays, country).subdivisions_aliases or {}).items()}
        for region in regions:
            regional = named(country, region, years)
            more = {day: name for day, name in regional.items() if national.get(day) != name}
            gone = {day: name for day, name in national.items() if day not in regional}
            lines += [f"@{country}-{region}\t{names.get(region, '')}", *listed(more, years)]
            lines += [f"-{line}" for line in listed(gone, years)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def named(country, region, years):
    """Day to (name in the language of the place, English name)."""
    own = asked(country, region, years, getattr(holidays, country).default_language)
    english = asked(country, region, years, "en_US")
    return {day: (clean(name), clean(english.get(day, name))) for day, name in own.items() if day.year in years}


def asked(country, region, years, language):
    with warnings.catch_warnings():
        # Some calendars are known for fewer years.
        warnings.simplefilter("ignore")
        return holidays.country_holidays(country, subdiv=region, years=years, language=language)


def clean(name):
    return " ".join(name.split())


def listed(days, years):
    by_name = defaultdict(list)
    for day, names in sorted(days.items()):
        by_name[names].append(day)
    for (name, english), when in sorted(by_name.items(), key=lambda item: (item[1][0].timetuple().tm_yday, item[0])):
        yield f"{name}\t{'' if english == name else english}\t{dates(when, years)}"


def dates(days, years):
    fixed = {(day.month, day.day) for day in days}
    if len(fixed) == 1 and len(days) == len(years):
        return f"{days[0]:%m%d}"
    by_year = defaultdict(list)
    for day in days:
        by_year[day.year].append(f"{day:%m%d}")
    return " ".join(f"{year}:{'+'.join(those)}" for year, those in sorted(by_year.items()))


main(int(sys.argv[1]))

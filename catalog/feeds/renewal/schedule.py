"""When a course runs. A series of starts without beginning or end, and a window upon it."""

import datetime
import hashlib

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# part of day: EDU-DEX name, start, end, XCRI pattern
PARTS = {
    "morning": ("morning", "09:00:00", "12:30:00", "DT"),
    "afternoon": ("afternoon", "13:00:00", "16:30:00", "DT"),
    "day": ("day", "09:00:00", "16:30:00", "DT"),
    "evening": ("evening", "19:00:00", "21:30:00", "EV"),
    "weekend": ("weekend", "09:30:00", "16:00:00", "WE"),
}
ORIGIN = datetime.date(2024, 1, 1)  # a Monday; the series are counted from here
MAX_LISTED_DAYS = 12  # longer runs state a weekly pattern instead of every day


class Window:
    """What is published on the base day: starts from 2 months before to 26 months after."""

    def __init__(self, base):
        self.base = base
        self.first = months(base, -2)
        self.last = months(base, 26)


def months(date, count):
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    for day in (date.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, day)
        except ValueError:
            continue


def chance(*parts):
    """A number from 0 up to 1 that belongs to these words for ever."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return datetime.date(year, f // 31, f % 31 + 1)


def is_free(date):
    """Days on which nobody teaches: public holidays, Christmas and the summer weeks."""
    since_easter = (date - easter(date.year)).days
    return (
        since_easter in (-2, 0, 1, 39, 40, 49, 50)
        or (date.month, date.day) in {(4, 27), (5, 5)}
        or (date.month, date.day) >= (12, 21)
        or (date.month, date.day) <= (1, 4)
        or (7, 12) <= (date.month, date.day) <= (8, 20)
    )


def pattern(course):
    """The weekdays (0 = Monday) and the part of the day of `when`, such as "tue thu evening"."""
    words = course.get("when", "tue day").split()
    days = [DAYS.index(word) for word in words if word in DAYS]
    parts = [word for word in words if word in PARTS]
    if len(days) + len(parts) != len(words) or not days or len(parts) > 1:
        raise SystemExit(f"{course['id']}: cannot read when = {course.get('when')!r}")
    part = parts[0] if parts else "day"
    if part == "day" and set(days) <= {5, 6}:
        part = "weekend"
    return days, part


def length(course):
    """The number and unit (hour, day, week, month, year) of `length`, such as "10 weeks"."""
    number, unit = course.get("length", "1 day").split()
    return int(number), unit.rstrip("s")


def part_times(course):
    """The first and last time of a course day; something shorter than half a day is one session."""
    days, part = pattern(course)
    _, start, end, _ = PARTS[part]
    number, unit = length(course)
    if unit == "hour" and number <= 3:
        first = datetime.datetime.strptime(start, "%H:%M:%S")
        end = (first + datetime.timedelta(hours=number)).strftime("%H:%M:%S")
    return start, end


def _on_or_after(date, weekday):
    return date + datetime.timedelta(days=(weekday - date.weekday()) % 7)


def sessions(course, start):
    """The days of one run: all of them, or none if the run is longer than is listed."""
    number, unit = length(course)
    days, _ = pattern(course)
    count = {"hour": 1, "day": number, "week": number * len(days)}.get(unit)
    if count is None:
        return []
    found, week = [], start - datetime.timedelta(days=start.weekday())
    while len(found) < count:
        for weekday in days:
            date = week + datetime.timedelta(days=weekday)
            if date >= start and not is_free(date) and len(found) < count:
                found.append(date)
        week += datetime.timedelta(weeks=1)
    return found


def _end(course, start):
    number, unit = length(course)
    days = sessions(course, start)
    if days:
        return days[-1]
    total = {"month": number, "year": number * 12}[unit]
    return months(start, total) - datetime.timedelta(days=4)


def _starts(course, window):
    """(start, venue keys) of each round in the window."""
    days, _ = pattern(course)
    venues = course.get("venues") or [None]
    if "starts" in course:
        for year in range(window.first.year, window.last.year + 1):
            for text in course["starts"]:
                month, day = map(int, text.split("-"))
                date = _on_or_after(datetime.date(year, month, day), days[0])
                while is_free(date):
                    date += datetime.timedelta(weeks=1)
                yield date, venues
        return
    every = course.get("every", 30)
    phase = int(chance(course["id"], "phase") * every)
    number = 0
    while True:
        week = ORIGIN + datetime.timedelta(weeks=phase + number * every)
        date = week + datetime.timedelta(days=days[0])
        while is_free(date):
            date += datetime.timedelta(weeks=1)
        if date > window.last:
            return
        yield date, venues if course.get("together") else [venues[number % len(venues)]]
        number += 1


def runs(course, partner, window):
    """The runs in the window, oldest first; empty for a course with an open start."""
    if course.get("start") in ("agreed", "direct"):
        return []
    result = []
    for start, venues in _starts(course, window):
        if not window.first <= start <= window.last:
            continue
        for venue in venues:
            result.append(_run(course, start, venue, len(course.get("venues") or [1]) > 1, window))
    return sorted(result, key=lambda run: (run["start"], run["id"]))


def _run(course, start, venue, several, window):
    key = f"{course['id']}-{start:%Y%m%d}" + (f"-{venue}" if venue and several else "")
    weeks_before = 1 + int(chance(key, "deadline") * 3)
    if length(course)[1] in ("month", "year"):
        weeks_before = 4 + int(chance(key, "deadline") * 5)
    deadline = start - datetime.timedelta(weeks=weeks_before)
    low, high = course.get("places", [6, 14])
    # A run fills up in its last four months and is called off in its last ten weeks.
    if start <= window.base or deadline < window.base:
        state = "closed"
    elif chance(key, "cancelled") < 0.07 and start < window.base + datetime.timedelta(weeks=10):
        state = "cancelled"
    elif chance(key, "full") < 0.22 and start < window.base + datetime.timedelta(weeks=17):
        state = "full"
    else:
        state = "open"
    left = 0 if state == "full" else 1 + int(chance(key, "left") * high)
    return {
        "id": key,
        "start": start,
        "end": _end(course, start),
        "deadline": deadline,
        "opens": months(start, -9),
        "venue": venue,
        "state": state,
        "final": start <= months(window.base, 14),
        "min": low,
        "max": high,
        "left": min(left, high),
        "price": price(course, start.year),
        "days": sessions(course, start),
    }


def price(course, year):
    """The price in a year: 3 % more each year after 2026, rounded to 5 euros."""
    base = course.get("price", 0)
    if base < 50:
        return base
    return round(base * (1 + 0.03 * max(0, year - 2026)) / 5) * 5

"""What the oracle reads: the contract's files, the pack, and the service that they tell of as of one day.

It shares no line with the program that is checked and needs nothing but Python's own library.
"""
import csv
import datetime
import functools
import os
import sys

# ---------------------------------------------------------------- files


def read_csv(path):
    """Rows of a contract file as dictionaries: BOM, CRLF, comma or semicolon."""
    with open(path, encoding="utf-8-sig", newline="") as f:
        head = f.readline()
        f.seek(0)
        rows = csv.reader(f, delimiter=";" if head.count(";") > head.count(",") else ",")
        names = [n.strip() for n in next(rows)]
        return [dict(zip(names, r)) for r in rows if r]


def read_entity(folder, name, needed=True):
    for file in (name + ".csv", name + "s.csv"):
        if os.path.exists(os.path.join(folder, file)):
            return read_csv(os.path.join(folder, file))
    if needed:
        sys.exit(f"{folder}: there is no {name}.csv")
    return []


def read_yaml(path):
    """The subset that packs are written in: block mappings and lists, every scalar a text."""
    lines = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            text = line.strip()
            if text and not text.startswith("#"):
                lines.append((len(line) - len(line.lstrip(" ")), text))

    def block(i, indent):
        if lines[i][1].startswith("- "):
            return sequence(i, indent)
        return mapping(i, indent)

    def sequence(i, indent):
        out = []
        while i < len(lines) and lines[i][0] == indent and lines[i][1].startswith("- "):
            item = lines[i][1][2:]
            if ": " in item or item.endswith(":"):
                lines[i] = (indent + 2, item)
                value, i = mapping(i, indent + 2)
            else:
                value, i = item, i + 1
            out.append(value)
        return out, i

    def mapping(i, indent):
        out = {}
        while i < len(lines) and lines[i][0] == indent and not lines[i][1].startswith("- "):
            key, _, rest = lines[i][1].partition(":")
            i += 1
            if rest.strip():
                out[key] = rest.strip()
            else:
                out[key], i = block(i, lines[i][0])
        return out, i

    value, end = block(0, 0)
    if end != len(lines):
        sys.exit(f"{path}: line {lines[end][1]!r} is not understood")
    return value


# ---------------------------------------------------------------- days


@functools.lru_cache(maxsize=None)
def day(text):
    """ISO text as a day number; nothing where nothing is stated."""
    return datetime.date.fromisoformat(text).toordinal() if text else None


def iso(number):
    return datetime.date.fromordinal(number).isoformat() if number is not None else ""


def add_months(number, months):
    """Keep the number of the day, or take the month's last."""
    d = datetime.date.fromordinal(number)
    year, month = divmod(d.year * 12 + d.month - 1 + months, 12)
    first_of_next = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(d.day, last)).toordinal()


def full_months(start, end):
    if end < start:
        return 0
    a, b = datetime.date.fromordinal(start), datetime.date.fromordinal(end)
    months = (b.year - a.year) * 12 + b.month - a.month
    return months if add_months(start, months) <= end else months - 1


# ---------------------------------------------------------------- numbers and words


def hundredths(text):
    if not text:
        return None
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def decimal(n):
    if n is None:
        return ""
    return str(n // 100) + ("." + f"{n % 100:02d}" if n % 100 else "").rstrip("0")


def true(text):
    return text == "true"


# ---------------------------------------------------------------- the pack


class Pack:
    def __init__(self, folder):
        self.folder = folder
        ranks = sorted(self.table("ranks"), key=lambda r: int(r["order"]))
        self.rank_order = {r["code"]: i for i, r in enumerate(ranks)}
        self.ranks = [r["code"] for r in ranks]
        self.min_education = {r["code"]: r["min_education"] for r in ranks}
        self.education = {r["code"]: int(r["order"]) for r in self.table("education")}
        self.echelon = {r["code"]: int(r["order"]) for r in self.table("echelons")}
        self.in_service = {r["code"] for r in self.table("statuses") if true(r["in_service"])}
        self.stops_clock = {r["code"] for r in self.table("statuses") if true(r["stops_rank_clock"])}
        self.severity = {r["code"]: r["severity"] for r in self.table("sanction_kinds")}
        self.read_as = {r["written"]: r["code"] for r in self.table("synonyms") if r["of"] == "education"}

    @functools.lru_cache(maxsize=None)
    def table(self, name):
        return read_csv(os.path.join(self.folder, name + ".csv"))

    def policy(self, name):
        folder = os.path.join(self.folder, "policies")
        for file in sorted(os.listdir(folder)):
            policy = read_yaml(os.path.join(folder, file))
            if policy["policy"] == name or (name is None and policy.get("default") == "true"):
                return policy
        sys.exit(f"{folder}: there is no policy {name}")

    def check_period(self, kind, as_of):
        days = sorted(r["month_day"] for r in self.table("periods") if r["kind"] == kind)
        text = iso(as_of)
        if text[5:] not in days:
            later = [d for d in days if d > text[5:]]
            after = text[:5] + later[0] if later else f"{int(text[:4]) + 1}-{days[0]}"
            sys.exit(f"{text} is not a period of the kind {kind}; the next is {after}")


# ---------------------------------------------------------------- the service as of one day


def holding(versions, on):
    """The last of (day, what) rows that has begun."""
    found = None
    for row in versions:
        if row[0] > on:
            break
        found = row
    return found


class Service:
    """Every fact by person, and who holds what on the day."""

    def __init__(self, folder, pack, on):
        self.pack, self.on = pack, on
        self.read_units(folder)
        self.read_people(folder)
        self.ranks = self.by_person(folder, "rank_history", lambda r: (day(r["valid_from"]), r["rank"]))
        self.statuses = self.by_person(folder, "status_history", lambda r: (day(r["valid_from"]), r["status"]), False)
        self.exams = self.by_person(folder, "exam_result",
                                    lambda r: (day(r["taken_on"]), r["exam"], true(r["passed"])))
        self.courses = self.by_person(folder, "course_result", lambda r: (day(r["completed_on"]), r["course"]))
        self.sanctions = self.by_person(folder, "sanction",
                                        lambda r: (day(r["decided_on"]), r["kind"], day(r["grace_until"])))
        self.ratings = {}
        for r in read_entity(folder, "rating"):
            self.ratings[self.alias[r["staff_number"]], r["tool"], int(r["year"])] = (
                hundredths(r["score"]), hundredths(r.get("lowest_component", "")))
        self.read_posts_held(folder)

    def versions_on_day(self, rows, key):
        versions = {}
        for r in rows:
            versions.setdefault(r[key], []).append((day(r["valid_from"]), r))
        held = {}
        for code, list_ in versions.items():
            list_.sort(key=lambda v: v[0])
            found = holding(list_, self.on)
            if found:
                held[code] = found[1]
        return held

    def read_units(self, folder):
        self.units = self.versions_on_day(read_entity(folder, "unit"), "code")
        self.posts = self.versions_on_day(read_entity(folder, "post"), "code")
        self.posts_of = {}
        for code, post in self.posts.items():
            self.posts_of.setdefault(post["unit"], []).append(code)

    def read_people(self, folder):
        rows = read_entity(folder, "person")
        self.alias = {}

        def root(number):
            while self.alias.setdefault(number, number) != number:
                number = self.alias[number]
            return number

        for r in rows:
            root(r["staff_number"])
            if r.get("former_number"):
                self.alias[root(r["staff_number"])] = root(r["former_number"])
        self.alias = {number: root(number) for number in self.alias}
        self.name_people(rows)
        versions = {}
        for r in rows:
            education = self.pack.read_as.get(r["education"], r["education"])
            begins = day(r.get("valid_from")) or day(r["joined_on"])
            versions.setdefault(self.alias[r["staff_number"]], []).append(
                (begins, {"education": education, "category": r["category"], "joined_on": day(r["joined_on"])}))
        self.people = {}
        for who, list_ in versions.items():
            found = holding(sorted(list_, key=lambda v: v[0]), self.on)
            if found:
                self.people[who] = found[1]

    def name_people(self, rows):
        """A person goes by the newest of their numbers, whatever the day asked about."""
        since = {}
        for r in rows:
            joined, begins, former = day(r["joined_on"]), day(r.get("number_from")), r.get("former_number")
            number = r["staff_number"]
            if former:
                since.setdefault(former, joined)
                since[number] = begins or datetime.date.max.toordinal()
            elif begins or number not in since:
                since[number] = begins or joined
        self.newest = {}
        for number, begins in since.items():
            who = self.alias[number]
            self.newest[who] = max(self.newest.get(who, (0, "")), (begins, number))

    def number(self, who):
        return self.newest[who][1]

    def by_person(self, folder, name, row, needed=True):
        out = {}
        for r in read_entity(folder, name, needed):
            out.setdefault(self.alias[r["staff_number"]], []).append(row(r))
        for rows in out.values():
            rows.sort(key=lambda r: r[:2])
        return out

    def read_posts_held(self, folder):
        lanes = {}
        for r in read_entity(folder, "post_history"):
            lane = (self.alias[r["staff_number"]], true(r.get("acting", "")))
            lanes.setdefault(lane, []).append(
                (day(r["valid_from"]), r["post"], day(r.get("until")), day(r.get("inaugurated_on"))))
        self.own, self.own_since, self.holder, self.acting = {}, {}, {}, {}
        for (who, acting), rows in sorted(lanes.items()):
            rows = sorted((r for r in rows if r[0] <= self.on), key=lambda r: r[0])
            if not rows or (rows[-1][2] is not None and rows[-1][2] < self.on):
                continue
            post = rows[-1][1]
            if acting:
                self.acting.setdefault(post, who)
            else:
                self.own[who] = post
                self.own_since[who] = self.run_of_post(rows)
                self.holder[post] = who

    @staticmethod
    def run_of_post(rows):
        """The day on which the present run in one post began: the oath, else the day of effect."""
        i = len(rows) - 1
        while i and rows[i - 1][1] == rows[i][1] and (rows[i - 1][2] is None or rows[i - 1][2] >= rows[i][0] - 1):
            i -= 1
        return rows[i][3] if rows[i][3] is not None else rows[i][0]

    def rank(self, who):
        found = holding(self.ranks.get(who, ()), self.on)
        return found[1] if found else None

    def rank_since(self, who):
        rows = [r for r in self.ranks[who] if r[0] <= self.on]
        i = len(rows) - 1
        while i and rows[i - 1][1] == rows[i][1]:
            i -= 1
        return rows[i][0]

    def in_service(self, who):
        person = self.people.get(who)
        if not person or person["joined_on"] > self.on:
            return False
        found = holding(self.statuses.get(who, ()), self.on)
        return found is None or found[1] in self.pack.in_service

    def days_clock_stood(self, who, since):
        rows = self.statuses.get(who, ())
        days = 0
        for i, (begins, status) in enumerate(rows):
            if status in self.pack.stops_clock:
                ends = rows[i + 1][0] if i + 1 < len(rows) else self.on
                days += max(0, min(ends, self.on) - max(begins, since))
        return days

    def in_unit(self, unit, top):
        while unit:
            if unit == top:
                return unit in self.units
            unit = self.units[unit]["parent"] if unit in self.units else ""
        return False

    @functools.lru_cache(maxsize=None)
    def head_post(self, unit):
        posts = self.posts_of.get(unit, ())
        flagged = [p for p in posts if true(self.posts[p].get("heads_unit", ""))]
        able = flagged or posts
        return min(able, key=lambda p: (self.pack.echelon.get(self.posts[p]["echelon"], 99), p), default=None)

    def superior(self, who):
        unit = self.posts[self.own[who]]["unit"]
        while unit in self.units:
            head = self.head_post(unit)
            if head and head != self.own[who]:
                found = self.holder.get(head) or self.acting.get(head)
                if found and found != who:
                    return found
            unit = self.units[unit]["parent"]
        return None

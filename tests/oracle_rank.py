#!/usr/bin/env python3
"""Judge a rank round a second time, from the exported files and the pack alone.

    oracle_rank.py FILES PACK --unit MOF --as-of 2008-10-01 [--policy as-reported] [--compare LIST.csv]

FILES is a folder of the contract's CSV files (unit.csv, post.csv, person.csv …). Prints the list of the round
without the sentences of reason; with --compare prints instead where LIST.csv differs, and exits 1 if it does.
What they say is read by oracle_facts.py.
Shares no line with the program it checks and needs nothing but Python's own library.
"""
import argparse
import csv
import datetime
import sys

from oracle_facts import Pack, Service, add_months, day, decimal, full_months, hundredths, iso, read_csv

# ---------------------------------------------------------------- the judges: met, value, complete_on

YES, NO, MISSING, NOT_ASKED = "yes", "no", "missing", "not-asked"


def answer(ok):
    return YES if ok else NO


class Judges:
    def __init__(self, service):
        self.s, self.pack, self.on = service, service.pack, service.on

    def next_rank(self, rank):
        i = self.pack.rank_order[rank] + 1
        return self.pack.ranks[i] if i < len(self.pack.ranks) else None

    def not_above(self, rank, limit):
        return self.pack.rank_order[rank] <= self.pack.rank_order[limit]

    def education_for_next_rank(self, who, rank, asked):
        has = self.s.people[who]["education"]
        if not has:
            return MISSING, "", None
        needs = self.pack.min_education[self.next_rank(rank)]
        return answer(self.pack.education[has] >= self.pack.education[needs]), has, None

    def service_exam(self, who, rank, asked):
        nxt = self.next_rank(rank)
        exam = [r["exam"] for r in self.pack.table(asked["steps_table"]) if (r["from_rank"], r["to_rank"]) == (rank, nxt)]
        if not exam:
            return NOT_ASKED, "", None
        exam = exam[0]
        if any(e == exam and passed and on <= self.on for on, e, passed in self.s.exams.get(who, ())):
            return YES, exam, None
        done = {course for on, course in self.s.courses.get(who, ()) if on <= self.on}
        has = self.s.people[who]["education"]
        for r in self.pack.table(asked["exemptions_table"]):
            if r["exam"] != exam:
                continue
            if r["by"] == "course" and r["code"] in done:
                return YES, r["code"], None
            if r["by"] == "education" and has and self.pack.education[has] >= self.pack.education[r["code"]]:
                return YES, has, None
        return NO, exam, None

    def months_in_post(self, who, rank, asked):
        since = self.s.own_since[who]
        complete = add_months(since, 12 * int(asked["years"]))
        return answer(complete <= self.on), str(full_months(since, self.on)), complete

    def years_in_rank(self, who, rank, asked):
        since = self.s.rank_since(who)
        stood = self.s.days_clock_stood(who, since)
        complete = add_months(since, 12 * int(asked["years"])) + stood
        if self.is_below_band(who, rank):
            in_rank = add_months(since, 12 * int(asked["below_band_years"])) + stood
            in_post = add_months(self.s.own_since[who], 12 * int(asked["below_band_years_in_post"]))
            complete = min(complete, max(in_rank, in_post))
        return answer(complete <= self.on), str(full_months(since, self.on - stood)), complete

    def is_below_band(self, who, rank):
        low = self.s.posts[self.s.own[who]]["rank_low"]
        return bool(self.s.people[who]["category"] == "structural" and low and self.next_rank(rank) == low)

    def ratings(self, who, rank, asked):
        year = datetime.date.fromordinal(self.on).year
        minimum, values, found = hundredths(asked["minimum"]), [], set()
        for y in range(year - 1, year - 1 - int(asked["years"]), -1):
            score, lowest = self.s.ratings.get((who, asked["tool"], y), (None, None))
            value = lowest if asked["of"] == "lowest_component" else score
            values.append(decimal(value))
            below = [v for v in (score, value) if v is not None and v < minimum]
            found.add(NO if below else MISSING if value is None else YES)
        met = next(m for m in (NO, MISSING, YES) if m in found)
        return met, ";".join(values), None

    def ceiling(self, who, rank, asked):
        person = self.s.people[who]
        if person["category"] == "structural":
            limit = self.s.posts[self.s.own[who]]["rank_high"]
        else:
            limits = {r["education"]: r["highest_rank"] for r in self.pack.table(asked["table"])}
            limit = limits.get(person["education"], "")
        if not limit:
            return MISSING, "", None
        return answer(self.not_above(self.next_rank(rank), limit)), limit, None

    def not_above_superior(self, who, rank, asked):
        superior = self.s.superior(who)
        if superior is None:
            return NOT_ASKED, "", None
        limit = self.s.rank(superior)
        if limit is None:
            return MISSING, "", None
        return answer(self.not_above(self.next_rank(rank), limit)), limit, None

    def no_running_sanction(self, who, rank, asked):
        for_ever = datetime.date.max.toordinal()
        running = [(until or for_ever, on, kind) for on, kind, until in self.s.sanctions.get(who, ())
                   if self.pack.severity[kind] in asked["severities"] and on <= self.on <= (until or for_ever)]
        if not running:
            return YES, "", None
        until, _, kind = max(running)
        return NO, kind, until + 1 if until != for_ever else None


# ---------------------------------------------------------------- the round


def outcome(answers):
    met = [a[0] for a in answers]
    return "not-yet" if NO in met else "incomplete" if MISSING in met else "meets"


def judge(service, policy, unit):
    judges = Judges(service)
    criteria = [(c["name"], getattr(judges, c["judge"].split("@")[0]), c) for c in policy["criteria"]]
    head = ["staff_number", "rank", "next", "outcome", "override", "version"]
    for name, _, _ in criteria:
        head += [name + "_met", name + "_value", name + "_complete_on"]
    rows = []
    for who, post in service.own.items():
        rank = service.rank(who)
        if rank is None or judges.next_rank(rank) is None or not service.in_service(who):
            continue
        if post not in service.posts or not service.in_unit(service.posts[post]["unit"], unit):
            continue
        if service.people[who]["category"] in policy["other_kind"]:
            result, answers = "other-kind", [(NOT_ASKED, "", None)] * len(criteria)
        else:
            answers = [function(who, rank, asked) for _, function, asked in criteria]
            result = outcome(answers)
        row = [service.number(who), rank, judges.next_rank(rank), result, "", "committee"]
        for met, value, complete in answers:
            row += [met, value, iso(complete)]
        rows.append(row)
    return head, sorted(rows, key=lambda r: r[0].encode())


def compare(head, rows, path):
    """Print what a list of the program says otherwise; an overridden outcome is the committee's own."""
    theirs = read_csv(path)
    problems = [f"order: {b['staff_number']} stands after {a['staff_number']}"
                for a, b in zip(theirs, theirs[1:]) if a["staff_number"].encode() >= b["staff_number"].encode()]
    listed = {r["staff_number"]: r for r in theirs}
    for name in head:
        if theirs and name not in theirs[0]:
            problems.append(f"column {name} is not in {path}")
    for row in rows:
        mine = dict(zip(head, row))
        other = listed.pop(mine["staff_number"], None)
        if other is None:
            problems.append(f"{mine['staff_number']} is not in {path}")
            continue
        skip = ("outcome", "override") if other.get("override") else ()
        problems += [f"{mine['staff_number']} {name}: computed {mine[name]!r}, listed {other[name]!r}"
                     for name in head if name in other and name not in skip and mine[name] != other[name]]
    problems += [f"{number} should not be in {path}" for number in listed]
    for p in problems[:200]:
        print(p)
    print(f"{len(rows)} people computed, {len(theirs)} listed, {len(problems)} differences", file=sys.stderr)
    return 1 if problems else 0


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("files")
    a.add_argument("pack")
    a.add_argument("--unit", required=True)
    a.add_argument("--as-of", required=True)
    a.add_argument("--policy")
    a.add_argument("--compare", metavar="LIST")
    o = a.parse_args()
    pack, on = Pack(o.pack), day(o.as_of)
    policy = pack.policy(o.policy)
    pack.check_period(policy["kind"], on)
    service = Service(o.files, pack, on)
    if o.unit not in service.units:
        sys.exit(f"there is no unit {o.unit} on {o.as_of}")
    head, rows = judge(service, policy, o.unit)
    if o.compare:
        return compare(head, rows, o.compare)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(head)
    out.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())

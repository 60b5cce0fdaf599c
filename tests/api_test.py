"""The same for programs: the description is valid, answers keep to it, rights and reach hold, writes go as on pages, and a
generator of hostile requests gets no 500 and no answer outside the description."""
import functools
import json
import random
import re
import subprocess
import urllib.parse

import jsonschema
import judges
import merit
import office
import pytest
import requests
import walk



@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = office.Office(tmp_path_factory.mktemp("api"))
    yield house
    house.stop()


def token(house, user):
    """A token with all that the user may do, made on the page for it."""
    visit = house.visit(user)
    page = house.page(visit, "/tokens")
    form = next(f for f in page.forms if "days" in f["fields"])
    rights = {name: "true" for name in form["choices"]}
    answer = visit.send(page.url, form, {"name": "a program", "days": "30", **rights})
    found = re.search(r"[\w-]*\d+\.[\w-]{40,}", answer.text)
    assert answer.status_code == 200 and found, walk.Page(answer.text).text
    return found[0]


class Client:
    def __init__(self, house, secret):
        self.url, self.session = house.url, requests.Session()
        if secret:
            self.session.headers["Authorization"] = "Bearer " + secret

    def __call__(self, method, path, **more):
        return self.session.request(method, self.url + path, timeout=60, **more)

    def get(self, path, **more):
        return self("GET", path, **more)


@pytest.fixture(scope="module")
def hr(house):
    return Client(house, token(house, "hr"))


@pytest.fixture(scope="module")
def described(house):
    return requests.get(house.url + "/api/v1/openapi.json", timeout=60).json()


@pytest.fixture(scope="module")
def person(hr):
    return hr.get("/api/v1/person?limit=1").json()["items"][0]["staff_number"]


# ---- the description -------------------------------------------------------------------------------------------------

def references(tree):
    if isinstance(tree, dict):
        if "$ref" in tree:
            yield tree["$ref"]
        for value in tree.values():
            yield from references(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from references(value)


def said(described, answer):
    """An answer as the description has it, behind its reference."""
    for part in answer.get("$ref", "#").removeprefix("#").split("/")[1:]:
        answer = (described if part == "components" else answer)[part]
    return answer


def test_the_description_is_sound(described):
    assert described["openapi"].startswith("3.1")
    ids = []
    for path, methods in described["paths"].items():
        braces = set(re.findall(r"{(\w+)}", path))
        for method, operation in methods.items():
            ids.append(operation["operationId"])
            named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert named == braces, (path, method, named, braces)
            assert any(status.startswith("2") for status in operation["responses"]), (path, method)
            assert all("description" in said(described, answer) for answer in operation["responses"].values())
            assert operation["tags"] and operation["summary"]
            assert ("requestBody" in operation) == (method in ("post", "patch", "put")), (path, method)
    assert len(ids) == len(set(ids))
    for ref in references(described):
        at = described
        for part in ref.removeprefix("#/").split("/"):
            at = at[part]
    for name, schema in described["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_an_outside_judge_finds_the_description_valid(described, tmp_path):
    subprocess.run([judges.HERE / "install"], check=True)
    judge = ["node", judges.HERE / "openapi.mjs"]
    for name, document, valid in (("ours", described, True), ("bad", {**described, "paths": {"x": 1}}, False)):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(document))
        done = subprocess.run([*judge, file], cwd=judges.NODE, capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout)
        assert answer["valid"] is valid and (not valid or answer["version"] == "3.1"), done.stdout[:2000]


def test_the_command_line_prints_the_same(described):
    done = merit.run("openapi")
    assert done.returncode == 0 and json.loads(done.stdout) == described


def fits(described, path, method, answer):
    """Why an answer is not as described; empty: it is."""
    operation = described["paths"][path][method]
    stated = operation["responses"].get(str(answer.status_code))
    if not stated:
        return f"{method} {path}: {answer.status_code} is not described"
    kinds = said(described, stated).get("content")
    if not kinds:
        return ""
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if kind not in kinds:
        return f"{method} {path}: {answer.status_code} is {kind}, not {list(kinds)}"
    schema = {**kinds[kind]["schema"], "components": described["components"]}
    wrong = list(jsonschema.Draft202012Validator(schema).iter_errors(answer.json()))
    return f"{method} {path}: {wrong[0].message}" if wrong else ""


def unfit_body(described, path, method, body):
    """Why a body is not as described; empty: it is."""
    kinds = described["paths"][path][method]["requestBody"]["content"]
    schema = {**kinds["application/json"]["schema"], "components": described["components"]}
    return "; ".join(wrong.message for wrong in jsonschema.Draft202012Validator(schema).iter_errors(body))


def send(described, client, method, path, at, body, status, **more):
    """One write whose body fits the description just when it is taken, and whose answer fits in any case."""
    answer = client(method.upper(), at, json=body, **more)
    assert answer.status_code == status, answer.text
    assert bool(unfit_body(described, path, method, body)) == (status == 422), (body, unfit_body(described, path, method, body))
    assert not fits(described, path, method, answer)
    return answer


def test_every_path_that_reads_answers_as_described(described, hr, house, person):
    known = {"person": person, "unit": "MOF", "round": house.open}
    wrong = []
    for path, methods in described["paths"].items():
        if "get" not in methods or path == "/api/v1/openapi.json":
            continue
        thing = path.split("/")[3] if path.count("/") > 2 else ""
        if "{key}" in path and thing not in known:
            listed = hr.get(f"/api/v1/{thing}?limit=1")
            items = listed.json().get("items", []) if listed.status_code == 200 else []
            names = list(items[0].values()) if items else ["nothing"]
            known[thing] = names[0]
        asked = path.replace("{key}", urllib.parse.quote(str(known.get(thing, "")), safe="")).replace("{round}", house.open)
        wrong.append(fits(described, path, "get", hr.get(asked)))
    assert not [w for w in wrong if w], "\n".join(w for w in wrong if w)


# ---- reading ---------------------------------------------------------------------------------------------------------

def test_a_list_pages_to_its_end_and_counts_honestly(hr, house):
    seen, address = [], "/api/v1/person?limit=97"
    while address:
        answer = hr.get(address).json()
        seen += [item["staff_number"] for item in answer["items"]]
        address = answer.get("next")
    assert len(seen) == len(set(seen)) == 300
    assert answer["total"] == 300 and answer["total_is_exact"]


def test_what_an_address_does_not_know_is_refused_not_ignored(hr):
    """A list holds what is true today: whoever asks it for another day must not believe the answer."""
    for path in ("/person?as_of=2007-01-01", "/person?colour=red", "/rounds?limit=1", "/find?q=a&page=2", "/person/060000101?x=1"):
        answer = hr.get("/api/v1" + path)
        assert answer.status_code == 400 and "openapi.json" in answer.json()["detail"], (path, answer.text)
    assert hr.get("/api/v1/person?is_category=general&limit=1").status_code == 200
    day = hr.get("/api/v1/person/060000101?as_of=yesterday").json()
    assert [problem["field"] for problem in day["problems"]] == ["as_of"]
    gone = hr.get("/api/v1/person/nobody")
    assert gone.status_code == 404 and "/api/v1 lists" in gone.json()["detail"]
    assert len(hr.get("/api/v1/person?limit=500").json()["items"]) == 200


def test_a_list_narrows_and_orders_only_by_what_is_there(hr, described):
    """Whoever asks for one kind alone must not take everybody for it. The description and the refusal name the same."""
    for thing in ("person", "unit", "course"):
        whole = hr.get(f"/api/v1/{thing}").json()["total"]
        stated = described["paths"][f"/api/v1/{thing}"]["get"]["parameters"]
        narrows = [p["name"] for p in stated if p["name"].startswith("is_")]
        orders = next(p["schema"]["enum"] for p in stated if p["name"] == "sort")
        assert narrows and orders
        for query, names in (("is_colour=red", narrows), ("is_name=a", narrows), ("sort=colour", orders), ("sort=is_name", orders)):
            answer = hr.get(f"/api/v1/{thing}?{query}")
            assert answer.status_code == 400, (query, answer.text)
            problem, = answer.json()["problems"]
            assert problem["field"] == query.split("=")[0] and problem["todo"].endswith(": " + ", ".join(names)), problem
        for name in orders:
            assert hr.get(f"/api/v1/{thing}?sort={name}").json()["total"] == whole, name
        for name in narrows:
            asked = hr.get(f"/api/v1/{thing}?{name}=")
            assert asked.status_code == 200 and asked.json()["total"] == whole, name
    both = hr.get("/api/v1/person?is_colour=red&sort=colour&is_category=general").json()
    assert [problem["field"] for problem in both["problems"]] == ["is_colour", "sort"]


def test_every_member_of_a_round_is_described(hr, described, house):
    schemas = described["components"]["schemas"]
    about = hr.get(f"/api/v1/rounds/{house.sealed}").json()
    assert set(about) - {"unit"} == set(schemas["round_state"]["properties"])
    seen, conditions = set(), set()
    for item in hr.get(f"/api/v1/rounds/{house.open}/people?limit=200").json()["items"]:
        seen |= set(item)
        conditions |= {name for x in item.get("conditions", []) for name in x}
    assert seen <= set(schemas["considered"]["properties"]) and conditions <= set(schemas["condition"]["properties"])
    assert {"staff_number", "outcome", "conditions"} <= seen and {"met", "reason", "source"} <= conditions


def test_two_dates_and_a_mark_of_what_one_has(hr, person, house):
    answer = hr.get(f"/api/v1/person/{person}")
    mark = answer.headers["ETag"]
    assert hr.get(f"/api/v1/person/{person}", headers={"If-None-Match": mark}).status_code == 304
    assert hr.get(f"/api/v1/person/{person}?as_of=1950-01-01").status_code == 404
    assert hr.get(f"/api/v1/person/{person}?known_at=3").status_code == 404
    assert hr.get(f"/api/v1/person/{person}?as_of=2008-02-30").status_code in (400, 422)


def test_nobody_without_a_token_and_nothing_outside_the_reach(house, person):
    stranger = Client(house, "")
    assert stranger.get("/api/v1/person").status_code == 401
    assert Client(house, "12." + "x" * 43).get("/api/v1/person").status_code == 401
    other = Client(house, token(house, "manager.other"))
    mine = other.get("/api/v1/person?limit=200").json()
    everybody = Client(house, token(house, "hr")).get("/api/v1/person?limit=200").json()
    numbers = {item["staff_number"] for item in mine["items"]}
    assert mine["total"] < 300 and len(numbers) == mine["total"]
    hidden = next(i for i in everybody["items"] if i["staff_number"] not in numbers)
    for path in ("", "/rating", "/rank_history", "/sanction"):
        assert other.get(f"/api/v1/person/{hidden['staff_number']}{path}").status_code == 404
    found = other.get("/api/v1/find", params={"q": hidden["name"]}).json()["items"]
    assert hidden["staff_number"] not in [item["key"] for item in found if item["kind"] == "person"]
    employee = Client(house, token(house, "employee"))
    assert employee.get("/api/v1/person").status_code in (403, 404)
    assert employee.get("/api/v1/rounds").status_code == 403


def test_confidential_fields_are_absent_without_the_right(house, hr, described):
    closed = {name for name, schema in described["components"]["schemas"]["rating"]["properties"].items()
              if "Confidential" in schema.get("description", "")}
    full = hr.get("/api/v1/person/060000101/rating").json()["items"]
    assert full and closed & set(full[0]), "hr sees no confidential field"
    secret = token_without_closed(house)
    bare = Client(house, secret).get("/api/v1/person/060000101/rating")
    assert bare.status_code == 404 or not any(closed & set(item) for item in bare.json()["items"])


def token_without_closed(house):
    visit = house.visit("hr")
    page = house.page(visit, "/tokens")
    form = next(f for f in page.forms if "days" in f["fields"])
    rights = {name: "true" for name in form["choices"] if name != "closed"}
    answer = visit.send(page.url, form, {"name": "half a program", "days": "30", **rights})
    return re.search(r"[\w-]*\d+\.[\w-]{40,}", answer.text)[0]


# ---- writing ---------------------------------------------------------------------------------------------------------

def test_a_fact_is_entered_corrected_and_kept(hr, person, described):
    path = f"/api/v1/person/{person}/course_result"
    new = {"course": "diklatpim-4", "completed_on": "2008-03-14", "score": "81.5"}
    write = functools.partial(send, described, hr, "post", "/api/v1/person/{key}/course_result", path)
    fact = write(new, 201).json()
    assert fact["score"] == "81.5" and fact["_fact"]
    write(new, 409)
    silent = write({"_fact": fact["_fact"], "score": "79", "wrongly": True}, 422).json()
    assert [problem["field"] for problem in silent["problems"]] == ["reason"]
    write({"score": "79", "wrongly": True, "reason": "typed wrongly"}, 422)
    write({"_fact": fact["_fact"], "score": "79", "wrongly": "true", "reason": "typed wrongly", "colour": "red"}, 422)
    mended = write({"_fact": fact["_fact"], "score": "79", "wrongly": True, "reason": "typed wrongly"}, 200).json()
    assert mended["score"] == "79"
    write({**mended, "score": "80", "wrongly": True, "reason": "typed wrongly again"}, 200)
    before = hr.get(f"{path}?known_at={fact['_known_from']}").json()["items"]
    assert [f["score"] for f in before if f["_fact"] == fact["_fact"]] == ["81.5"]


def test_a_record_is_changed_and_corrected_as_described(hr, person, described):
    """What says that it was recorded wrongly stands in the description of each body, with words for it."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method == "patch" or (method == "post" and "{key}" in path):
                name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
                stated = described["components"]["schemas"][name]["properties"]
                assert set(stated) == {"wrongly", "reason", *["_fact"] * (method == "post")}, path
                assert all(member["description"] for member in stated.values())
    path = f"/api/v1/person/{person}"
    before = hr.get(path).json()
    write = functools.partial(send, described, hr, "patch", "/api/v1/person/{key}", path)
    write({"education": before["education"]}, 422)
    write({"valid_from": "2008-08-01", "colour": "red"}, 422)
    changed = write({"valid_from": "2008-08-01", "education": "doctorate"}, 200).json()
    assert changed["education"] == "doctorate"
    write({"valid_from": "2008-08-01", "education": "master", "wrongly": True}, 422)
    wrong = {"valid_from": "2008-08-01", "education": before["education"], "wrongly": True, "reason": "of another person"}
    assert write(wrong, 200).json()["education"] == before["education"]


def test_all_that_is_wrong_is_said_at_once(hr, person):
    answer = hr("POST", f"/api/v1/person/{person}/rating",
                json={"tool": "DP9", "year": "many", "score": "140", "colour": "red"})
    assert answer.status_code == 422
    fields = {problem.get("field") for problem in answer.json()["problems"]}
    assert {"tool", "year", "score", "colour"} <= fields, answer.text


def test_a_stale_write_is_refused(house, hr, person):
    path = f"/api/v1/person/{person}"
    mark = hr.get(path).headers["ETag"]
    first = hr("PATCH", path, json={"valid_from": "2008-09-01", "education": "master"}, headers={"If-Match": mark})
    assert first.status_code == 200, first.text
    second = hr("PATCH", path, json={"valid_from": "2008-09-02", "education": "doctorate"}, headers={"If-Match": mark})
    assert second.status_code == 409, second.text
    assert hr.get(path).json()["education"] == "master"


def test_a_cookie_alone_writes_nothing(house, person):
    """Another site could send a form with the reader's cookie; programs have tokens."""
    visit = house.visit("hr")
    answer = visit.session.post(f"{house.url}/api/v1/person/{person}/course_result",
                                json={"course": "adum", "completed_on": "2008-01-10", "score": "80"}, timeout=60)
    assert answer.status_code == 401, answer.text


# ---- hostile ---------------------------------------------------------------------------------------------------------

NASTY = ["", " ", "0", "-1", "9" * 30, "..", "../../etc/passwd", "%00", "%ff%fe", "%zz", "'; DROP TABLE person; --", "<script>",
         "\u202egnp.exe", "é" * 300, "a" * 5000, "{key}", "null", "true", "[]", "2008-02-30", "0001-01-01", "9999-12-31", "\n"]


def nasty_value(luck):
    return luck.choice([None, True, 0, -1, 10**18, 10**40, 1.5, 1e308, "", "x" * 10000, "\u0000", "\ud7ff", [], {}, [[[]]],
                        {"a": {"b": 1}}, "2008-13-01", "140", "DP3", *NASTY])


def nasty_body(luck, schema):
    if luck.random() < .2:
        return luck.choice([b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a":1,"a":2}', b"[" * 5000, b'{"a":' * 900,
                            b'"text"', b"NaN", b'{"year":1e999}'])
    names = luck.sample(sorted(schema.get("properties", {})), k=min(4, len(schema.get("properties", {}))))
    body = {name: nasty_value(luck) for name in [*names, *luck.sample(["wrongly", "reason", "_fact", "until", "colour"], k=2)]}
    return json.dumps(body).encode("utf-8", "surrogatepass")


def test_hostile_requests_get_described_answers(described, hr, house, person):
    luck = random.Random(20080915)
    wrong, n = [], 0
    paths = list(described["paths"].items())
    for n in range(1500):
        path, methods = luck.choice(paths)
        method = luck.choice(list(methods))
        good = {"key": person, "round": house.open}
        at = re.sub(r"{(\w+)}", lambda m: good[m[1]] if luck.random() < .5 else urllib.parse.quote(luck.choice(NASTY), safe="%"), path)
        if luck.random() < .5:
            query = luck.choice(["as_of", "known_at", "after", "limit", "q", "sort", "is_category", "is_colour", "x"])
            at += f"?{query}={urllib.parse.quote(luck.choice(NASTY), safe='%')}"
        headers = {"If-Match": luck.choice(NASTY[:4])} if luck.random() < .1 else {}
        schema = described["components"]["schemas"].get(path.split("/")[-1] if "{key}/" in path else (path.split("/") + [""])[3], {})
        body = nasty_body(luck, schema) if method != "get" else None
        try:
            answer = hr(method.upper(), at, data=body, headers={**headers, "Content-Type": "application/json"})
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError):
            continue
        if answer.status_code >= 500 and answer.status_code != 503:
            wrong.append(f"{method} {at[:120]} {(body or b'')[:200]!r}: {answer.status_code} {answer.text[:200]}")
        elif "json" in answer.headers.get("Content-Type", "") or answer.status_code < 300:
            status = str(answer.status_code)
            if status not in described["paths"][path][method]["responses"]:
                wrong.append(f"{method} {at[:120]}: {status} is not described: {answer.text[:200]}")
            elif unfit := fits(described, path, method, answer):
                wrong.append(unfit)
    assert not wrong, f"{len(wrong)} of {n}:\n" + "\n".join(wrong[:15])
    assert hr.get("/api/v1").status_code == 200

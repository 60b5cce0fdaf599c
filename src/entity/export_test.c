/* export_test.c - what goes out comes in again and makes an equal store; and an audit of both finds nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"
#include "entity/io.h"
#include "ledger/audit.h"

int export_test(void);

static const struct entity *const files[] = {
	&fixture_place, &fixture_keeper, &fixture_seat,         &fixture_grade_history, &fixture_seat_history,
	&fixture_mark,  &fixture_drill,  &fixture_drill_result, &fixture_specimen,
};

static struct import_counts taken(struct ctx *c, const struct entity *e, const char *text)
{
	struct import_counts n = { 0 };

	fixture_took(c, e, text, NULL, &n);
	return n;
}

static enum err add(void *arg, struct str bytes)
{
	buf_add(arg, bytes.p, bytes.n);
	return E_OK;
}

static void exported(struct ctx *c, const struct entity *e, const struct export_options *o, struct buf *out)
{
	buf_reset(out);
	assert_int_equal(export_entity(c, e, o, add, out), E_OK);
}

static void sound(struct ctx *c)
{
	struct findings f;
	struct audit *a;

	findings_init(&f);
	assert_int_equal(audit_begin(c->store, ledger_side(c->ledger), &f, &a), E_OK);
	assert_int_equal(entity_audit(c, a), E_OK);
	audit_end(a);
	for (size_t i = 0; i < f.kept; i++)
		print_message("%s row %lld entry %lld: %s\n", f.list[i].table, (long long)f.list[i].row,
			      (long long)f.list[i].entry, f.list[i].what);
	assert_int_equal(f.count, 0);
	audit_free(a);
	findings_release(&f);
}

/* ---- invented files ---- */

static uint64_t state;
static int up_to(int n)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((state >> 33) % (uint64_t)n);
}

static const char *day(int from, int to)
{
	static char text[8][DATE_TEXT];
	static int turn;

	turn = (turn + 1) % 8;
	return date_text(date_of(from + up_to(to - from), 1 + up_to(12), 1 + up_to(28)), text[turn]);
}

enum { KEEPERS = 60, PLACES = 12, SEATS = 40 };

/* Rows in any order. */
struct lines {
	struct buf text;
	size_t at[400], n;
};

static void line(struct lines *l, const char *fmt, ...) PRINTF(2, 3);
static void line(struct lines *l, const char *fmt, ...)
{
	va_list ap;

	l->at[l->n++] = l->text.n;
	va_start(ap, fmt);
	buf_vprintf(&l->text, fmt, ap);
	va_end(ap);
	buf_char(&l->text, '\0');
}

static void shuffled(struct lines *l, const char *head, struct buf *out)
{
	buf_reset(out);
	buf_printf(out, "%s\n", head);
	for (size_t i = l->n; i > 0; i--) {
		size_t k = (size_t)up_to((int)i);
		buf_printf(out, "%s\n", l->text.p + l->at[k]);
		l->at[k] = l->at[i - 1];
	}
	l->n = 0;
	buf_reset(&l->text);
}

static void make_places(struct lines *l, struct buf *out)
{
	for (int i = 0; i < PLACES; i++) {
		char parent[16] = "";
		if (i > 0)
			snprintf(parent, sizeof parent, "PL%d", up_to(i));
		line(l, "PL%d,\"Place, %d\",%s,%s,1950-01-01", i, i, parent, i ? "light" : "coast");
		if (i > 6)
			line(l, "PL%d,\"Renamed \"\"%d\"\"\",PL0,district,%s", i, i, day(1990, 2000));
	}
	shuffled(l, "code,name,parent,kind,valid_from", out);
}

static void make_keepers(struct lines *l, struct buf *out)
{
	for (int i = 0; i < KEEPERS; i++) {
		const char *joined = day(1975, 1985), *since = i % 3 ? "" : day(1990, 1999);
		char former[16] = "";
		if (i % 3 == 0)
			snprintf(former, sizeof former, "F%d", i);
		line(l, "N%03d,Keeper %d,%s,%s,%s,%s,,%s,%s,%s", (i * 37) % KEEPERS, i, i % 2 ? "F" : "M",
		     day(1940, 1955), i % 5 ? "master" : "diploma", joined, former, since, i % 7 ? "" : "asthma");
		if (i % 4 == 0)
			line(l, "N%03d,Keeper %d,M,1939-01-01,primary,%s,%s,,,", (i * 37) % KEEPERS, i + 1000, joined,
			     day(1986, 2008));
	}
	shuffled(l, "number,name,sex,birth_date,schooling,joined_on,valid_from,former_number,number_from,health", out);
}

static void make_seats(struct lines *l, struct buf *out)
{
	for (int i = 0; i < SEATS; i++)
		line(l, "S%d,Seat %d,PL%d,%s,%s,1960-01-01", i, i, up_to(PLACES), up_to(2) ? "1/b" : "",
		     up_to(2) ? "true" : "");
	shuffled(l, "code,title,place,grade_low,heads_place,valid_from", out);
}

static void make_facts(struct ctx *c, struct lines *l, struct buf *out)
{
	static const char *const grades[] = { "1/a", "1/b", "2/a" };

	for (int i = 0; i < KEEPERS; i++)
		for (int k = up_to(4), y = 1986; k > 0; k--, y += 6)
			line(l, "N%03d,%s,%s,SK %d,%s,%s", i, grades[up_to(3)], day(y, y + 5), k,
			     up_to(2) ? day(1980, 1990) : "", up_to(2) ? "proved" : "");
	shuffled(l, "number,grade,valid_from,decree,decree_date,proof", out);
	taken(c, &fixture_grade_history, buf_str(out));
	for (int i = 0; i < SEATS; i++) {
		line(l, "N%03d,S%d,%s,SK,%s,", i, i, day(1987, 1990), i % 2 ? "1999-12-31" : "");
		line(l, "N%03d,S%d,%s,SK,,true", i + 10, i, day(1988, 1995));
		if (i % 2 && i < 20)
			line(l, "N%03d,S%d,%s,SK,,false", i + 40, i, day(2000, 2009));
	}
	shuffled(l, "number,seat,valid_from,decree,until,acting", out);
	taken(c, &fixture_seat_history, buf_str(out));
	for (int i = 0; i < KEEPERS; i++)
		for (int y = 2000; y < 2004; y++)
			line(l, "N%03d,%s,%d,%d.%d,%s", i, y % 2 ? "lamp" : "horn", y, up_to(100), up_to(100),
			     up_to(2) ? "50" : "");
	shuffled(l, "number,tool,year,score,lowest", out);
	taken(c, &fixture_mark, buf_str(out));
}

static const char drills[] = "code,title,pass_mark,valid_from\nfire,Fire,60,1970-01-01\nboat,Boat,55.5,1970-01-01\n";
static const char results[] =
	"number,drill,held_on,score\nN001,fire,1999-02-01,90\nN001,boat,1999-02-01,\nN000,fire,1998-02-01,10\n";
static const char specimens[] =
	"code,valid_from,line,note,whole,percent,money,date,month,bool,enum,ref,pack,names,person,secret,length\n"
	"X1,2000-01-01,\"a, \"\"b\"\"\",\"two\n\tlines, one note\",-5,79.5,1500 "
	"IDR,1999-12-31,1999-12,true,white,PL1,master,"
	"\"{\"\"id\"\":\"\"Dua\"\",\"\"en\"\":\"\"Two\"\"}\",N001,hidden,3\n"
	"X2,2000-01-01,b,,,,,,,,,,,,,,\n";

static void fill(struct ctx *c, uint64_t seed)
{
	struct lines *l = xcalloc(1, sizeof *l);
	struct buf out CLEANUP(buf_release) = BUF_INIT;

	state = seed;
	make_places(l, &out);
	taken(c, &fixture_place, buf_str(&out));
	make_keepers(l, &out);
	taken(c, &fixture_keeper, buf_str(&out));
	make_seats(l, &out);
	taken(c, &fixture_seat, buf_str(&out));
	make_facts(c, l, &out);
	taken(c, &fixture_drill, drills);
	taken(c, &fixture_drill_result, results);
	taken(c, &fixture_specimen, specimens);
	buf_release(&l->text);
	free(l);
}

/* ---- what must hold ---- */

static void out_and_in(struct ctx *a, struct ctx *b)
{
	struct export_options all = { .all = true, .at = { .day = DATE_NONE } };
	struct buf one CLEANUP(buf_release) = BUF_INIT, two CLEANUP(buf_release) = BUF_INIT;

	for (size_t i = 0; i < COUNT(files); i++) {
		exported(a, files[i], &all, &one);
		struct import_counts n = taken(b, files[i], buf_str(&one));
		assert_int_equal(n.rows, n.added + n.changed);
		exported(b, files[i], &all, &two);
		assert_string_equal(buf_str(&one), buf_str(&two));
		n = taken(a, files[i], buf_str(&one)); /* the same again changes nothing */
		assert_int_equal(n.unchanged, n.rows);
		assert_int_equal(n.position, 0);
	}
	for (size_t i = 0; i < COUNT(files); i++) {
		exported(a, files[i], &(struct export_options){ .format = EXPORT_NDJSON, .at = { .day = DATE_NONE } },
			 &one);
		exported(b, files[i], &(struct export_options){ .format = EXPORT_NDJSON, .at = { .day = DATE_NONE } },
			 &two);
		assert_string_equal(buf_str(&one), buf_str(&two));
	}
	sound(a);
	sound(b);
}

static void an_export_makes_an_equal_store(void **spot)
{
	struct spot other;

	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct spot first;
		spot_make(&first, ((struct spot *)*spot)->postgres);
		spot_create(&first);
		spot_make(&other, ((struct spot *)*spot)->postgres);
		spot_create(&other);
		struct ctx *a = fixture_open(&first, &fixture_registry), *b = fixture_open(&other, &fixture_registry);
		fill(a, seed);
		out_and_in(a, b);
		ctx_close(a);
		ctx_close(b);
		spot_remove(&first);
		spot_remove(&other);
	}
}

static void exports_in_key_order(void **spot)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*spot, &fixture_registry);
	struct buf out CLEANUP(buf_release) = BUF_INIT;

	taken(c, &fixture_keeper,
	      "number,name,sex,birth_date,schooling,joined_on,former_number,number_from\n"
	      "20,Budi,M,1950-01-01,master,1980-01-01,,\n"
	      "10,Ana,F,1950-01-01,master,1980-01-01,05,2000-01-01\n");
	taken(c, &fixture_keeper,
	      "number,name,sex,birth_date,schooling,joined_on,valid_from\n"
	      "20,Budi Baru,M,1950-01-01,master,1980-01-01,2009-01-01\n");
	exported(c, &fixture_keeper, &(struct export_options){ .at = { .day = DATE_NONE } }, &out);
	assert_string_equal(
		buf_str(&out),
		"number,valid_from,name,sex,birth_date,schooling,joined_on,health,former_number,number_from\n"
		"10,1980-01-01,Ana,F,1950-01-01,master,1980-01-01,,05,2000-01-01\n"
		"20,1980-01-01,Budi,M,1950-01-01,master,1980-01-01,,,\n");
	taken(c, &fixture_mark, "number,tool,year,score,lowest\n20,lamp,2007,80.5,\n05,lamp,2007,91,70\n");
	exported(c, &fixture_mark, &(struct export_options){ .format = EXPORT_NDJSON, .at = { .day = DATE_NONE } },
		 &out);
	assert_string_equal(buf_str(&out),
			    "{\"number\":\"10\",\"tool\":\"lamp\",\"year\":2007,\"score\":91,\"lowest\":70}\n"
			    "{\"number\":\"20\",\"tool\":\"lamp\",\"year\":2007,\"score\":80.5,\"lowest\":null}\n");
	exported(c, &fixture_mark, &(struct export_options){ .at = { .day = date_of(2007, 12, 30) } }, &out);
	assert_string_equal(buf_str(&out), "number,tool,year,score,lowest\n");
}

int export_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(exports_in_key_order),
		SPOT_CASE(an_export_makes_an_equal_store),
	};

	return spot_run("export", cases, COUNT(cases));
}

#include "fixture_store.h"

#include "base/csv.h"
#include "entity/change.h"
#include "entity/io.h"
#include "fixture.h"
#include "spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const unsigned char seed[32] = "thirty-two bytes of lighthouses";

static enum err make(struct spot *p, const struct registry *r, struct ctx **ret)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct ledger *l;
	char side[96];
	int64_t clock;
	if (!zone_day_start("Asia/Jakarta", date_of(2008, 9, 15), &clock))
		return E_INVALID;
	struct ledger_birth birth = {
		.origin = "example.org/lights", .seed = seed, .clock = clock, .demo = true, .zone = "Asia/Jakarta"
	};
	snprintf(side, sizeof(side), "%s/side", p->folder);
	/* A failed test leaves its transaction open; the server then ends it, so that the schema can be dropped. */
	if (store_is_postgres(p->s))
		TRY(store_exec(p->s, "SET idle_in_transaction_session_timeout = 5000"));
	TRY(txn_write(p->s, &t));
	TRY(ledger_create(p->s, side, &birth, &l));
	TRY(ctx_schema(p->s, r));
	TRY(txn_commit(&t));
	TRY(ctx_over(p->s, l, r, ret));
	p->s = NULL;
	(*ret)->codes = &fixture_codes;
	return E_OK;
}

struct ctx *fixture_open(struct spot *p, const struct registry *r)
{
	struct ctx *c;
	if (make(p, r, &c) != E_OK)
		bug("no store for a test: %s", fault_text());
	return c;
}

static struct str named(struct ctx *c, const char *what, int n)
{
	return str_of(arena_printf(c->arena, "%s%d", what, n));
}

static void code(struct ctx *c, struct record *r, int field, const char *text)
{
	const struct field *f = &r->entity->fields[field];
	record_int(r, field, c->codes->number(c->codes->arg, f->of, str_of(text)));
}

struct record *fixture_place_of(struct ctx *c, int n, int64_t parent, date from)
{
	struct record *r = record_new(c->arena, &fixture_place);
	r->valid_from = from;
	record_text(r, PLACE_CODE, named(c, "PL-", n));
	record_text(r, PLACE_NAME, named(c, "Lighthouse ", n));
	if (parent)
		record_int(r, PLACE_PARENT, parent);
	code(c, r, PLACE_KIND, "coast");
	return r;
}

struct record *fixture_keeper_of(struct ctx *c, int n, date born, date joined)
{
	struct record *r = record_new(c->arena, &fixture_keeper);
	record_text(r, KEEPER_NAME, named(c, "Keeper ", n));
	record_int(r, KEEPER_SEX, n % 2);
	record_int(r, KEEPER_BIRTH_DATE, born);
	code(c, r, KEEPER_SCHOOLING, "master");
	record_int(r, KEEPER_JOINED_ON, joined);
	return r;
}

struct record *fixture_seat_of(struct ctx *c, int n, int64_t place, date from)
{
	struct record *r = record_new(c->arena, &fixture_seat);
	r->valid_from = from;
	record_text(r, SEAT_CODE, named(c, "SEAT-", n));
	record_text(r, SEAT_TITLE, named(c, "Warden of light ", n));
	record_int(r, SEAT_PLACE, place);
	return r;
}

static struct record *owned(struct ctx *c, const struct entity *e, int64_t keeper, date from)
{
	struct record *r = record_new(c->arena, e);
	r->owner = keeper;
	r->valid_from = from;
	return r;
}

struct record *fixture_number_of(struct ctx *c, int64_t keeper, const char *number, date from)
{
	struct record *r = owned(c, &fixture_keeper_number, keeper, from);
	record_text(r, KEEPER_NUMBER_NUMBER, str_of(arena_copy(c->arena, number)));
	return r;
}

struct record *fixture_grade_of(struct ctx *c, int64_t keeper, const char *grade, date from)
{
	struct record *r = owned(c, &fixture_grade_history, keeper, from);
	code(c, r, GRADE_HISTORY_GRADE, grade);
	record_text(r, GRADE_HISTORY_DECREE, STR("KEP-1"));
	return r;
}

struct record *fixture_sit(struct ctx *c, int64_t keeper, int64_t seat, date from)
{
	struct record *r = owned(c, &fixture_seat_history, keeper, from);
	record_int(r, SEAT_HISTORY_SEAT, seat);
	record_text(r, SEAT_HISTORY_DECREE, STR("KEP-2"));
	return r;
}

struct record *fixture_mark_of(struct ctx *c, int64_t keeper, int year, int score)
{
	struct record *r = owned(c, &fixture_mark, keeper, DATE_NONE);
	code(c, r, MARK_TOOL, "lamp");
	record_int(r, MARK_YEAR, year);
	record_int(r, MARK_SCORE, score);
	return r;
}

static enum err in_change(struct ctx *c, struct record *r, const char *why, int64_t *ret_position)
{
	TRY(change_begin(c, why ? "test.correct" : "test.save", 0));
	TRY(why ? change_correct(c, r, str_of(why)) : change_save(c, r));
	return change_end(c, ret_position);
}

static enum err one(struct ctx *c, struct record *r, const char *why, int64_t *ret_position)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position = 0;
	TRY(ctx_write(c, &t));
	enum err e = in_change(c, r, why, &position);
	if (e != E_OK) {
		change_abandon(c);
		return e;
	}
	TRY(txn_commit(&t));
	if (ret_position)
		*ret_position = position;
	return E_OK;
}

enum err fixture_save(struct ctx *c, struct record *r, int64_t *ret_position)
{
	return one(c, r, NULL, ret_position);
}

enum err fixture_correct(struct ctx *c, struct record *r, const char *why, int64_t *ret_position)
{
	return one(c, r, why, ret_position);
}

bool fixture_said(struct ctx *c, const char *column, const char *text)
{
	struct problems *p = c->problems;
	struct buf line CLEANUP(buf_release) = BUF_INIT;
	for (size_t i = 0; i < p->kept; i++) {
		buf_reset(&line);
		problem_print(&p->list[i], &line);
		if ((!column || text_is(p->list[i].column, column)) && strstr(buf_str(&line), text))
			return true;
	}
	buf_reset(&line);
	problems_print(p, &line);
	fprintf(stderr, "wanted %s: %s; said:\n%s", column ? column : "(any)", text, buf_str(&line));
	return false;
}

void fixture_forget(struct ctx *c)
{
	problems_release(c->problems);
	*c->problems = (struct problems)PROBLEMS_INIT;
}

enum err fixture_import(struct ctx *c, const struct entity *e, const char *text, const struct import_options *o,
			struct import_counts *ret)
{
	struct csv *csv CLEANUP(csv_free_p) = NULL;
	TRY(csv_read("file.csv", str_of(text), c->problems, &csv));
	return import_csv(c, e, csv, o ? o : &(struct import_options){ 0 }, ret);
}

void fixture_took(struct ctx *c, const struct entity *e, const char *text, const struct import_options *o,
		  struct import_counts *ret)
{
	enum err err = fixture_import(c, e, text, o, ret);
	if (err != E_OK) {
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		problems_print(c->problems, &b);
		print_message("%s: %d %s\n%s", e->name, (int)err, fault_text(), buf_str(&b));
	}
	assert_int_equal(err, E_OK);
}

/* show.c - merit show: all that is held of one record, on any day, as known at any time. */
#include "base/json.h"
#include "command/place.h"
#include "entity/read.h"

static const char *as_of, *known_at;
static bool json;

/* clang-format off */
static const struct option options[] = {
	{ .name = "as-of",    .value = &as_of,    .help = "the day asked about (else today)" },
	{ .name = "known-at", .value = &known_at, .help = "what was known then: a day, or the number of an entry" },
	{ .name = "json",     .flag = &json,      .help = "as JSON" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static void value(struct ctx *c, const struct record *r, int field, struct buf *out)
{
	buf_reset(out);
	value_text(c, &r->entity->fields[field], &r->v[field], out);
}

static void show_fields(struct ctx *c, const struct record *r, const char *between, struct buf *out)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	const char *gap = "";
	for (int i = 0; i < r->entity->nfields; i++) {
		value(c, r, i, &text);
		if (!text.n)
			continue;
		buf_printf(out, "%s%s: %s", gap, r->entity->fields[i].label, buf_str(&text));
		gap = between;
	}
	buf_char(out, '\n');
}

static void show_row(struct ctx *c, const struct record *r, bool holds, struct buf *out)
{
	char from[DATE_TEXT], until[DATE_TEXT];
	buf_printf(out, "  %s %s", holds ? ">" : " ", date_text(r->valid_from, from));
	if (r->until != DATE_NONE)
		buf_printf(out, " to %s", date_text(r->until, until));
	buf_text(out, "  ");
	show_fields(c, r, ", ", out);
}

static void json_row(struct ctx *c, const struct record *r, struct json *j)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	char day[DATE_TEXT];
	json_object(j);
	json_member_text(j, entity_day_column(r->entity), date_text(r->valid_from, day));
	if (r->until != DATE_NONE) {
		json_member_text(j, "until", date_text(r->until, day));
	}
	json_member_int(j, "entry", r->known_from);
	for (int i = 0; i < r->entity->nfields; i++) {
		value(c, r, i, &text);
		if (!text.n)
			continue;
		json_member_str(j, r->entity->fields[i].name, (struct str){ text.p, text.n });
	}
	json_object_end(j);
}

/* Does row i of a SERIES still hold on the day? */
static bool holds(struct record **rows, size_t n, size_t i, date day)
{
	const struct entity *e = rows[i]->entity;
	int lane = entity_lane(e);
	if (e->kind != SERIES || (rows[i]->until != DATE_NONE && rows[i]->until < day))
		return false;
	for (size_t k = i + 1; k < n; k++)
		if (lane < 0 || record_get(rows[k], lane, 0) == record_get(rows[i], lane, 0))
			return false;
	return true;
}

static enum err show_owned(struct ctx *c, const struct entity *e, int64_t owner, struct moment at, struct json *j,
			   struct buf *out)
{
	struct query q = { .entity = e, .owner = owner, .at = at, .extent = BEGUN };
	struct record **rows;
	size_t n;
	TRY(read_all(c, &q, &rows, &n));
	if (!n)
		return E_OK;
	if (json) {
		json_key(j, e->name);
		json_array(j);
	} else {
		buf_printf(out, "\n%s\n", e->title);
	}
	for (size_t i = 0; i < n; i++)
		if (json)
			json_row(c, rows[i], j);
		else
			show_row(c, rows[i], holds(rows, n, i, at.day), out);
	if (json)
		json_array_end(j);
	return E_OK;
}

static enum err show(struct ctx *c, const struct entity *e, int64_t id, struct moment at, struct buf *out)
{
	struct record *r;
	struct json j;
	char day[DATE_TEXT];
	TRY(read_thing(c, e, id, at, &r));
	json_init(&j, out);
	if (json) {
		json_object(&j);
		json_key(&j, e->name);
		json_row(c, r, &j);
	} else {
		buf_printf(out, "%s on %s, as known at entry %lld%s\n\n  ", e->title, date_text(at.day, day),
			   (long long)(at.position ? at.position : ledger_head(c->ledger)),
			   ledger_is_demo(c->ledger) ? " (a demo: these people are invented)" : "");
		show_fields(c, r, "\n  ", out);
	}
	for (const struct entity *const *owned = c->registry->entities; *owned; owned++)
		if ((*owned)->owner == e)
			TRY(show_owned(c, *owned, id, at, &j, out));
	if (json) {
		json_object_end(&j);
		buf_char(out, '\n');
	}
	return E_OK;
}

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct ctx *c CLEANUP(place_close) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct moment at;
	int64_t id;
	const struct entity *e = registry_entity(modules_registry(), words[1]);
	if (!e || e->kind != THING)
		return command_usage("%s cannot be shown; try person, unit or post", words[1]);
	TRY(place_open(words[0], false, &c));
	TRY(place_moment(c, as_of, known_at, &at));
	if (at.day == DATE_NONE)
		at.day = c->today;
	TRY(place_find(c, e, words[2], &id));
	enum err shown = show(c, e, id, at, &out);
	if (shown == E_MISSING)
		problem_at(c->problems, NULL, 0, NULL,
			   "%s %s did not exist on that day, or was not known then; ask about a later day", e->name,
			   words[2]);
	TRY(shown);
	return command_out(&out);
}

const struct command show_command = {
	.name = "show",
	.usage = "show STORE RECORD KEY [--as-of D] [--known-at D|POSITION] [--json]",
	.help = "Shows the service book of a person, or any other record with all that belongs to it.",
	.example = "merit show staff.db person 060045112 --as-of 2008-10-01 --known-at 2008-09-03",
	.options = options,
	.least = 3,
	.most = 3,
	.run = run,
};

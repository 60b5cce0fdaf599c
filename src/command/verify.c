/* verify.c - merit verify: the whole store, one decision, or a proof file without any store. */
#include "decision/verify.h"
#include "base/json.h"
#include "base/number.h"
#include "command/place.h"

#include <errno.h>

static const char *decision, *proof, *key;
static bool json;

/* clang-format off */
static const struct option options[] = {
	{ .name = "decision", .value = &decision, .help = "only this decision: intact, recomputed, re-derived" },
	{ .name = "proof",    .value = &proof,    .help = "a proof file, carried here without the store" },
	{ .name = "key",      .value = &key,      .help = "with --proof: the public key, as a file or as its text" },
	{ .name = "json",     .flag = &json,      .help = "as JSON" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

/* ---- the whole store ---- */

static void print_volatile(struct json *j, struct buf *out)
{
	struct arena arena CLEANUP(arena_release) = ARENA_INIT;
	const struct classed_table *const *tables = ctx_tables(&arena, modules_registry());
	const char *gap = "volatile, not proved: ";
	if (j) {
		json_key(j, "volatile");
		json_array(j);
	}
	for (; *tables; tables++) {
		if ((*tables)->class != VOLATILE)
			continue;
		if (j) {
			json_text(j, (*tables)->table.name);
			continue;
		}
		buf_printf(out, "%s%s", gap, (*tables)->table.name);
		gap = ", ";
	}
	if (j)
		json_array_end(j);
	else if (gap[0] == ',')
		buf_char(out, '\n');
}

static void json_finding(struct json *j, const struct finding *f)
{
	json_object(j);
	json_member_text(j, "table", f->table);
	json_member_int(j, "row", f->row);
	json_member_int(j, "entry", f->entry);
	json_member_text(j, "what", f->what);
	json_object_end(j);
}

static void print_json(const struct audit *a, const struct findings *f, struct buf *out)
{
	struct buf root CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_bool(&j, "ok", f->count == 0);
	json_member_int(&j, "entries", a ? a->entries : 0);
	json_member_int(&j, "rows", a ? a->rows : 0);
	json_member_int(&j, "size", a ? (int64_t)a->head.size : 0);
	json_key(&j, "root");
	if (a)
		base64_add(&root, a->head.root.b, HASH_SIZE);
	json_text(&j, buf_str(&root));
	json_key(&j, "findings");
	json_array(&j);
	for (size_t i = 0; i < f->kept; i++)
		json_finding(&j, &f->list[i]);
	json_array_end(&j);
	print_volatile(&j, out);
	json_object_end(&j);
	buf_char(out, '\n');
}

static void print_text(struct ctx *c, const struct audit *a, const struct findings *f, struct buf *out)
{
	if (c && ledger_is_demo(c->ledger))
		buf_text(out, "this is a demo: its people are invented\n");
	if (a) {
		buf_printf(out, "entries %lld\nrows %lld\nsize %llu\nroot ", (long long)a->entries, (long long)a->rows,
			   (unsigned long long)a->head.size);
		base64_add(out, a->head.root.b, HASH_SIZE);
		buf_char(out, '\n');
	}
	for (size_t i = 0; i < f->kept; i++) {
		const struct finding *x = &f->list[i];
		buf_text(out, "found: ");
		if (x->table)
			buf_printf(out, "%s ", x->table);
		if (x->row)
			buf_printf(out, "row %lld ", (long long)x->row);
		if (x->entry)
			buf_printf(out, "of entry %lld ", (long long)x->entry);
		buf_printf(out, "%s%s\n", x->table || x->row || x->entry ? "- " : "", x->what);
	}
	if (f->count > f->kept)
		buf_printf(out, "and %zu more findings\n", f->count - f->kept);
	print_volatile(NULL, out);
	buf_text(out, f->count ? "the store does not verify\n" : "every row, entry and checkpoint verifies\n");
}

static enum err verify_store(const char *where)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct findings f CLEANUP(findings_release) = { 0 };
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct audit *a = NULL;
	findings_init(&f);
	enum err e = place_open_hostile(where, &f, &c);
	if (e == E_OK)
		e = verify_whole(c, &f, &a);
	if (e == E_INVALID && f.count)
		e = E_OK;
	if (e == E_OK && json)
		print_json(a, &f, &out);
	else if (e == E_OK)
		print_text(c, a, &f, &out);
	audit_free(a);
	TRY(e);
	TRY(command_out(&out));
	place_answered(f.count != 0);
	return f.count ? E_INVALID : E_OK;
}

/* ---- one decision ---- */

static const char *const answer_words[] = { "yes", "no", "cannot tell" };

static void json_answer(struct json *j, const char *name, enum answer a, struct buf *words)
{
	json_key(j, name);
	json_object(j);
	json_member_text(j, "answer", answer_words[a]);
	json_member_text(j, "words", buf_str(words));
	json_object_end(j);
}

static void text_answer(struct buf *out, const char *name, enum answer a, struct buf *words)
{
	buf_printf(out, "%-12s%s", name, answer_words[a]);
	if (words->n)
		buf_printf(out, ": %s", buf_str(words));
	buf_char(out, '\n');
}

/* "staff_number" or "code": as files head the key. */
static const char *learnt_column(const struct learnt *x)
{
	const struct entity *e = registry_entity(modules_registry(), x->entity);
	return e->owner ? entity_owner_column(e) : entity_key_column(e);
}

static void print_learnt(const struct verdict_on_decision *v, struct json *j, struct buf *out)
{
	char day[DATE_TEXT];
	if (j) {
		json_key(j, "learnt");
		json_array(j);
	}
	for (size_t i = 0; i < v->nlearnt; i++) {
		const struct learnt *x = &v->learnt[i];
		date_text(x->valid_from, day);
		if (!j) {
			buf_printf(out, "learnt since: %s of %s, %s, entry %lld\n", x->entity, x->key, day,
				   (long long)x->entry);
			continue;
		}
		json_object(j);
		json_member_text(j, "record", x->entity);
		json_member_text(j, learnt_column(x), x->key);
		json_member_text(j, "valid_from", day);
		json_member_int(j, "entry", x->entry);
		json_object_end(j);
	}
	if (j)
		json_array_end(j);
}

/* with_store: the third answer and what was learnt since need it. */
static enum err print_verdict(struct verdict_on_decision *v, bool with_store)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	enum answer worst = v->intact;
	json_init(&j, &out);
	if (json) {
		json_object(&j);
		json_answer(&j, "intact", v->intact, &v->intact_words);
		json_answer(&j, "recomputed", v->recomputed, &v->recomputed_words);
	} else {
		text_answer(&out, "intact", v->intact, &v->intact_words);
		text_answer(&out, "recomputed", v->recomputed, &v->recomputed_words);
	}
	if (with_store && json)
		json_answer(&j, "rederived", v->rederived, &v->rederived_words);
	else if (with_store)
		text_answer(&out, "re-derived", v->rederived, &v->rederived_words);
	if (with_store)
		print_learnt(v, json ? &j : NULL, &out);
	if (json) {
		json_object_end(&j);
		buf_char(&out, '\n');
	}
	TRY(command_out(&out));
	if (v->recomputed != ANSWER_YES && worst != ANSWER_NO)
		worst = v->recomputed;
	if (with_store && v->rederived != ANSWER_YES && worst != ANSWER_NO)
		worst = v->rederived;
	place_answered(worst != ANSWER_YES);
	return worst == ANSWER_YES ? E_OK : worst == ANSWER_NO ? E_INVALID : E_UNKNOWN;
}

static enum err verify_decision(const char *where)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct verdict_on_decision v CLEANUP(verdict_release) = { 0 };
	int64_t id;
	struct findings f CLEANUP(findings_release) = { 0 };
	TRY(command_number("--decision", decision, &id));
	findings_init(&f);
	enum err e = place_open_hostile(where, &f, &c);
	if (f.count) { /* what the rules or the store say no longer can be what was sealed */
		v.intact = ANSWER_NO;
		v.recomputed = v.rederived = ANSWER_CANNOT;
		buf_text(&v.intact_words, f.list[0].what);
		return print_verdict(&v, true);
	}
	TRY(e);
	TRY(round_verify(c, modules_rounds(), id, &v));
	return print_verdict(&v, true);
}

static void file_gone(FILE **file)
{
	if (*file)
		fclose(*file);
}

static enum err verify_proof(void)
{
	struct verdict_on_decision v CLEANUP(verdict_release) = { 0 };
	FILE *file CLEANUP(file_gone) = NULL;
	struct buf key_text CLEANUP(buf_release) = BUF_INIT;
	struct str key_str = str_of(key);
	struct verifier verifier;
	if (!key)
		return command_usage("--proof needs --key; give the public key, as a file or as its text");
	file = fopen(proof, "rb");
	if (!file)
		return FAULT("%s cannot be read: %s; check the name", proof, strerror(errno));
	if (verifier_parse(key_str, &verifier) != E_OK) { /* else the text itself */
		TRY(command_read(key, &key_text));
		key_str = (struct str){ key_text.p, key_text.n };
	}
	TRY(round_verify_proof(file, key_str, modules_reader(), modules_rounds(), &v));
	return print_verdict(&v, false);
}

static enum err run(const char *const *words, int n)
{
	if (proof)
		return n ? command_usage("--proof needs no store; leave %s out", words[0]) : verify_proof();
	if (!n)
		return command_usage("STORE is missing; name it, or give --proof FILE --key FILE");
	return decision ? verify_decision(words[0]) : verify_store(words[0]);
}

const struct command verify_command = {
	.name = "verify",
	.usage = "verify STORE [--decision ID] [--json] | verify --proof FILE --key FILE|TEXT [--json]",
	.help = "Recomputes every hash of a store, or answers for one decision whether it is intact, recomputed and "
		"re-derived.",
	.example = "merit verify staff.db --decision 1",
	.options = options,
	.least = 0,
	.most = 1,
	.run = run,
};

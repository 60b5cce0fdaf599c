/* candidate.c - the leaf of one candidate. The form never changes; a member that is not stated is absent. */
#include "base/json.h"
#include "decision/inside.h"

void leaf_texts_release(struct leaf_texts *t)
{
	buf_release(&t->header);
	buf_release(&t->open);
	buf_release(&t->closed);
}

static void day_member(struct json *j, const char *key, date d)
{
	char day[DATE_TEXT];
	if (d == NONE)
		return;
	json_member_text(j, key, date_text(d, day));
}

static void number_member(struct json *j, const char *key, int32_t v)
{
	if (v == NONE)
		return;
	json_member_int(j, key, v);
}

static void verdict(const struct round *r, size_t criterion, const struct candidate *k, struct json *j)
{
	const struct seal_form_criterion *c = &r->inside->form.criteria[criterion];
	const struct verdicts *v = round_verdicts(r, criterion, k);
	int32_t value = v->value[0][k->at], second = v->value[1][k->at];
	char of[64];
	json_key(j, c->name);
	json_object(j);
	day_member(j, "complete_on", v->complete_on[k->at]);
	json_member_text(j, "met", met_text(v->met[k->at]));
	json_member_int(j, "reason", v->reason[k->at]);
	if (c->value == V_CODE && value != NONE)
		json_member_stated(j, "value",
				   population_text(r->population, seal_form_value_of(c, second, of), value));
	else
		number_member(j, "value", value);
	number_member(j, "value_2", second);
	json_object_end(j);
}

static void verdicts(const struct round *r, const struct candidate *k, bool closed, struct json *j)
{
	const struct seal_form *f = &r->inside->form;
	json_key(j, "criteria");
	json_object(j);
	for (size_t i = 0; i < f->ncriteria; i++)
		if (f->criteria[f->by_name[i]].confidential == closed)
			verdict(r, f->by_name[i], k, j);
	json_object_end(j);
}

static void inputs(const struct round *r, const struct candidate *k, bool closed, struct json *j)
{
	const struct seal_form *f = &r->inside->form;
	json_key(j, "inputs");
	json_object(j);
	for (size_t i = 0; i < f->ncolumns; i++) {
		const struct input_column *c = &f->columns[i];
		if (c->confidential != closed)
			continue;
		int32_t v = population_column(r->population, c->name)[k->row];
		if (c->type == I_CODE && v != NONE)
			json_member_stated(j, c->name, population_text(r->population, c->of, v));
		else if (c->type == I_DAY)
			day_member(j, c->name, v);
		else
			number_member(j, c->name, v);
	}
	json_object_end(j);
}

static void open_half(const struct round *r, const struct candidate *k, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_object(&j);
	verdicts(r, k, false, &j);
	inputs(r, k, false, &j);
	json_member_text(&j, "judged", outcome_text(k->judged));
	json_member_stated(&j, "next", k->next);
	json_member_stated(&j, "number", k->number);
	json_member_text(&j, "outcome", outcome_text(k->decided));
	json_member_stated(&j, "override", k->override);
	json_member_stated(&j, "rank", k->now);
	json_member_int(&j, "round", r->id);
	json_object_end(&j);
}

static void closed_half(const struct round *r, const struct candidate *k, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_object(&j);
	verdicts(r, k, true, &j);
	inputs(r, k, true, &j);
	json_member_stated(&j, "override_reason", k->override_reason);
	json_object_end(&j);
}

static void header(const struct round *r, const struct candidate *k, struct buf *out)
{
	char day[DATE_TEXT];
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_text(&j, "entity", "candidate");
	json_member_int(&j, "id", k->person);
	json_member_int(&j, "op", OP_HOLDS);
	json_member_stated(&j, "valid_from", str_of(date_text(r->as_of, day)));
	json_object_end(&j);
}

void candidate_texts(const struct round *r, const struct candidate *k, struct leaf_texts *ret)
{
	buf_reset(&ret->header);
	buf_reset(&ret->open);
	buf_reset(&ret->closed);
	header(r, k, &ret->header);
	open_half(r, k, &ret->open);
	closed_half(r, k, &ret->closed);
}

static struct str str_of_buf(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}

static struct hash candidate_leaf(const struct round *r, const struct candidate *k, const unsigned char *salts,
				  struct leaf_texts *scratch)
{
	candidate_texts(r, k, scratch);
	struct hash open = row_commit(salts, str_of_buf(&scratch->open));
	struct hash closed = row_commit(salts + SALT_SIZE, str_of_buf(&scratch->closed));
	return row_leaf(&open, &closed, str_of_buf(&scratch->header));
}

struct leaves_work {
	const struct round *r;
	const unsigned char *salts;
	struct hash *ret;
};

static enum err leaves_of_block(void *arg, size_t first, size_t count, unsigned worker)
{
	struct leaves_work *w = arg;
	struct leaf_texts t CLEANUP(leaf_texts_release) = { 0 };
	(void)worker;
	for (size_t i = first; i < first + count; i++)
		w->ret[i] = candidate_leaf(w->r, &w->r->candidates[i], w->salts + i * SEAL_SALTS, &t);
	return E_OK;
}

enum err candidate_leaves(const struct round *r, const unsigned char *salts, struct hash *ret)
{
	struct leaves_work w = { r, salts, ret };
	return population_blocks(r->n, leaves_of_block, &w);
}

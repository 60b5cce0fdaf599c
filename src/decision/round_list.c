/* round_list.c - everybody of a round as CSV, as JSON, as text. */
#include "base/csv.h"
#include "base/json.h"
#include "decision/inside.h"

const char *audience_text(enum audience who)
{
	return who == FOR_OTHER ? "other" : who == FOR_PERSON ? "person" : "committee";
}

/* ---- blocks on all cores, each into its own buffer ---- */

struct pieces {
	const struct round *r;
	enum audience who;
	void (*write)(const struct round *r, const struct candidate *k, enum audience who, struct buf *scratch,
		      struct buf *out);
	struct buf *blocks;
};

static enum err write_block(void *arg, size_t first, size_t count, unsigned worker)
{
	struct pieces *x = arg;
	struct buf scratch CLEANUP(buf_release) = BUF_INIT;
	(void)worker;
	for (size_t i = first; i < first + count; i++)
		x->write(x->r, &x->r->candidates[i], x->who, &scratch, &x->blocks[first / BLOCK]);
	return E_OK;
}

static void write_all(struct pieces *x, struct buf *out)
{
	x->blocks = xcalloc(x->r->nblocks + 1, sizeof *x->blocks);
	if (population_blocks(x->r->n, write_block, x) != E_OK)
		bug("writing a list cannot fail");
	for (size_t i = 0; i < x->r->nblocks; i++) {
		if (x->blocks[i].n)
			buf_add(out, x->blocks[i].p, x->blocks[i].n);
		buf_release(&x->blocks[i]);
	}
	free(x->blocks);
}

/* ---- CSV ---- */

static void list_head(const struct round *r, enum audience who, struct buf *out)
{
	static const char *const parts[] = { "met", "value", "reason", "complete_on" };
	buf_text(out, ROUND_LIST_COLUMNS ",override,version");
	for (size_t i = 0; who != FOR_OTHER && i < r->policy->ncriteria; i++)
		for (size_t k = 0; k < COUNT(parts); k++)
			buf_printf(out, ",%.*s_%s", (int)r->policy->criteria[i].name.n, r->policy->criteria[i].name.p,
				   parts[k]);
	buf_text(out, who == FOR_OTHER ? ",reason\n" : "\n");
}

static void cell_of(struct buf *scratch, struct buf *out)
{
	csv_cell(out, (struct str){ scratch->p, scratch->n });
	buf_reset(scratch);
}

static void csv_criterion(const struct round *r, size_t i, const struct candidate *k, enum audience who,
			  struct buf *scratch, struct buf *out)
{
	const struct verdicts *v = round_verdicts(r, i, k);
	char day[DATE_TEXT];
	csv_cell_text(out, met_text(v->met[k->at]));
	if (k->judged == OTHER_KIND) {
		buf_text(out, ",,,");
		return;
	}
	round_value(r, i, k, NULL, scratch);
	cell_of(scratch, out);
	round_sentence(r, i, k, who, NULL, scratch);
	cell_of(scratch, out);
	csv_cell_text(out, date_text(v->complete_on[k->at], day));
}

static void csv_one(const struct round *r, const struct candidate *k, enum audience who, struct buf *scratch,
		    struct buf *out)
{
	csv_cell(out, k->number);
	csv_cell(out, k->now);
	csv_cell(out, k->next);
	csv_cell_text(out, outcome_text(k->decided));
	csv_cell(out, k->override);
	csv_cell_text(out, audience_text(who));
	for (size_t i = 0; who != FOR_OTHER && i < r->policy->ncriteria; i++)
		csv_criterion(r, i, k, who, scratch, out);
	if (who == FOR_OTHER) {
		round_reason_for_others(r, k, NULL, scratch);
		cell_of(scratch, out);
	}
	csv_row_end(out);
}

void round_list_csv(const struct round *r, enum audience who, struct buf *out)
{
	struct pieces x = { .r = r, .who = who, .write = csv_one };
	list_head(r, who, out);
	write_all(&x, out);
}

/* ---- JSON ---- */

static void member_of(struct json *j, const char *key, struct buf *scratch)
{
	json_member_stated(j, key, (struct str){ scratch->p, scratch->n });
	buf_reset(scratch);
}

static void json_criterion(const struct round *r, size_t i, const struct candidate *k, enum audience who,
			   struct buf *scratch, struct json *j)
{
	const struct verdicts *v = round_verdicts(r, i, k);
	char day[DATE_TEXT];
	json_key(j, r->inside->form.criteria[i].name);
	json_object(j);
	json_member_text(j, "met", met_text(v->met[k->at]));
	if (k->judged != OTHER_KIND) {
		round_value(r, i, k, NULL, scratch);
		member_of(j, "value", scratch);
		round_sentence(r, i, k, who, NULL, scratch);
		member_of(j, "reason", scratch);
		json_member_stated(j, "complete_on", str_of(date_text(v->complete_on[k->at], day)));
	}
	json_object_end(j);
}

static void json_one(const struct round *r, const struct candidate *k, enum audience who, struct buf *scratch,
		     struct buf *out)
{
	struct json j;
	buf_text(out, k->row ? ",\n" : "\n");
	json_init(&j, out);
	json_object(&j);
	json_member_stated(&j, "staff_number", k->number);
	json_member_stated(&j, "rank", k->now);
	json_member_stated(&j, "next", k->next);
	json_member_text(&j, "outcome", outcome_text(k->decided));
	json_member_stated(&j, "override", k->override);
	json_member_text(&j, "version", audience_text(who));
	if (who == FOR_OTHER) {
		round_reason_for_others(r, k, NULL, scratch);
		member_of(&j, "reason", scratch);
	} else {
		json_key(&j, "criteria");
		json_object(&j);
		for (size_t i = 0; i < r->policy->ncriteria; i++)
			json_criterion(r, i, k, who, scratch, &j);
		json_object_end(&j);
	}
	json_object_end(&j);
}

void round_list_json(const struct round *r, enum audience who, struct buf *out)
{
	struct pieces x = { .r = r, .who = who, .write = json_one };
	char day[DATE_TEXT];
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_int(&j, "round", r->id);
	json_member_text(&j, "kind", r->kind->name);
	json_member_stated(&j, "policy", r->policy->name);
	json_member_stated(&j, "unit", r->unit_code);
	json_member_stated(&j, "as_of", str_of(date_text(r->as_of, day)));
	json_member_int(&j, "position", r->position);
	json_member_bool(&j, "sealed", r->sealed);
	json_key(&j, "candidates");
	json_array(&j);
	write_all(&x, out);
	json_array_end(&j);
	json_object_end(&j);
	buf_char(out, '\n');
}

/* ---- text ---- */

static void padded(struct buf *out, struct str s, size_t width)
{
	buf_add(out, s.p, s.n);
	for (size_t n = s.n; n < width; n++)
		buf_char(out, ' ');
	buf_text(out, "  ");
}

struct widths {
	size_t number, step, criterion[CRITERIA_MOST];
};

static struct widths widths_of(const struct round *r)
{
	struct widths w = { .number = strlen("number"), .step = strlen("rank") };
	for (size_t i = 0; i < r->n; i++) {
		const struct candidate *k = &r->candidates[i];
		w.number = k->number.n > w.number ? k->number.n : w.number;
		w.step = k->now.n > w.step ? k->now.n : w.step;
		w.step = k->next.n > w.step ? k->next.n : w.step;
	}
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		size_t n = r->policy->criteria[i].name.n;
		w.criterion[i] = n > strlen("not-asked") ? n : strlen("not-asked");
	}
	return w;
}

static void end_line(struct buf *out)
{
	while (out->n && out->p[out->n - 1] == ' ')
		out->n--;
	buf_char(out, '\n');
}

static void text_one(const struct round *r, const struct candidate *k, enum audience who, const struct widths *w,
		     struct buf *out)
{
	padded(out, k->number, w->number);
	padded(out, k->now, w->step);
	padded(out, k->next, w->step);
	padded(out, str_of(outcome_text(k->decided)), strlen("other-kind"));
	for (size_t i = 0; who != FOR_OTHER && i < r->policy->ncriteria; i++)
		padded(out, str_of(met_text(round_verdicts(r, i, k)->met[k->at])), w->criterion[i]);
	if (who == FOR_OTHER)
		round_reason_for_others(r, k, NULL, out);
	else
		buf_add(out, k->override.p, k->override.n);
	end_line(out);
}

void round_list_text(const struct round *r, enum audience who, struct buf *out)
{
	struct widths w = widths_of(r);
	padded(out, STR("number"), w.number);
	padded(out, STR("rank"), w.step);
	padded(out, STR("next"), w.step);
	padded(out, STR("outcome"), strlen("other-kind"));
	for (size_t i = 0; who != FOR_OTHER && i < r->policy->ncriteria; i++)
		padded(out, r->policy->criteria[i].name, w.criterion[i]);
	buf_text(out, who == FOR_OTHER ? "reason" : "override");
	end_line(out);
	for (size_t i = 0; i < r->n; i++)
		text_one(r, &r->candidates[i], who, &w, out);
}

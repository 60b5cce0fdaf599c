/* api_round.c - rounds for programs: which there are, how one stands, and its people in the reader's version. */
#include "face/api.h"
#include "face/round_words.h"

static void day(struct json *j, const char *name, date d)
{
	char text[DATE_TEXT];
	json_member_stated(j, name, str_of(date_text(d, text)));
}

static void head(struct json *j, const struct round_kind *kind, const struct round_head *h)
{
	json_member_int(j, "round", h->id);
	json_member_stated(j, "kind", h->kind);
	json_member_stated(j, "policy", h->policy);
	json_member_stated(j, kind->unit->name, h->unit);
	day(j, "as_of", h->as_of);
	json_member_bool(j, "sealed", h->sealed != 0);
	json_member_int(j, "_known_from", h->opened);
	if (h->sealed) {
		json_member_int(j, "known_at", h->position);
		json_member_int(j, "_sealed_with", h->sealed);
	}
}

enum err api_rounds_draw(struct request *q)
{
	struct round_head *all;
	struct json j;
	size_t n;
	TRY(round_heads(q->c, &all, &n));
	api_begin(q, &j);
	json_object(&j);
	json_key(&j, "items");
	json_array(&j);
	for (size_t i = 0; i < n; i++) {
		const struct round_kind *kind = round_kind_named(q, all[i].kind);
		enum round_reach reach = REACH_NONE;
		if (kind)
			TRY(round_reach(q, kind, all[i].unit, MAY_ROUND, &reach));
		if (reach == REACH_NONE)
			continue;
		json_object(&j);
		head(&j, kind, &all[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	return E_OK;
}

enum err api_round_draw(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct round_head about;
	int64_t count[OTHER_KIND + 1] = { 0 };
	struct json j;
	TRY(round_of_page(q, NULL, &h));
	TRY(round_head(q->c, h->round->id, &about));
	for (size_t i = 0; i < h->round->n; i++)
		if (held_sees(q, h, &h->round->candidates[i]))
			count[h->round->candidates[i].decided]++;
	api_begin(q, &j);
	json_object(&j);
	head(&j, h->round->kind, &about);
	json_key(&j, "outcomes");
	json_object(&j);
	for (int o = MEETS; o <= OTHER_KIND; o++)
		json_member_int(&j, outcome_text((enum outcome)o), count[o]);
	json_object_end(&j);
	json_object_end(&j);
	return E_OK;
}

static void assumed(struct json *j, const struct round *r, size_t i, const struct candidate *k, enum audience who)
{
	struct str reasons[ROUND_ASSUMED];
	size_t n = round_assumed(r, i, k, who, reasons);
	if (!n)
		return;
	json_key(j, "assumed");
	json_array(j);
	for (size_t x = 0; x < n; x++)
		json_str(j, reasons[x]);
	json_array_end(j);
}

static void condition(struct request *q, struct json *j, const struct round *r, size_t i, const struct candidate *k,
		      enum audience who)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	const struct criterion *x = &r->policy->criteria[i];
	const struct verdicts *v = round_verdicts(r, i, k);
	json_object(j);
	json_member_stated(j, "condition", x->name);
	json_member_text(j, "met", met_text(v->met[k->at]));
	round_value(r, i, k, NULL, &words);
	json_member_stated(j, "value", (struct str){ words.p, words.n });
	buf_reset(&words);
	round_sentence(r, i, k, who, q->lang, &words);
	json_member_stated(j, "reason", (struct str){ words.p, words.n });
	if (v->complete_on[k->at] != NONE)
		day(j, "complete_on", v->complete_on[k->at]);
	json_member_stated(j, "source", x->source);
	assumed(j, r, i, k, who);
	json_object_end(j);
}

static void person(struct request *q, struct json *j, const struct held *h, const struct candidate *k)
{
	const struct round *r = h->round;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	enum audience who = held_audience(q, h, k);
	json_object(j);
	json_member_stated(j, "staff_number", k->number);
	json_member_stated(j, "now", k->now);
	json_member_stated(j, "next", k->next);
	json_member_text(j, "outcome", outcome_text(k->decided));
	json_member_stated(j, "override", k->override);
	json_member_text(j, "version", audience_text(who));
	if (who == FOR_OTHER) {
		round_reason_for_others(r, k, q->lang, &words);
		json_member_stated(j, "reason", (struct str){ words.p, words.n });
	} else if (k->judged != OTHER_KIND) {
		json_key(j, "conditions");
		json_array(j);
		for (size_t i = 0; i < r->policy->ncriteria; i++)
			condition(q, j, r, i, k, who);
		json_array_end(j);
		request_noted(q, k->person, "round");
	}
	json_object_end(j);
}

enum err api_people_draw(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct str after = request_param(q, "after"), last = { 0 };
	size_t limit = api_limit(q), n = 0;
	bool more = false;
	struct json j;
	TRY(round_of_page(q, NULL, &h));
	api_begin(q, &j);
	json_object(&j);
	json_key(&j, "items");
	json_array(&j);
	for (size_t i = 0; i < h->round->n && !more; i++) {
		const struct candidate *k = &h->round->candidates[i];
		if ((after.n && str_cmp(k->number, after) <= 0) || !held_sees(q, h, k))
			continue;
		more = n++ == limit;
		if (more)
			break;
		person(q, &j, h, k);
		last = k->number;
	}
	json_array_end(&j);
	if (more) {
		struct pair with = { STR("after"), last };
		json_member_str(&j, "next", address_with(q, NULL, &with, 1));
	}
	json_object_end(&j);
	return E_OK;
}

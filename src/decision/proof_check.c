/* proof_check.c - a proof file judged again without any store: only the file, a public key, and this program's judges.
 */
#include "base/jansson_read.h"
#include "base/number.h"
#include "decision/inside.h"
#include "ledger/canonical.h"
#include "ledger/proof_file.h"

struct checking {
	const struct pack_reader *reader;
	const struct round_kind *const *kinds;
	const struct proof_file *file;
	struct round *r;
	const json_t *decision;
	json_t *sealed, *sealed_header; /* the open half of the row of round_seal; NULL: not come yet */
	bool ready;                     /* rules and columns are there: candidates can be read */
	size_t n;                       /* candidates come so far */
	bool *hidden;
	struct verdict_on_decision *ret;
};

#define INTACT x->ret, &x->ret->intact, &x->ret->intact_words
#define RECOMPUTED x->ret, &x->ret->recomputed, &x->ret->recomputed_words

static void checking_release(struct checking *x)
{
	json_decref(x->sealed);
	json_decref(x->sealed_header);
	round_free(x->r);
	free(x->hidden);
}

/* ---- what the file holds ---- */

static const char *text_at(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));
	return s ? s : "";
}

/* The member `decision` is not hashed itself; what it says must be what the sealed row says. */
static bool decision_is_sealed(struct checking *x)
{
	static const char *const pairs[][2] = {
		{ "kind", "kind" }, { "policy", "policy" }, { "unit", "unit" }, { "rules_hash", "rules_hash" }
	};
	if (!json_is_object(x->decision)) {
		answer_no(INTACT, "the file holds no sealed round");
		return false;
	}
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (!text_is(text_at(x->decision, pairs[i][0]), text_at(x->sealed, pairs[i][1])))
			answer_no(INTACT, "decision, %s: the file says \"%s\", what was sealed is \"%s\"", pairs[i][0],
				  text_at(x->decision, pairs[i][0]), text_at(x->sealed, pairs[i][1]));
	if (json_integer_value(json_object_get(x->decision, "position")) !=
	    json_integer_value(json_object_get(x->sealed, "known_at")))
		answer_no(INTACT, "decision, position: it is not the one that was sealed");
	if (!text_is(text_at(x->decision, "as_of"), text_at(x->sealed_header, "valid_from")) ||
	    !date_parse(str_of(text_at(x->decision, "as_of")), &x->r->as_of))
		answer_no(INTACT, "decision, as_of: it is not the day that was sealed");
	return x->ret->intact == ANSWER_YES;
}

static bool read_rules(struct checking *x)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	struct hash sealed;
	struct str hex = str_of(text_at(x->sealed, "rules_hash"));
	if (!canonical_add(json_object_get(x->decision, "rules"), &text)) {
		answer_no(INTACT, "decision, rules: they are missing or not of their form");
		return false;
	}
	struct hash given = sha256(text.p, text.n);
	if (!hex_parse(hex, sealed.b, HASH_SIZE) || !hash_eq(&given, &sealed)) {
		answer_no(INTACT, "decision, rules: their hash is not the one that was sealed");
		return false;
	}
	if (rules_of_json((struct str){ text.p, text.n }, x->reader, &x->r->rules) != E_OK) {
		answer_cannot(RECOMPUTED, "this program cannot check it: it cannot read these rules");
		return false;
	}
	return true;
}

static bool find_policy(struct checking *x)
{
	struct round *r = x->r;
	r->kind = kind_find(x->kinds, str_of(text_at(x->decision, "kind")));
	if (!r->kind) {
		answer_cannot(RECOMPUTED, "this program cannot check it: it does not know rounds of the kind \"%s\"",
			      text_at(x->decision, "kind"));
		return false;
	}
	r->policy = rules_policy(r->rules, r->kind->name, text_at(x->decision, "policy"));
	if (!r->policy)
		answer_no(RECOMPUTED, "the policy \"%s\" is not among the rules sealed",
			  text_at(x->decision, "policy"));
	return r->policy != NULL;
}

/* ---- columns ---- */

static void add_column(struct checking *x, const char *name)
{
	struct seal_form *f = &x->r->inside->form;
	const struct input *in = inputs_find(x->r->kind->inputs, name);
	if (!in || population_declared(x->r->population, name))
		return;
	population_add(x->r->population, &in->column);
	f->columns[f->ncolumns++] = *population_declared(x->r->population, name);
}

static void add_names(struct checking *x, const char *const *names)
{
	for (; names && *names; names++)
		add_column(x, *names);
}

static void make_columns(struct checking *x)
{
	struct round *r = x->r;
	size_t most = r->policy->ncriteria * 2 * JUDGE_INPUTS;
	for (const char *const *name = r->kind->inputs_always; *name; name++)
		most++;
	r->inside->form.columns = ARENA_ARRAY(&r->arena, struct input_column, most + 1);
	add_names(x, r->kind->inputs_always);
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		const struct criterion *k = &r->policy->criteria[i];
		add_names(x, k->judge ? k->judge->inputs : NULL);
		add_names(x, k->judge && k->needs_proved ? k->judge->proofs : NULL);
	}
}

static bool bad_candidate(struct checking *x, const struct proof_row *p, const char *what)
{
	answer_no(RECOMPUTED, "candidate %s: %s", text_at(p->open, "number"), what);
	return false;
}

static bool number_of(const json_t *v, int32_t *ret)
{
	if (!json_is_integer(v) || json_integer_value(v) <= INT32_MIN || json_integer_value(v) > INT32_MAX)
		return false;
	*ret = (int32_t)json_integer_value(v);
	return true;
}

static bool read_input(struct checking *x, const struct proof_row *p, size_t column, size_t row)
{
	const struct input_column *c = &x->r->inside->form.columns[column];
	const json_t *half = c->confidential ? p->closed : p->open;
	const json_t *v = json_object_get(json_object_get(half, "inputs"), c->name);
	int32_t *cell = population_add(x->r->population, c) + row;
	const char *text = json_string_value(v);
	if (!v)
		return true;
	if (c->type == I_CODE && text)
		*cell = population_code(x->r->population, c->of, str_of(text));
	else if (c->type == I_DAY ? !text || !date_parse(str_of(text), cell) : !number_of(v, cell))
		return bad_candidate(x, p, "an input is not of its type");
	return true;
}

/* ---- verdicts ---- */

static bool met_of(const char *text, unsigned char *ret)
{
	for (int m = NO; m <= NOT_ASKED; m++)
		if (text_is(met_text((enum met)m), text)) {
			*ret = (unsigned char)m;
			return true;
		}
	return false;
}

static bool read_value(struct checking *x, const json_t *v, const struct seal_form_criterion *c, struct verdicts *out,
		       size_t at)
{
	const json_t *value = json_object_get(v, "value"), *second = json_object_get(v, "value_2");
	const char *text = json_string_value(value);
	char of[64];
	if (second && !number_of(second, &out->value[1][at]))
		return false;
	if (!value)
		return true;
	if (c->value == V_CODE && text) {
		out->value[0][at] =
			population_code(x->r->population, seal_form_value_of(c, out->value[1][at], of), str_of(text));
		return true;
	}
	return number_of(value, &out->value[0][at]);
}

static bool read_verdict(struct checking *x, const struct proof_row *p, size_t criterion, const struct candidate *k)
{
	const struct seal_form_criterion *c = &x->r->inside->form.criteria[criterion];
	const json_t *half = c->confidential ? p->closed : p->open;
	const json_t *v = json_object_get(json_object_get(half, "criteria"), c->name);
	struct verdicts *out = round_verdicts(x->r, criterion, k);
	const char *day = json_string_value(json_object_get(v, "complete_on"));
	int32_t reason;
	if (c->confidential && !p->closed)
		return true;
	if (!met_of(text_at(v, "met"), &out->met[k->at]) || !number_of(json_object_get(v, "reason"), &reason) ||
	    reason < 0 || reason > 255 || (day && !date_parse(str_of(day), &out->complete_on[k->at])))
		return bad_candidate(x, p, "a verdict is missing or not of its form");
	out->reason[k->at] = (unsigned char)reason;
	/* Of a judge that this program does not know, the type of its value is not known either. */
	if (x->r->policy->criteria[criterion].judge && !read_value(x, v, c, out, k->at))
		return bad_candidate(x, p, "a value is not of its type");
	return true;
}

static bool outcome_said(const char *text, enum outcome *ret)
{
	for (int o = MEETS; o <= OTHER_KIND; o++)
		if (text_is(outcome_text((enum outcome)o), text)) {
			*ret = (enum outcome)o;
			return true;
		}
	return false;
}

static bool read_candidate(struct checking *x, const struct proof_row *p, size_t i)
{
	struct candidate *k = &x->r->candidates[i];
	struct seal_form *f = &x->r->inside->form;
	k->person = json_integer_value(json_object_get(p->header, "id"));
	/* The row is gone when this call returns. */
	k->number = round_kept(x->r, str_of(text_at(p->open, "number")));
	k->now = round_kept(x->r, str_of(text_at(p->open, "rank")));
	k->next = round_kept(x->r, str_of(text_at(p->open, "next")));
	k->override = round_kept(x->r, str_of(text_at(p->open, "override")));
	x->hidden[i] = !p->closed;
	population_set_person(x->r->population, i, k->person);
	if (!outcome_said(text_at(p->open, "judged"), &k->judged) ||
	    !outcome_said(text_at(p->open, "outcome"), &k->decided))
		return bad_candidate(x, p, "an outcome is missing");
	if (json_integer_value(json_object_get(p->open, "round")) != x->r->id ||
	    !text_is(text_at(p->header, "valid_from"), text_at(x->sealed_header, "valid_from")))
		return bad_candidate(x, p, "it is a candidate of another round");
	for (size_t c = 0; c < f->ncolumns; c++)
		if (!read_input(x, p, c, i))
			return false;
	for (size_t c = 0; c < f->ncriteria; c++)
		if (!read_verdict(x, p, c, k))
			return false;
	return true;
}

static void make_room(struct checking *x)
{
	struct round *r = x->r;
	r->n = x->file->rows - 1; /* all but that of the seal */
	r->id = json_integer_value(json_object_get(x->sealed, "owner"));
	r->candidates = xcalloc(r->n + 1, sizeof *r->candidates);
	r->population = population_new(r->n, (struct moment){ r->as_of, r->position });
	population_judge_by(r->population, r->rules, r->policy);
	x->hidden = xcalloc(r->n + 1, sizeof *x->hidden);
	round_index(r); /* where their verdicts stand */
	make_columns(x);
	form_criteria(r);
	r->verdicts = xcalloc(r->inside->form.ncriteria * r->nblocks + 1, sizeof *r->verdicts);
	for (size_t i = 0; i < r->inside->form.ncriteria * r->nblocks; i++)
		r->verdicts[i] = verdicts_new();
}

static void take_seal(struct checking *x, const struct proof_row *row)
{
	x->sealed = json_deep_copy(row->open);
	x->sealed_header = json_deep_copy(row->header);
	x->ready = decision_is_sealed(x) && read_rules(x) && find_policy(x);
	if (x->ready)
		make_room(x);
}

/* The seal stands before its candidates. */
static enum err take_row(void *arg, const struct proof_row *row)
{
	struct checking *x = arg;
	if (!x->sealed && text_is(row->entity, round_seal_entity.name))
		take_seal(x, row);
	else if (!x->sealed || !text_is(row->entity, "candidate"))
		answer_no(INTACT, "the file holds other rows than a sealed round and its candidates");
	else if (x->ready)
		x->ready = read_candidate(x, row, x->n++);
	return E_OK;
}

/* With everybody present the counts of the sealed row must be theirs. */
static void check_counts(struct checking *x)
{
	static const char *const names[] = { "meets", "incomplete", "not_yet", "other_kind" };
	int64_t counts[OTHER_KIND + 1] = { 0 };
	if (!x->file->all)
		return;
	for (size_t i = 0; i < x->r->n; i++)
		counts[x->r->candidates[i].decided]++;
	bool same = json_integer_value(json_object_get(x->sealed, "candidates")) == (json_int_t)x->r->n;
	for (int o = MEETS; o <= OTHER_KIND; o++)
		same = same && json_integer_value(json_object_get(x->sealed, names[o])) == counts[o];
	if (!same)
		answer_no(RECOMPUTED, "the counts that were sealed are not those of the candidates");
}

/* ---- the whole ---- */

static void say_first(struct checking *x, const struct problems *p)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	if (p->kept)
		problem_print(&p->list[0], &words);
	answer_no(INTACT, "%s", p->kept ? buf_str(&words) : say(x->ret->lang, N_("the file does not hold")));
}

static void check_decision(struct checking *x)
{
	if (!x->sealed)
		answer_no(INTACT, "the file holds no sealed round");
	if (!x->ready || x->n != x->r->n) {
		answer_cannot(RECOMPUTED, "what was sealed cannot be read");
		return;
	}
	round_index(x->r);
	check_counts(x);
	recompute(x->r, x->hidden, x->ret);
}

static enum err check_file(struct checking *x, FILE *proof, struct str key)
{
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct proof_file *file CLEANUP(proof_file_free_p) = NULL;
	struct verifier verifier;
	answer_cannot(x->ret, &x->ret->rederived, &x->ret->rederived_words, "that needs the store");
	if (verifier_parse(key, &verifier) != E_OK) {
		answer_cannot(INTACT, "the key is no public key; give the file key.pub or its text");
		answer_cannot(RECOMPUTED, "without a key nothing is known of the file");
		return E_OK;
	}
	enum err e = proof_file_read("proof", proof, &p, &file);
	if (e == E_OK) {
		x->file = file;
		x->decision = file->decision;
		e = proof_file_verify(file, &verifier, take_row, x, &p);
	}
	if (e == E_INVALID || e == E_DENIED) {
		say_first(x, &p);
		answer_cannot(RECOMPUTED, "what does not hold is not judged");
		return E_OK;
	}
	TRY(e);
	check_decision(x);
	return E_OK;
}

enum err round_verify_proof(FILE *proof, struct str key, const struct pack_reader *reader,
			    const struct round_kind *const *kinds, struct verdict_on_decision *ret)
{
	struct checking x CLEANUP(
		checking_release) = { .reader = reader, .kinds = kinds, .r = round_new(), .ret = ret };
	verdict_init(ret);
	enum err e = check_file(&x, proof, key);
	if (e != E_OK)
		verdict_release(ret);
	return e;
}

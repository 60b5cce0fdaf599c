/* round_proof.c - the proof file of a sealed round: everybody, or one person. */
#include "decision/inside.h"
#include "ledger/proof_file.h"

#define PIECE 65536

struct proof {
	struct ctx *c;
	const struct round *r;
	struct proof_writer w;
	struct buf out;
	enum err (*write)(void *arg, struct str bytes);
	void *arg;
};

static enum err flush(struct proof *p, size_t from)
{
	if (p->out.n <= from)
		return E_OK;
	TRY(p->write(p->arg, (struct str){ p->out.p, p->out.n }));
	buf_reset(&p->out);
	return E_OK;
}

static enum err write_row(struct proof *p)
{
	struct buf header CLEANUP(buf_release) = BUF_INIT, open CLEANUP(buf_release) = BUF_INIT;
	const struct record *row = p->r->inside->sealed;
	unsigned char salt[SALT_SIZE];
	TRY(seal_row_salt(p->c, row, salt));
	record_header(row, &header);
	record_canonical(p->c->codes, row, false, &open);
	struct proof_row_text text = { .entity = row->entity->name,
				       .idx = 0,
				       .header = { header.p, header.n },
				       .open = { open.p, open.n },
				       .salt = salt };
	return proof_write_row(&p->w, &text);
}

static enum err write_candidate(struct proof *p, const struct candidate *k, struct leaf_texts *t)
{
	const unsigned char *salts = p->r->inside->salts + k->row * SEAL_SALTS;
	candidate_texts(p->r, k, t);
	struct proof_row_text text = { .entity = "candidate",
				       .idx = (uint32_t)(k->row + FIRST_LEAF),
				       .header = { t->header.p, t->header.n },
				       .open = { t->open.p, t->open.n },
				       .closed = { t->closed.p, t->closed.n },
				       .salt = salts,
				       .salt_closed = salts + SALT_SIZE };
	TRY(proof_write_row(&p->w, &text));
	return flush(p, PIECE);
}

static void write_decision(struct proof *p)
{
	const struct round *r = p->r;
	struct json *j = &p->w.json;
	struct hash rules = rules_hash(r->rules);
	char day[DATE_TEXT];
	proof_write_decision(&p->w);
	json_object(j);
	json_member_text(j, "as_of", date_text(r->as_of, day));
	seal_form_columns_add(&r->inside->form, "inputs", false, j);
	json_key(j, "judges");
	json_array(j);
	for (size_t i = 0; i < r->inside->form.ncriteria; i++)
		json_text(j, r->inside->form.criteria[i].judge);
	json_array_end(j);
	json_member_text(j, "kind", r->kind->name);
	json_member_str(j, "policy", r->policy->name);
	json_member_int(j, "position", r->position);
	json_key(j, "rules");
	json_raw(j, rules_json(r->rules));
	json_member_hash(j, "rules_hash", rules.b, HASH_SIZE);
	json_member_str(j, "unit", r->unit_code);
	json_object_end(j);
}

static void proof_release(struct proof *p)
{
	buf_release(&p->out);
}

enum err round_proof(struct ctx *c, const struct round_kind *const *kinds, int64_t id, int64_t person,
		     enum err (*write)(void *arg, struct str bytes), void *arg)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct leaf_texts t CLEANUP(leaf_texts_release) = { 0 };
	struct record *row, *seal;
	TRY(round_record(c, id, &row));
	TRY(round_sealed_row(c, id, &seal));
	if (!seal)
		return round_problem(c, E_INVALID, NULL,
				     "round %lld is open, so there is no decision to prove; seal it first",
				     (long long)id);
	TRY(round_read(c, kinds, id, NULL, &r));
	const struct candidate *one = person ? round_candidate(r, person) : NULL;
	if (person && !one)
		return round_problem(c, E_MISSING, NULL,
				     "this person is not considered in round %lld; look at its list", (long long)id);
	struct proof p CLEANUP(proof_release) = { .c = c, .r = r, .write = write, .arg = arg };
	TRY(proof_write_begin(&p.w, c->ledger, r->seal_entry, !one, &p.out));
	TRY(write_row(&p));
	for (size_t i = 0; i < r->n; i++)
		if (!one || one == &r->candidates[i])
			TRY(write_candidate(&p, &r->candidates[i], &t));
	write_decision(&p);
	proof_write_end(&p.w);
	return flush(&p, 0);
}

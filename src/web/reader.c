/* reader.c - a thread's ctx: lent to one request after another, each reading one state of the store. */
#include "web/inside.h"

#include "policy/rules.h"

static enum err rules_first(struct reader *r)
{
	struct txn t CLEANUP(txn_end) = { NULL };
	struct ctx *c = r->c;
	/* Its own rules, so that no other thread needs to be asked before they are opened again. */
	c->policy = NULL;
	c->codes = NULL;
	r->own_rules = true;
	TRY(txn_read(c->store, &t));
	TRY(policy_position(c->store, &r->rules));
	return r->server->ask.reread(c);
}

enum err reader_open(struct reader *r, struct server *s, bool quick)
{
	*r = (struct reader){ .server = s };
	TRY(ctx_again(s->ask.c, &r->c));
	r->c->quick = quick;
	r->arena = r->c->arena;
	r->problems = r->c->problems;
	r->head = ledger_head(r->c->ledger);
	enum err e = s->ask.reread ? rules_first(r) : E_OK;
	if (e != E_OK)
		reader_close(r);
	return e;
}

void reader_close(struct reader *r)
{
	if (!r->c)
		return;
	if (r->own_rules)
		policy_release(r->c);
	ctx_close(r->c);
	r->c = NULL;
}

enum err reader_rules(struct reader *r)
{
	int64_t head = ledger_head(r->c->ledger), position;
	if (head == r->head || !r->server->ask.reread)
		return E_OK;
	TRY(policy_position(r->c->store, &position));
	if (position != r->rules)
		TRY(r->server->ask.reread(r->c));
	r->rules = position;
	r->head = head;
	return E_OK;
}

void reader_lend(struct reader *r, struct request *q)
{
	struct request_inside *in = q->inside;
	bool slow = in->later || (q->page && (q->page->flags & (PAGE_SLOW | PAGE_ALONE | PAGE_UPLOAD)));
	in->arena.cap = slow ? LIMIT_ARENA_SLOW : LIMIT_ARENA_QUICK;
	q->c = r->c;
	q->c->arena = &in->arena;
	q->c->problems = &in->problems;
	q->c->actor = q->who ? q->who->actor : (struct actor){ .user = ACTOR_SYSTEM };
	if (q->who && q->page)
		q->c->actor.on_behalf = who_behalf(q->who, q->page->act ? q->page->act : q->page->see);
}

static enum err begin(struct reader *r)
{
	TRY(txn_read(r->c->store, &r->txn));
	TRY(ledger_refresh(r->c->ledger));
	ctx_today(r->c);
	return reader_rules(r);
}

enum err reader_begin(struct reader *r, struct request *q)
{
	enum err e = begin(r);
	if (e != E_OK)
		txn_end(&r->txn);
	if (q)
		reader_lend(r, q);
	return e;
}

void reader_end(struct reader *r, struct request *q)
{
	txn_end(&r->txn);
	r->c->arena = r->arena;
	r->c->problems = r->problems;
	if (q)
		q->c = NULL;
}

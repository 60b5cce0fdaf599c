/* receipt.c - who wrote an entry, and when. */
#include "face/inside.h"

static const char *const of_every_store[] = {
#define X(name, number, code, words) [number] = (words),
	SYSTEM_ACTORS(X)
#undef X
};

static struct str name_of_user(struct request *q, int64_t user)
{
	const struct face *f = face_of(q);
	struct str name = { 0 };
	if (user > 0 && user < (int64_t)COUNT(of_every_store) && of_every_store[user])
		return str_of(SAY(q, of_every_store[user]));
	if (f->user && f->user(q->c, user, &name) == E_OK && name.n)
		return name;
	return str_of(arena_printf(q->arena, SAY(q, N_("user %lld")), (long long)user));
}

enum err part_receipt(struct request *q, int64_t position)
{
	CLEANUP(buf_release) struct buf when = BUF_INIT;
	CLEANUP(buf_release) struct buf number = BUF_INIT;
	struct entry e;
	TRY(entry_get(q->c->store, position, &e));
	say_instant(q->lang, q->c->zone, e.at, &when);
	say_int(q->lang, position, &number);
	html_sayf(&q->html, N_("Receipt %s, %s, by %s"), buf_str(&number), buf_str(&when),
		  terminated(q, name_of_user(q, e.actor)));
	return E_OK;
}

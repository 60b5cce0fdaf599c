/* due_found.c - what falls due for whom, as far as the reader of a page may know it: from the picture of everybody. */
#include "modules/career/due_found.h"

static bool may_show(struct request *q, const struct sight *s, enum due_kind k)
{
	return k != DUE_SANCTION_END || who_may_at(q->who, MAY_CLOSED, s->order);
}

static int read_kind(struct request *q)
{
	for (int k = 0; k < DUE_KINDS; k++)
		if (str_is(request_param(q, "kind"), due_kind_code((enum due_kind)k)))
			return k;
	return -1;
}

static enum err read_months(struct request *q, int64_t *ret)
{
	struct rules *rules CLEANUP(rules_free_p) = NULL;
	*ret = request_number(q, "months");
	if (*ret >= 1 && *ret <= 600)
		return E_OK;
	TRY(rules_at(q->c->policy, NULL, 0, q->c->today, &rules));
	if (!rules_int(rules, "due.months", ret))
		*ret = 12;
	return E_OK;
}

/* Whether the page counts it; may_show() looks up rights, so reach comes first. */
static bool is_counted(struct request *q, const struct due_found *l, const struct due_item *x)
{
	const struct sight *s = &l->picture->v[x->at];
	return within_has(&l->within, s) && may_show(q, s, x->kind);
}

enum err due_found_read(struct request *q, struct due_found *ret)
{
	struct due_found *l = ret;
	*l = (struct due_found){ .kind = read_kind(q) };
	TRY(unit_of_page(q, q->page->see, &l->within, &l->unit));
	TRY(read_months(q, &l->months));
	TRY(picture_get(q->c, true, &l->kept));
	const struct picture *p = l->picture = l->kept->what;
	l->first = picture_due_from(p, q->c->today);
	l->end = picture_due_from(p, date_add_months(q->c->today, (int)l->months) + 1);
	for (size_t i = l->first; i < l->end; i++)
		l->count[p->due[i].kind] += is_counted(q, l, &p->due[i]);
	for (int k = 0; k < DUE_KINDS; k++)
		l->n += l->kind < 0 || l->kind == k ? l->count[k] : 0;
	return E_OK;
}

bool due_found_next(struct request *q, const struct due_found *l, size_t *at, struct due_hit *ret)
{
	while (*at < l->end) {
		const struct due_item *x = &l->picture->due[(*at)++];
		if ((l->kind >= 0 && (int)x->kind != l->kind) || !is_counted(q, l, x))
			continue;
		*ret = (struct due_hit){ &l->picture->v[x->at], x->kind, x->on };
		return true;
	}
	return false;
}

void due_found_release(struct due_found *l)
{
	keep_let_go(&l->kept);
}

struct list_key due_found_key(const struct due_hit *d)
{
	return (struct list_key){ .number = d->on, .id = d->sight->person * DUE_KINDS + (int64_t)d->kind };
}

size_t due_found_first(struct request *q, const struct due_found *l)
{
	struct list_key k;
	size_t at = l->first;
	if (!part_page_key(q, &k) || !k.id)
		return at;
	for (; at < l->end; at++) {
		const struct due_item *x = &l->picture->due[at];
		int64_t id = due_found_key(&(struct due_hit){ &l->picture->v[x->at], x->kind, x->on }).id;
		if (x->on > k.number || (x->on == k.number && id > k.id))
			break;
	}
	return at;
}

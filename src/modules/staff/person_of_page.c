/* person_of_page.c - whom a page about one person is about, and what stands on top of all of them. */
#include "modules/staff/staff_page.h"

static const char *text(struct request *q, struct str s)
{
	return arena_text(q->arena, s.p, s.n);
}

enum err person_of_page(struct request *q, struct person_of_page *ret)
{
	struct person_of_page p = { 0 };
	struct str number;
	TRY(key_find(q->c, &person_entity, request_param(q, "person"), &p.id));
	TRY(face_may_see(q, &person_entity, p.id, &p.closed));
	TRY(key_text(q->c, &person_entity, p.id, 0, &number));
	TRY(part_name(q->c, &person_entity, p.id, AS_OF_NOW, &p.name));
	p.number = text(q, number);
	*ret = p;
	return E_OK;
}

/* "19681101 199403 1 002 · until 2008: 060 081 334": every number, the newest first. */
static enum err numbers(struct request *q, const struct person_of_page *p, struct buf *out)
{
	struct query all = { .entity = &person_number_entity, .owner = p->id, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	TRY(read_all(q->c, &all, &rows, &n));
	buf_text(out, p->number);
	for (size_t i = n; i-- > 0;) {
		struct str old = rows[i]->v[0].t;
		if (str_is(old, p->number))
			continue;
		buf_text(out, " · ");
		if (i + 1 < n)
			buf_printf(out, say(q->lang, N_("until %d: ")), date_year(rows[i + 1]->valid_from));
		buf_add(out, old.p, old.n);
	}
	return E_OK;
}

enum err person_frame(struct request *q, const struct person_of_page *p, const char *words, const char *href)
{
	struct buf sub CLEANUP(buf_release) = BUF_INIT, address CLEANUP(buf_release) = BUF_INIT;
	url_addf(&address, "/people/%s", p->number);
	struct crumb crumbs[] = {
		{ .words = N_("People"), .href = "/people" },
		{ .text = p->name, .href = arena_copy(q->arena, buf_str(&address)) },
		{ .words = words, .href = href },
	};
	bool list = who_may(q->who, MAY_PEOPLE); /* who reads only the own file has no list to go back to */
	TRY(numbers(q, p, &sub));
	frame_begin(q, &(struct frame){ .title = p->name,
					.sub = (struct str){ arena_text(q->arena, buf_str(&sub), sub.n), sub.n },
					.crumbs = crumbs + !list,
					.ncrumbs = (words ? 3 : 1) - (size_t)!list });
	return E_OK;
}

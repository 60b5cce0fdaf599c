/* who.c - where somebody holds a right. */
#include "access/who.h"

bool who_may(const struct who *w, right_t right)
{
	return (w->rights & right) == right;
}

bool who_may_at(const struct who *w, right_t right, int64_t order)
{
	right_t held = 0;
	for (size_t i = 0; i < w->nreach; i++)
		if (w->reach[i].first <= order && order <= w->reach[i].last)
			held |= w->reach[i].rights;
	return (held & right) == right;
}

/* Several bits may be held by several reaches together: a range is where all of them overlap. So each beginning and end
 * of a reach is a possible edge, and between two edges nothing changes. */
static int64_t next_first(const struct who *w, right_t right, int64_t from, bool *ret_any)
{
	int64_t first = INT64_MAX;
	*ret_any = false;
	for (size_t i = 0; i < w->nreach; i++) {
		int64_t edge = w->reach[i].first;
		if (edge < from)
			edge = from;
		if (w->reach[i].last < edge || edge > first || !who_may_at(w, right, edge))
			continue;
		first = edge;
		*ret_any = true;
	}
	return first;
}

/* The last place up to which the right is held without a gap. */
static int64_t held_until(const struct who *w, right_t right, int64_t from)
{
	int64_t last = from;
	for (;;) {
		int64_t edge = INT64_MAX;
		for (size_t i = 0; i < w->nreach; i++) {
			if (w->reach[i].last >= last && w->reach[i].last < edge)
				edge = w->reach[i].last;
			if (w->reach[i].first > last && w->reach[i].first - 1 < edge)
				edge = w->reach[i].first - 1;
		}
		if (edge == INT64_MAX || !who_may_at(w, right, edge + 1))
			return edge;
		last = edge + 1;
	}
}

size_t who_ranges(const struct who *w, right_t right, struct order_range *ret, size_t n)
{
	size_t found = 0;
	int64_t from = INT64_MIN;
	while (found < n) {
		bool any;
		int64_t low = next_first(w, right, from, &any);
		if (!any)
			break;
		int64_t high = held_until(w, right, low);
		ret[found++] = (struct order_range){ low, high };
		if (high == INT64_MAX)
			break;
		from = high + 1;
	}
	return found;
}

bool who_everywhere(const struct who *w, right_t right)
{
	struct order_range all;
	return who_ranges(w, right, &all, 1) == 1 && all.low == INT64_MIN && all.high == INT64_MAX;
}

/* Rights of several reaches may be needed together: it is an own use when the own ones are enough. */
static int64_t behalf(const struct who *w, right_t right, int64_t order, bool anywhere)
{
	right_t own = 0;
	int64_t by = 0;
	for (size_t i = 0; i < w->nreach; i++) {
		const struct reach *r = &w->reach[i];
		if (!anywhere && (order < r->first || order > r->last))
			continue;
		if (!r->delegated_by)
			own |= r->rights;
		else if (!by && (r->rights & right))
			by = r->delegated_by;
	}
	return (own & right) == right ? 0 : by;
}

int64_t who_behalf(const struct who *w, right_t right)
{
	return behalf(w, right, 0, true);
}

int64_t who_behalf_at(const struct who *w, right_t right, int64_t order)
{
	return behalf(w, right, order, false);
}

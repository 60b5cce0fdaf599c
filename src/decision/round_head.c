/* round_head.c - rounds without their people: what a list of rounds shows. */
#include "decision/inside.h"

static void fill_open(const struct record *row, struct round_head *ret)
{
	*ret = (struct round_head){
		.id = row->id,
		.code = row->code,
		.kind = row->v[ROUND_KIND].t,
		.policy = row->v[ROUND_POLICY].t,
		.unit = row->v[ROUND_UNIT].t,
		.as_of = (date)record_get(row, ROUND_AS_OF, DATE_NONE),
		.opened = row->known_from,
	};
}

static void fill_sealed(const struct record *seal, struct round_head *ret)
{
	ret->sealed = seal->known_from;
	ret->position = record_get(seal, SEAL_POSITION, 0);
	ret->considered = record_get(seal, SEAL_CANDIDATES, 0);
	for (int o = MEETS; o <= OTHER_KIND; o++)
		ret->count[o] = record_get(seal, SEAL_MEETS + o, 0);
}

enum err round_head(struct ctx *c, int64_t id, struct round_head *ret)
{
	struct record *row, *seal;
	TRY(round_record(c, id, &row));
	TRY(round_sealed_row(c, id, &seal));
	fill_open(row, ret);
	if (seal)
		fill_sealed(seal, ret);
	return E_OK;
}

enum err round_heads(struct ctx *c, struct round_head **ret, size_t *ret_n)
{
	struct query rounds = { .entity = &round_entity, .extent = BELIEVED };
	struct query seals = { .entity = &round_seal_entity, .extent = BELIEVED };
	struct record **row, **seal;
	size_t n, nseals, s = 0;
	TRY(read_all(c, &rounds, &row, &n));
	TRY(read_all(c, &seals, &seal, &nseals));
	struct round_head *heads = ARENA_ARRAY(c->arena, struct round_head, n + 1);
	for (size_t i = 0; i < n; i++) { /* both stand in order of the round's number */
		struct round_head *to = &heads[n - 1 - i];
		fill_open(row[i], to);
		while (s < nseals && seal[s]->owner < row[i]->id)
			s++;
		if (s < nseals && seal[s]->owner == row[i]->id)
			fill_sealed(seal[s], to);
	}
	*ret = heads;
	*ret_n = n;
	return E_OK;
}

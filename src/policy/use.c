/* use.c - the leaf of a pack's file in use, and the numbers of its codes in their order. */
#include "policy/use.h"

#include "base/json.h"
#include "policy/codes.h"

struct hash use_leaf(const struct use_row *u, const void *salt)
{
	CLEANUP(buf_release) struct buf open = BUF_INIT, head = BUF_INIT;
	struct json j;
	json_init(&j, &open);
	json_object(&j);
	json_key(&j, "applies_to");
	json_str(&j, u->applies_to);
	json_key(&j, "hash");
	json_hash(&j, u->hash.p, u->hash.n);
	json_key(&j, "pack");
	json_str(&j, u->pack);
	json_key(&j, "path");
	json_str(&j, u->path);
	json_key(&j, "version");
	json_str(&j, u->version);
	json_object_end(&j);
	json_init(&j, &head);
	json_object(&j);
	json_key(&j, "entity");
	json_text(&j, "pack_use");
	json_key(&j, "id");
	json_int(&j, u->vid);
	json_key(&j, "op");
	json_int(&j, 0);
	json_object_end(&j);
	struct hash commit = row_commit(salt, (struct str){ open.p, open.n });
	return row_leaf(&commit, NULL, (struct str){ head.p, head.n });
}

void issue_init(struct issue *x, enum err (*use)(void *, int64_t, struct str, struct str), void *arg)
{
	*x = (struct issue){ .numbers = map_new(), .use = use, .arg = arg };
}

void issue_release(struct issue *x)
{
	map_free(x->numbers);
}

static bool remember(struct issue *x, int64_t number, struct str of, struct str code)
{
	CLEANUP(buf_release) struct buf key = BUF_INIT;
	int64_t stands = 0;
	buf_add(&key, of.p, of.n);
	buf_char(&key, '\0');
	buf_add(&key, code.p, code.n);
	return map_add(x->numbers, (struct str){ key.p, key.n }, number, &stands);
}

void issue_known(struct issue *x, int64_t number, struct str of, struct str code)
{
	remember(x, number, of, code);
	if (number > x->last)
		x->last = number;
}

static enum err issue_one(void *arg, struct str of, struct str code)
{
	struct issue *x = arg;
	if (!remember(x, x->last + 1, of, code))
		return E_OK;
	x->last++;
	return x->use(x->arg, x->last, of, code);
}

enum err issue_file(struct issue *x, const char *path, struct str bytes)
{
	return codes_of_file(path, bytes, issue_one, x);
}

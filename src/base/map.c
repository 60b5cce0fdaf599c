/* map.c - open addressing with linear steps, for text and for integers. */
#include "base/map.h"
#include "base/error.h"

#include <sys/random.h>

__extension__ typedef unsigned __int128 wide;

/* An index of 64-bit cells (high half: the hash, low half: entry number plus one) over dense entries: probing touches
 * only the index, and growing neither moves an entry nor reads a key. */
struct entry {
	uint32_t at, n; /* the key, in keys */
	int64_t value;
};

struct map {
	uint64_t *index;
	struct entry *entries;
	char *keys;
	size_t mask, count, cap, keys_n, keys_cap;
	uint64_t seed;
};

#define FIRST_CAP ((size_t)16)

static uint64_t mix(uint64_t a, uint64_t b)
{
	wide product = (wide)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint32_t hash_text(const struct map *m, struct str s)
{
	uint64_t h = m->seed ^ mix(s.n + 1, 0x9e3779b97f4a7c15u), w;
	const char *p = s.p;
	size_t n = s.n;
	for (; n > 8; p += 8, n -= 8) {
		memcpy(&w, p, 8);
		h = mix(h ^ w, 0xd6e8feb86659fd93u);
	}
	w = 0;
	if (n)
		memcpy(&w, p, n);
	return (uint32_t)(mix(mix(h ^ w, 0xa0761d6478bd642fu), 0xe7037ed1a0b428dbu) >> 32);
}

struct map *map_new(void)
{
	struct map *m = xcalloc(1, sizeof *m);
	/* A seed of its own, so that nobody can write a file whose keys all meet in one place. */
	if (getrandom(&m->seed, sizeof m->seed, 0) != (ssize_t)sizeof m->seed)
		m->seed = (uint64_t)(uintptr_t)m;
	m->cap = FIRST_CAP * 3 / 4;
	m->mask = FIRST_CAP - 1;
	m->index = xcalloc(FIRST_CAP, sizeof *m->index);
	m->entries = xmalloc(m->cap * sizeof *m->entries);
	return m;
}

void map_free(struct map *m)
{
	if (!m)
		return;
	free(m->index);
	free(m->entries);
	free(m->keys);
	free(m);
}

void map_free_p(struct map **m)
{
	map_free(*m);
	*m = NULL;
}

size_t map_count(const struct map *m)
{
	return m->count;
}

/* The entry of the key, or NULL; *ret_at is then the cell where it belongs. */
static struct entry *find(const struct map *m, struct str key, uint32_t h, size_t *ret_at)
{
	size_t at = h & m->mask;
	for (; m->index[at]; at = (at + 1) & m->mask) {
		if (m->index[at] >> 32 != h)
			continue;
		struct entry *e = &m->entries[(uint32_t)m->index[at] - 1];
		if (e->n == key.n && (key.n == 0 || memcmp(m->keys + e->at, key.p, key.n) == 0))
			return e;
	}
	*ret_at = at;
	return NULL;
}

bool map_get(const struct map *m, struct str key, int64_t *ret)
{
	size_t at;
	const struct entry *e = find(m, key, hash_text(m, key), &at);
	if (e)
		*ret = e->value;
	return e;
}

static void grow(struct map *m)
{
	uint64_t *old = m->index;
	size_t old_size = m->mask + 1, size = old_size * (old_size < 65536 ? 4 : 2);
	m->mask = size - 1;
	m->cap = size / 4 * 3;
	m->entries = xrealloc(m->entries, m->cap * sizeof *m->entries);
	m->index = xcalloc(size, sizeof *m->index);
	for (size_t i = 0; i < old_size; i++) {
		size_t at = (old[i] >> 32) & m->mask;
		while (old[i] && m->index[at])
			at = (at + 1) & m->mask;
		if (old[i])
			m->index[at] = old[i];
	}
	free(old);
}

static uint32_t keep_key(struct map *m, struct str key)
{
	if (key.n > UINT32_MAX - m->keys_n)
		bug("the keys of a map pass four gigabytes");
	if (m->keys_cap - m->keys_n < key.n) {
		m->keys_cap = m->keys_cap * 2 > m->keys_n + key.n ? m->keys_cap * 2 : m->keys_n + key.n + 256;
		m->keys = xrealloc(m->keys, m->keys_cap);
	}
	if (key.n)
		memcpy(m->keys + m->keys_n, key.p, key.n);
	m->keys_n += key.n;
	return (uint32_t)(m->keys_n - key.n);
}

static void add(struct map *m, struct str key, uint32_t h, size_t at, int64_t value)
{
	m->entries[m->count] = (struct entry){ keep_key(m, key), (uint32_t)key.n, value };
	m->index[at] = (uint64_t)h << 32 | ++m->count;
	if (m->count == m->cap)
		grow(m);
}

bool map_set(struct map *m, struct str key, int64_t value)
{
	size_t at = 0;
	uint32_t h = hash_text(m, key);
	struct entry *e = find(m, key, h, &at);
	if (e)
		e->value = value;
	else
		add(m, key, h, at, value);
	return !e;
}

bool map_add(struct map *m, struct str key, int64_t value, int64_t *ret)
{
	size_t at = 0;
	uint32_t h = hash_text(m, key);
	const struct entry *e = find(m, key, h, &at);
	*ret = e ? e->value : value;
	if (!e)
		add(m, key, h, at, value);
	return !e;
}

/* Integer keys: cells of key and value; the least number, which marks a free cell, is kept aside. */
#define FREE INT64_MIN
struct cell {
	int64_t key, value;
};

struct imap {
	struct cell *cells;
	size_t mask, count; /* count: cells in use */
	bool has_least;
	int64_t least;
};

static struct cell *new_cells(size_t n)
{
	struct cell *cells = xmalloc(n * sizeof *cells);
	for (size_t i = 0; i < n; i++)
		cells[i].key = FREE;
	return cells;
}

struct imap *imap_new(void)
{
	struct imap *m = xcalloc(1, sizeof *m);
	m->cells = new_cells(FIRST_CAP);
	m->mask = FIRST_CAP - 1;
	return m;
}

void imap_free(struct imap *m)
{
	if (!m)
		return;
	free(m->cells);
	free(m);
}

void imap_free_p(struct imap **m)
{
	imap_free(*m);
	*m = NULL;
}

size_t imap_count(const struct imap *m)
{
	return m->count + m->has_least;
}

static struct cell *cell_of(const struct imap *m, int64_t key)
{
	size_t at = mix((uint64_t)key ^ 0x9e3779b97f4a7c15u, 0xa0761d6478bd642fu) & m->mask;
	while (m->cells[at].key != key && m->cells[at].key != FREE)
		at = (at + 1) & m->mask;
	return &m->cells[at];
}

bool imap_get(const struct imap *m, int64_t key, int64_t *ret)
{
	if (key == FREE) {
		if (m->has_least)
			*ret = m->least;
		return m->has_least;
	}
	const struct cell *c = cell_of(m, key);
	if (c->key == FREE)
		return false;
	*ret = c->value;
	return true;
}

static void imap_grow(struct imap *m)
{
	struct cell *old = m->cells;
	size_t n = m->mask + 1;
	m->cells = new_cells(n * 2);
	m->mask = n * 2 - 1;
	for (size_t i = 0; i < n; i++)
		if (old[i].key != FREE)
			*cell_of(m, old[i].key) = old[i];
	free(old);
}

bool imap_set(struct imap *m, int64_t key, int64_t value)
{
	if (key == FREE) {
		bool is_new = !m->has_least;
		m->has_least = true;
		m->least = value;
		return is_new;
	}
	struct cell *c = cell_of(m, key);
	bool is_new = c->key == FREE;
	*c = (struct cell){ key, value };
	if (is_new && ++m->count * 3 > (m->mask + 1) * 2)
		imap_grow(m);
	return is_new;
}

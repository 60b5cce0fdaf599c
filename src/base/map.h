/* map.h - hash maps for bulk work: text or 64-bit keys to 64-bit values. Open addressing, no removal. */
#ifndef MERIT_BASE_MAP_H
#define MERIT_BASE_MAP_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct map; /* text keys; keys are copied in */
struct map *map_new(void);
void map_free(struct map *m);
void map_free_p(struct map **m); /* for CLEANUP */
size_t map_count(const struct map *m);
bool map_get(const struct map *m, struct str key, int64_t *ret);
/* Sets the key; true when it was new, false when an older value was replaced. */
bool map_set(struct map *m, struct str key, int64_t value);
/* Adds only when new; *ret is the value that stands afterwards. True when added. */
bool map_add(struct map *m, struct str key, int64_t value, int64_t *ret);

struct imap; /* integer keys */
struct imap *imap_new(void);
void imap_free(struct imap *m);
void imap_free_p(struct imap **m);
bool imap_get(const struct imap *m, int64_t key, int64_t *ret);
bool imap_set(struct imap *m, int64_t key, int64_t value);
size_t imap_count(const struct imap *m);

#endif

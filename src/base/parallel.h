/* parallel.h - the same work over many blocks on all cores. */
#ifndef MERIT_BASE_PARALLEL_H
#define MERIT_BASE_PARALLEL_H

#include "base/error.h"

#include <stddef.h>

/* How many workers: the cores of this machine, at most 64; MERIT_WORKERS overrides. */
unsigned parallel_workers(void);
/* Calls work(arg, i, worker) for every i in [0, n), each once, in any order, worker in [0, parallel_workers()).
 * Returns when all are done; the first failure stops the handing out and is returned (its words are the caller's).
 */
MUST_CHECK enum err parallel_for(size_t n, enum err (*work)(void *arg, size_t i, unsigned worker), void *arg);

#endif

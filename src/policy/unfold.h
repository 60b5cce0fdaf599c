/* unfold.h - the packs that a store keeps, written back as the folders that they were loaded from. */
#ifndef MERIT_POLICY_UNFOLD_H
#define MERIT_POLICY_UNFOLD_H

#include "policy/pack.h"

/* Writes the files of every pack believed now into FOLDER/0, FOLDER/1 … in the order in which they were first loaded,
 * byte for byte; FOLDER exists. The paths, NULL-terminated, live in the ctx's arena. */
MUST_CHECK enum err pack_unfold(struct ctx *c, const struct pack_reader *r, const char *folder,
				const char *const **ret);

#endif

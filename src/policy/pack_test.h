/* pack_test.h - a small pack of a service of lighthouses, written to a folder by the tests that read it. */
#ifndef MERIT_POLICY_PACK_TEST_H
#define MERIT_POLICY_PACK_TEST_H

#include "policy/judge.h"
#include "policy/pack.h"

extern const struct pack_reader pack_test_reader;
extern const struct judge pack_test_judge; /* years_in_grade@1 */
/* Declares what stands in packs/indonesia-2008, with a judge of each name that criteria there have. */
extern const struct pack_reader pack_test_real_reader;

struct pack_test_folder {
	char path[64];
};
void pack_test_make(struct pack_test_folder *f);    /* a new folder with the whole pack */
void pack_test_overlay(struct pack_test_folder *f); /* a new folder with the pack.yaml of an overlay for unit NORTH */
void pack_test_remove(struct pack_test_folder *f);  /* fit for CLEANUP */
void pack_test_write(const struct pack_test_folder *f, const char *path, const char *text);
struct pack *
pack_test_read(const struct pack_test_folder *f); /* fails the test with the problems, where there are some */
/* Reads the folder; all problems, with "PACK" for its path, must be `expected`. */
void pack_test_refuses(const struct pack_test_folder *f, const char *expected);
/* The good files, for tests that change a line of one. */
extern const char pack_test_policy[], pack_test_parameters[], pack_test_grades[], pack_test_yaml[];

#endif

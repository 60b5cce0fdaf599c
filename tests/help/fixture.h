/* fixture.h - a small invented service of lighthouses: every kind of record and every field type, for tests of entity.
 *
 * Only tables and a fake of the rules' codes: nothing here opens a store (fixture_store.h does).
 */
#ifndef MERIT_TESTS_FIXTURE_H
#define MERIT_TESTS_FIXTURE_H

#include "entity/entity.h"

/* clang-format off */
/* A tree of places: what units are to a ministry. */
enum { PLACE_CODE, PLACE_NAME, PLACE_PARENT, PLACE_KIND };
/* A person whose numbers are dated aliases. */
enum { KEEPER_NAME, KEEPER_SEX, KEEPER_BIRTH_DATE, KEEPER_SCHOOLING, KEEPER_JOINED_ON, KEEPER_HEALTH };
enum { KEEPER_NUMBER_NUMBER };
/* A seat is what a post is. */
enum { SEAT_CODE, SEAT_TITLE, SEAT_PLACE, SEAT_GRADE_LOW, SEAT_HEADS_PLACE };
enum { GRADE_HISTORY_GRADE, GRADE_HISTORY_DECREE, GRADE_HISTORY_DECREE_DATE, GRADE_HISTORY_PROOF };
enum { SEAT_HISTORY_SEAT, SEAT_HISTORY_ACTING, SEAT_HISTORY_DECREE };
enum { MARK_TOOL, MARK_YEAR, MARK_SCORE, MARK_LOWEST };
enum { DRILL_CODE, DRILL_TITLE, DRILL_PASS_MARK };
enum { DRILL_RESULT_DRILL, DRILL_RESULT_SCORE };
enum { SPECIMEN_CODE, SPECIMEN_TEXT, SPECIMEN_NOTE, SPECIMEN_INT, SPECIMEN_PERCENT, SPECIMEN_MONEY, SPECIMEN_DATE, SPECIMEN_MONTH,
       SPECIMEN_BOOL, SPECIMEN_ENUM, SPECIMEN_REF, SPECIMEN_PACK, SPECIMEN_NAMES, SPECIMEN_PERSON,
       SPECIMEN_SECRET, SPECIMEN_OLD, SPECIMEN_LENGTH };
enum { ERRAND_WHAT, ERRAND_PLACE, ERRAND_DONE };
/* clang-format on */

extern const struct entity fixture_place, fixture_keeper, fixture_keeper_number, fixture_seat, fixture_grade_history,
	fixture_seat_history, fixture_mark, fixture_drill, fixture_drill_result, fixture_specimen, fixture_errand;
extern const struct projection fixture_place_now, fixture_seat_now, fixture_keeper_now;
extern const struct registry fixture_registry;

/* The fake of the rules: codes of `place_kind`, `schooling`, `grade`, `tool`, `currency`; grade "9/z" was dropped at
 * the end of 1999. "diploma" is read as diploma-3, assumed. */
extern const struct codes fixture_codes;

#endif

/* upload.h - a spreadsheet that somebody sent: kept beside the store until it is taken in. Inner to the upload files.
 */
#ifndef MERIT_FACE_UPLOAD_H
#define MERIT_FACE_UPLOAD_H

#include "base/csv.h"
#include "entity/io.h"
#include "face/face.h"

enum upload_field {
	UPLOAD_USER,
	UPLOAD_OF,
	UPLOAD_FILENAME,
	UPLOAD_SENT_AT,
	UPLOAD_ROWS,
	UPLOAD_ADDED,
	UPLOAD_CHANGED,
	UPLOAD_CORRECTED,
	UPLOAD_UNCHANGED,
	UPLOAD_ASSUMED,
	UPLOAD_PROBLEMS,
	UPLOAD_POSITION,
	UPLOAD_STATE,
	UPLOAD_EXTRA,
	UPLOAD_CORRECT,
	UPLOAD_WHY,
};
enum upload_state { UPLOAD_MENDING, UPLOAD_READY, UPLOAD_TAKEN };
enum upload_part { UPLOAD_SHEET, UPLOAD_FAULTS, UPLOAD_MAP };

void upload_close(FILE **f); /* for CLEANUP */
/* Writes what stands in a buffer as a file of its own. */
MUST_CHECK enum err upload_file(const char *path, const struct buf *b);
/* The file's place; the folder is made when it is not there. */
MUST_CHECK enum err upload_path(struct request *q, const struct record *u, enum upload_part part, const char **ret);
/* Keeps a new one, in the place of those that the reader sent before. */
MUST_CHECK enum err upload_new(struct request *q, const struct entity *e, const struct upload *file,
			       struct record **ret);
MUST_CHECK enum err upload_find(struct request *q, const struct entity *e, int64_t number,
				struct record **ret); /* E_MISSING */
MUST_CHECK enum err upload_of_user(struct request *q, struct record ***ret, size_t *ret_n);
/* Looks at every row, or takes all in; what was found is kept in the record and beside it. */
MUST_CHECK enum err upload_look(struct request *q, const struct entity *e, struct record *u, bool take);

/* upload_reach.c: rows about records that the reader may not write, and cells that the reader may not read, are
 * problems. E_INVALID. */
MUST_CHECK enum err upload_reach(struct request *q, const struct entity *e, const char *path, const char *map);

bool upload_takes(const struct request *q, const struct entity *e); /* the reader may send this list */
bool upload_may(struct request *q);                                 /* any list at all */
/* The list that the page's {name} names, if the reader may send it. E_MISSING. */
MUST_CHECK enum err upload_entity_asked(struct request *q, const struct entity **ret);

#endif

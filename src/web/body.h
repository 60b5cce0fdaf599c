/* body.h - the body of a request, read as it comes: forms, forms with files, and text taken as it stands.
 *
 * Stands alone, so that it can be tried with any bytes. Everything that is returned lives in the arena; files stand in
 * the spool until body_free().
 */
#ifndef MERIT_WEB_BODY_H
#define MERIT_WEB_BODY_H

#include "web/inside.h"

enum body_kind { BODY_FORM, BODY_PARTS, BODY_RAW };
struct body_ask {
	struct arena *arena;
	struct pairs *into; /* names and values, in order; line ends are \n */
	const char *spool;  /* folder for files; NULL: none are taken */
	enum body_kind kind;
	struct str boundary; /* BODY_PARTS */
	size_t most;         /* bytes of all values together, or of the text */
	size_t most_files;   /* bytes of all files together */
};
struct body_file {
	struct str name, filename;
	const char *path;
	size_t size;
	int fd; /* while it is being written, else -1 */
	struct body_file *next;
};

struct body_reader;
struct body_reader *body_new(const struct body_ask *ask);
void body_free(struct body_reader *b); /* removes the files; NULL is fine */
/* 0, or the status of the refusal: 400 not of the form that it claims, 413 too much, 500 the spool cannot be written
 * (a fault). After a refusal nothing more is read. */
int body_feed(struct body_reader *b, const char *p, size_t n);
int body_end(struct body_reader *b);
struct str body_text(const struct body_reader *b); /* BODY_RAW */
const struct body_file *body_files(const struct body_reader *b);

/* What a Content-Type says; false: none that we read. */
bool body_kind_of(struct str type, struct arena *a, enum body_kind *ret, struct str *ret_boundary);
/* A value with \n for every line end, or false: not UTF-8, or with a NUL. */
bool body_value(struct arena *a, struct str s, struct str *ret);
/* The last part of a file's name, without what a file's name cannot hold. */
struct str body_filename(struct arena *a, struct str s);

/* multipart.c */
struct multipart;
struct multipart *multipart_new(const struct body_ask *ask, struct body_file **files);
void multipart_free(struct multipart *m);
int multipart_feed(struct multipart *m, const char *p, size_t n);
int multipart_end(struct multipart *m);

#endif

/* module.h - one part of the civil service: its tables joined, and the doors it offers to the program. */
#ifndef MERIT_MODULES_MODULE_H
#define MERIT_MODULES_MODULE_H

#include "decision/round.h"
#include "face/face.h"

struct module {
	const char *name, *title, *help;
	const struct entity *const *entities; /* NULL-terminated; all of these may be NULL */
	const struct projection *const *projections;
	const struct pack_table *const *tables;
	const struct pack_parameter *parameters; /* ended by a row without name */
	const struct judge *const *judges;
	const struct input *inputs; /* ended by a row without name */
	const struct round_kind *const *rounds;
	const struct page *pages;               /* ended by a row without path */
	const struct panel *panels;             /* on the pages of earlier modules; ended by a row without page */
	const struct home *homes;               /* ended by a row without `of` */
	const struct consequence *consequences; /* ended by a row without `of` */
	/* Computes what its pages need of everybody, before anybody asks (site.h). */
	enum err (*warm)(struct ctx *c);
};

/* Every module of the program, in the order in which they may know each other; NULL-terminated. */
extern const struct module *const modules[];

/* The modules' tables joined once, at the first call. */
const struct registry *modules_registry(void);
const struct pack_reader *modules_reader(void);
const struct inputs *modules_inputs(void);
/* The same, for tables that must point to it; filled by the first of these calls. */
extern const struct inputs program_inputs;
const struct round_kind *const *modules_rounds(void);
/* Every page and panel, the generic ones among them, and who keeps the door: what is served. */
const struct site *modules_site(void);

#endif

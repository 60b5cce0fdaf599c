/* modules.c - the one ordered list of modules, and their tables joined. */
#include "modules/career/career.h"
#include "modules/duty/duty.h"

#include <pthread.h>

const struct module *const modules[] = { &administration_module, &organisation_module, &staff_module,
					 &duty_module,           &career_module,       NULL };

/* Lists of all modules behind each other, each ended by NULL. Sizes are bugs to pass, not limits of a user. */
#define MOST 256

static const struct entity *entities[MOST];
static const struct projection *projections[MOST];
static const struct classed_table *further_tables[MOST];
static const struct pack_table *pack_table_list[MOST];
static const struct pack_parameter *parameter_list[MOST];
static const struct judge *judge_list[MOST];
static const struct input *input_list[MOST];
static const struct round_kind *round_list[MOST];

static const struct registry registry = { entities, projections, further_tables, &person_entity };
static const struct pack_reader reader = { pack_table_list, parameter_list, judge_list };
const struct inputs program_inputs = { &person_entity, input_list };

static void join(const void **to, const void *const *from)
{
	size_t n = 0;
	while (to[n])
		n++;
	for (; from && *from; from++) {
		if (n + 1 == MOST)
			bug("more than %d things of one sort are declared", MOST);
		to[n++] = *from;
	}
}

#define JOIN(to, from) join((const void **)(to), (const void *const *)(from))

static void join_module(const struct module *m)
{
	JOIN(entities, m->entities);
	JOIN(projections, m->projections);
	JOIN(pack_table_list, m->tables);
	JOIN(judge_list, m->judges);
	JOIN(round_list, m->rounds);
	JOIN(parameter_list, ((const void *const[]){ m->parameters, NULL }));
	JOIN(input_list, ((const void *const[]){ m->inputs, NULL }));
}

static void join_all(void)
{
	static const struct entity *const rounds[] = { &round_entity, &override_entity, &round_seal_entity, NULL };
	static const struct classed_table *const seals[] = { &seal_table, NULL };
	JOIN(entities, rounds); /* the engine's own first: records of modules refer to them */
	for (const struct module *const *m = modules; *m; m++)
		join_module(*m);
	JOIN(entities, face_entities);
	JOIN(further_tables, pack_tables);
	JOIN(further_tables, seals);
}

static void joined(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, join_all);
}

const struct registry *modules_registry(void)
{
	joined();
	return &registry;
}

const struct pack_reader *modules_reader(void)
{
	joined();
	return &reader;
}

const struct inputs *modules_inputs(void)
{
	joined();
	return &program_inputs;
}

const struct round_kind *const *modules_rounds(void)
{
	joined();
	return round_list;
}

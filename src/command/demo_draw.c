/* demo_draw.c - chance that depends on nothing but seed, person and stream. */
#include "command/demo.h"

/* Vigna's splitmix64: a counter through a mixing function, so any place of any stream can be begun at once. */
static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

struct draw draw_from(uint64_t seed, int64_t who, enum stream stream)
{
	return (struct draw){ mix(mix(seed + 0x9e3779b97f4a7c15u * ((uint64_t)stream + 1)) ^ mix((uint64_t)who + 1)) };
}

int draw_below(struct draw *r, int n)
{
	r->state += 0x9e3779b97f4a7c15u;
	return (int)(((mix(r->state) >> 32) * (uint64_t)n) >> 32);
}

int draw_between(struct draw *r, int low, int high)
{
	return low + draw_below(r, high - low + 1);
}

bool draw_chance(struct draw *r, int in_ten_thousand)
{
	return draw_below(r, 10000) < in_ten_thousand;
}

int draw_weighted(struct draw *r, const int *weights, int n)
{
	int sum = 0, i = 0;
	for (int k = 0; k < n; k++)
		sum += weights[k];
	for (int at = draw_below(r, sum); i < n - 1 && at >= weights[i]; i++)
		at -= weights[i];
	return i;
}

/* squeeze.h - gzip: of pages as they go, of assets once at the start. */
#ifndef MERIT_WEB_SQUEEZE_H
#define MERIT_WEB_SQUEEZE_H

#include "base/buf.h"
#include "web/site.h"

struct squeeze; /* of one thread */
struct squeeze *squeeze_new(void);
void squeeze_free(struct squeeze *s);
/* False: it did not become smaller. */
bool squeeze_gzip(struct squeeze *s, struct str body, struct buf *ret);

struct squeezed; /* every asset that becomes smaller */
struct squeezed *squeeze_assets(const struct asset *assets);
struct str squeeze_asset(const struct squeezed *s, const struct asset *a); /* empty: as it is */
void squeeze_assets_free(struct squeezed *s);

#endif

#include "cse.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RESOURCES_MAX = 4096, PATH_MAX_LEN = 400, ID_MAX_LEN = 256 };
enum { TY_AE = 2, TY_CONTAINER = 3, TY_INSTANCE = 4, TY_BASE = 5 };
enum {
    RSC_OK = 2000,
    RSC_CREATED = 2001,
    RSC_DELETED = 2002,
    RSC_UPDATED = 2004,
    RSC_BAD_REQUEST = 4000,
    RSC_NOT_FOUND = 4004,
    RSC_NOT_ALLOWED = 4005,
    RSC_NO_PRIVILEGE = 4103,
    RSC_CONFLICT = 4105,
    RSC_LIMIT = 5207,
};

static const struct {
    unsigned rsc, status;
} statuses[] = {
    {RSC_OK,           200},
    {RSC_CREATED,      201},
    {RSC_DELETED,      200},
    {RSC_UPDATED,      200},
    {RSC_BAD_REQUEST,  400},
    {RSC_NOT_FOUND,    404},
    {RSC_NOT_ALLOWED,  405},
    {RSC_NO_PRIVILEGE, 403},
    {RSC_CONFLICT,     409},
    {RSC_LIMIT,        403},
};

static const struct {
    unsigned type;
    const char *member, *prefix;
} types[] = {
    {TY_AE,        "m2m:ae",  "ae" },
    {TY_CONTAINER, "m2m:cnt", "cnt"},
    {TY_INSTANCE,  "m2m:cin", "cin"},
    {TY_BASE,      "m2m:cb",  "cb" },
};

struct resource {
    unsigned type, serial;
    char path[PATH_MAX_LEN]; /* structured: "in-cse/sensor/data" */
    char creator[ID_MAX_LEN];
    json_t *attributes;
};

struct cse {
    const char *sp, *cse_id, *name;
    struct resource *resources[RESOURCES_MAX]; /* in the order of creation; parents first */
    size_t count;
    unsigned serial;
};

static size_t type_index(unsigned type)
{
    for (size_t i = 0; i < HF_COUNT(types); i++)
        if (types[i].type == type)
            return i;
    return HF_COUNT(types);
}

static void resource_free(struct resource *r)
{
    json_decref(r->attributes);
    free(r);
}

static void timestamp(char room[static 16])
{
    time_t now = time(NULL);
    struct tm utc;

    if (gmtime_r(&now, &utc) == NULL || strftime(room, 16, "%Y%m%dT%H%M%S", &utc) == 0)
        room[0] = '\0';
}

/* Takes over `attributes`. */
static struct resource *add(struct cse *c, unsigned type, const char *path, const char *creator,
                            json_t *attributes)
{
    struct resource *r = c->count < RESOURCES_MAX ? calloc(1, sizeof *r) : NULL;
    const char *slash = strrchr(path, '/');
    char now[16], ri[32];

    if (r == NULL || attributes == NULL) {
        json_decref(attributes);
        free(r);
        return NULL;
    }
    timestamp(now);
    r->type = type;
    r->serial = c->serial++;
    r->attributes = attributes;
    snprintf(r->path, sizeof r->path, "%s", path);
    snprintf(r->creator, sizeof r->creator, "%s", creator);
    snprintf(ri, sizeof ri, "%s%u", types[type_index(type)].prefix, r->serial);
    json_object_set_new(attributes, "ty", json_integer(type));
    json_object_set_new(attributes, "ri", json_string(ri));
    json_object_set_new(attributes, "rn", json_string(slash == NULL ? path : slash + 1));
    json_object_set_new(attributes, "ct", json_string(now));
    json_object_set_new(attributes, "lt", json_string(now));
    c->resources[c->count++] = r;
    return r;
}

struct cse *cse_new(const char *sp, const char *cse_id, const char *name)
{
    struct cse *c = calloc(1, sizeof *c);
    struct resource *base;

    if (c == NULL)
        return NULL;
    c->sp = sp;
    c->cse_id = cse_id;
    c->name = name;
    base = add(c, TY_BASE, name, "", json_object());
    if (base == NULL) {
        cse_free(c);
        return NULL;
    }
    json_object_set_new(base->attributes, "csi", json_string(cse_id));
    json_object_set_new(base->attributes, "srt", json_pack("[i,i,i,i]", 2, 3, 4, 5));
    return c;
}

void cse_free(struct cse *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->count; i++)
        resource_free(c->resources[i]);
    free(c);
}

static struct hf_bytes without_prefix(struct hf_bytes b, const char *prefix)
{
    return hf_bytes_start_with(b, hf_text(prefix)) ? hf_bytes_from(b, strlen(prefix)) : b;
}

/*
 * HTTP path to structured path or resource ID (TS-0009, 6.2.2.2): "/X", "/~/in-cse/X",
 * "/_/sp/in-cse/X"; "-" is the CSEBase. False: of another CSE, or too long.
 */
static bool locate(const struct cse *c, struct hf_bytes target, char room[static PATH_MAX_LEN])
{
    struct hf_bytes path = target, query, base;
    char own[ID_MAX_LEN];

    (void)hf_bytes_split(target, '?', &path, &query);
    path = hf_bytes_from(path, 1);
    snprintf(own, sizeof own, "_/%s%s", c->sp, c->cse_id);
    base = without_prefix(path, own);
    snprintf(own, sizeof own, "~%s", c->cse_id);
    base = without_prefix(base, own);
    if (base.len < path.len)
        path = base.len > 0 && base.at[0] == '/' ? hf_bytes_from(base, 1) : base;
    else if (hf_bytes_start_with(path, HF_LITERAL("~/"))
             || hf_bytes_start_with(path, HF_LITERAL("_/")))
        return false;
    if (path.len == 0)
        path = HF_LITERAL("-");
    base = without_prefix(path, "-");
    if (base.len < path.len && (base.len == 0 || base.at[0] == '/'))
        return snprintf(room, PATH_MAX_LEN, "%s%.*s", c->name, HF_PRINT(base)) < PATH_MAX_LEN;
    return snprintf(room, PATH_MAX_LEN, "%.*s", HF_PRINT(path)) < PATH_MAX_LEN;
}

static bool is_below(const char *path, const char *parent)
{
    size_t len = strlen(parent);

    return strncmp(path, parent, len) == 0 && path[len] == '/';
}

static struct resource *find_exact(struct cse *c, const char *path)
{
    for (size_t i = 0; i < c->count; i++) {
        const char *ri = json_string_value(json_object_get(c->resources[i]->attributes, "ri"));

        if (strcmp(c->resources[i]->path, path) == 0 || (ri != NULL && strcmp(ri, path) == 0))
            return c->resources[i];
    }
    return NULL;
}

/* "<container>/la" is its latest contentInstance, "/ol" its oldest. */
static struct resource *find_instance(struct cse *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    char parent[PATH_MAX_LEN];
    struct resource *container, *found = NULL;

    if (slash == NULL || (strcmp(slash, "/la") != 0 && strcmp(slash, "/ol") != 0))
        return NULL;
    snprintf(parent, sizeof parent, "%.*s", (int)(slash - path), path);
    container = find_exact(c, parent);
    for (size_t i = 0; container != NULL && i < c->count; i++) {
        struct resource *r = c->resources[i];

        if (r->type == TY_INSTANCE && is_below(r->path, container->path)
            && (found == NULL || strcmp(slash, "/la") == 0))
            found = r;
    }
    return found;
}

static struct resource *find(struct cse *c, struct hf_bytes target)
{
    char path[PATH_MAX_LEN];
    struct resource *r;

    if (!locate(c, target, path))
        return NULL;
    r = find_exact(c, path);
    return r != NULL ? r : find_instance(c, path);
}

static unsigned describe(const struct resource *r, struct cse_answer *out, unsigned rsc)
{
    json_t *whole = json_object();

    json_object_set(whole, types[type_index(r->type)].member, r->attributes);
    out->body = json_dumps(whole, JSON_COMPACT);
    json_decref(whole);
    return rsc;
}

/* "application/json; ty=2"; 0: none. */
static unsigned type_of_create(const struct hf_http_message *m)
{
    struct hf_bytes rest = hf_http_header(m, "Content-Type"), one;
    uint64_t n;

    while (hf_bytes_split(rest, ';', &one, &rest)) {
        struct hf_bytes parameter = rest;

        while (parameter.len > 0 && parameter.at[0] == ' ')
            parameter = hf_bytes_from(parameter, 1);
        (void)hf_bytes_split(parameter, ';', &parameter, &one);
        if (hf_bytes_start_with(parameter, HF_LITERAL("ty="))
            && hf_bytes_to_number(hf_bytes_from(parameter, 3), 99, &n))
            return (unsigned)n;
    }
    return 0;
}

static bool may_have(unsigned parent, unsigned child)
{
    switch (parent) {
    case TY_BASE:
        return child == TY_AE || child == TY_CONTAINER;
    case TY_AE:
        return child == TY_CONTAINER;
    case TY_CONTAINER:
        return child == TY_CONTAINER || child == TY_INSTANCE;
    default:
        return false;
    }
}

/* The attributes of the one member of the body; NULL: there is none. */
static json_t *body_attributes(const struct hf_http_message *m, unsigned type)
{
    json_t *whole = json_loadb((const char *)m->body.at, m->body.len, JSON_REJECT_DUPLICATES, NULL);
    json_t *attributes = NULL;

    if (json_is_object(whole))
        attributes = json_object_get(whole, types[type_index(type)].member);
    if (json_is_object(attributes))
        json_incref(attributes);
    else
        attributes = NULL;
    json_decref(whole);
    return attributes;
}

static void finish_instance(json_t *attributes)
{
    const char *con = json_string_value(json_object_get(attributes, "con"));

    json_object_set_new(attributes, "cs", json_integer(con == NULL ? 0 : (json_int_t)strlen(con)));
}

static unsigned create(struct cse *c, const struct hf_http_message *m, const char *from,
                       struct cse_answer *out)
{
    unsigned type = type_of_create(m);
    struct resource *parent = find(c, m->target), *made;
    char path[PATH_MAX_LEN];
    const char *name;
    json_t *attributes;

    if (parent == NULL)
        return RSC_NOT_FOUND;
    if (type_index(type) == HF_COUNT(types) || !may_have(parent->type, type))
        return RSC_NOT_ALLOWED;
    if (parent->type != TY_BASE && strcmp(parent->creator, from) != 0)
        return RSC_NO_PRIVILEGE;
    attributes = body_attributes(m, type);
    if (attributes == NULL)
        return RSC_BAD_REQUEST;
    name = json_string_value(json_object_get(attributes, "rn"));
    if ((name == NULL ? snprintf(path, sizeof path, "%s/%s_%u", parent->path,
                                 types[type_index(type)].prefix, c->serial)
                      : snprintf(path, sizeof path, "%s/%s", parent->path, name))
            >= (int)sizeof path
        || (name != NULL && strchr(name, '/') != NULL) || find_exact(c, path) != NULL) {
        json_decref(attributes);
        return RSC_CONFLICT;
    }
    if (type == TY_INSTANCE)
        finish_instance(attributes);
    if (type == TY_AE)
        json_object_set_new(attributes, "aei", json_string(from));
    json_object_set(attributes, "pi", json_object_get(parent->attributes, "ri"));
    made = add(c, type, path, from, attributes);
    if (made == NULL)
        return RSC_LIMIT;
    snprintf(out->location, sizeof out->location, "/%s", made->path);
    return describe(made, out, RSC_CREATED);
}

static unsigned update(struct cse *c, const struct hf_http_message *m, const char *from,
                       struct cse_answer *out)
{
    struct resource *r = find(c, m->target);
    json_t *attributes;

    if (r == NULL)
        return RSC_NOT_FOUND;
    if (r->type == TY_BASE || r->type == TY_INSTANCE)
        return RSC_NOT_ALLOWED;
    if (strcmp(r->creator, from) != 0)
        return RSC_NO_PRIVILEGE;
    attributes = body_attributes(m, r->type);
    if (attributes == NULL)
        return RSC_BAD_REQUEST;
    json_object_del(attributes, "ri");
    json_object_del(attributes, "rn");
    json_object_del(attributes, "pi");
    json_object_del(attributes, "ty");
    json_object_update(r->attributes, attributes);
    json_decref(attributes);
    return describe(r, out, RSC_UPDATED);
}

static unsigned erase(struct cse *c, const struct hf_http_message *m, const char *from)
{
    struct resource *r = find(c, m->target);
    char path[PATH_MAX_LEN];
    size_t kept = 0;

    if (r == NULL)
        return RSC_NOT_FOUND;
    if (r->type == TY_BASE)
        return RSC_NOT_ALLOWED;
    if (strcmp(r->creator, from) != 0)
        return RSC_NO_PRIVILEGE;
    snprintf(path, sizeof path, "%s", r->path);
    for (size_t i = 0; i < c->count; i++) {
        struct resource *each = c->resources[i];

        if (strcmp(each->path, path) == 0 || is_below(each->path, path))
            resource_free(each);
        else
            c->resources[kept++] = each;
    }
    c->count = kept;
    return RSC_DELETED;
}

static unsigned retrieve(struct cse *c, const struct hf_http_message *m, struct cse_answer *out)
{
    const struct resource *r = find(c, m->target);

    return r == NULL ? RSC_NOT_FOUND : describe(r, out, RSC_OK);
}

void cse_handle(struct cse *c, const struct hf_http_message *m, struct cse_answer *out)
{
    char from[ID_MAX_LEN];

    *out = (struct cse_answer){.rsc = RSC_NOT_ALLOWED};
    snprintf(from, sizeof from, "%.*s", HF_PRINT(hf_http_header(m, "X-M2M-Origin")));
    if (from[0] == '\0')
        out->rsc = RSC_BAD_REQUEST;
    else if (hf_bytes_equal_text(m->method, "POST"))
        out->rsc = create(c, m, from, out);
    else if (hf_bytes_equal_text(m->method, "GET"))
        out->rsc = retrieve(c, m, out);
    else if (hf_bytes_equal_text(m->method, "PUT"))
        out->rsc = update(c, m, from, out);
    else if (hf_bytes_equal_text(m->method, "DELETE"))
        out->rsc = erase(c, m, from);
    for (size_t i = 0; i < HF_COUNT(statuses); i++)
        if (statuses[i].rsc == out->rsc)
            out->status = statuses[i].status;
}

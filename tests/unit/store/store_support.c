#include "store_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto/random.h"
#include "secure_environment/soft/sealed_file.h"

static struct hf_secret secret_of(const char *text)
{
    struct hf_secret s = {0};

    if (text != NULL)
        assert_ok(hf_secret_set(&s, hf_text(text)));
    return s;
}

struct hf_change node_change(const char *node_id, const struct hf_bytes *entities, size_t count)
{
    return (struct hf_change){
        .kind = HF_PUT_NODE,
        .node = {
                 .authority = HF_LITERAL(MAF),
                 .node_id = hf_text(node_id),
                 .entities = {entities, count},
                 .has_cse = count > 0,
                 .lifetime_s = 86400,
                 .created_s = NOW_S,
                 .state = HF_RECORD_LIVE,
                 }
    };
}

struct hf_change credential_change(const char *credential_id, const char *node_id, const char *key)
{
    return (struct hf_change){
        .kind = HF_PUT_CREDENTIAL,
        .credential = {
                       .authority = HF_LITERAL(MAF),
                       .credential_id = hf_text(credential_id),
                       .node_id = hf_text(node_id),
                       .key = secret_of(key),
                       .suid = 11,
                       .expires_s = HF_NEVER,
                       .require_pfs = true,
                       .issuer_key_id = HF_LITERAL("KE@mef.example"),
                       .state = HF_RECORD_LIVE,
                       }
    };
}

struct hf_change registration_change(const char *ri, const char *client, const char *credential_id)
{
    static const struct hf_bytes labels[] = {FIXED("one"), FIXED("two")};

    return (struct hf_change){
        .kind = HF_PUT_REGISTRATION,
        .registration = {
                         .authority = HF_LITERAL(MAF),
                         .ri = hf_text(ri),
                         .client = hf_text(client),
                         .admin_fqdn = HF_LITERAL("sp.example"),
                         .credential_id = hf_text(credential_id),
                         .assigned_key_id = HF_LITERAL("KM@maf.example"),
                         .labels = {labels, 2},
                         .created_s = NOW_S,
                         .modified_s = NOW_S + 1,
                         .expires_s = NOW_S + 1000,
                         .state = HF_RECORD_LIVE,
                         }
    };
}

struct hf_change key_change(const char *relative_id, const char *ri, const char *node_id,
                            const char *key)
{
    static const struct hf_bytes targets[] = {FIXED("//sp.example/in-cse")};

    return (struct hf_change){
        .kind = HF_PUT_KEY,
        .key = {
                .authority = HF_LITERAL(MAF),
                .relative_id = hf_text(relative_id),
                .source = HF_LITERAL("//sp.example/C1"),
                .registration = hf_text(ri),
                .node_id = hf_text(node_id),
                .admin_fqdn = HF_LITERAL("sp.example"),
                .targets = {targets, 1},
                .key = secret_of(key),
                .is_exported = true,
                .suid = 32,
                .created_s = NOW_S,
                .modified_s = NOW_S,
                .expires_s = NOW_S + 500,
                .state = HF_RECORD_LIVE,
                }
    };
}

struct hf_change as(struct hf_change c, enum hf_change_kind kind)
{
    c.kind = kind;
    return c;
}

static void count_done(struct hf_commit *c)
{
    ++*(int *)c->context;
}

hf_status commit_set(const struct hf_store *s, const struct hf_change *changes, size_t count,
                     uint64_t time_s)
{
    int done = 0;
    struct hf_commit c = {
        .changes = changes,
        .count = count,
        .audit = {.act = "test.act",
                  .authority = HF_LITERAL(MAF),
                  .who = HF_LITERAL("operator"),
                  .what = HF_LITERAL("record"),
                  .time_s = time_s},
        .done = count_done,
        .context = &done
    };

    hf_store_commit(s, &c);
    assert_int_equal(done, 1);
    return c.st;
}

hf_status commit_one(const struct hf_store *s, struct hf_change change)
{
    return commit_set(s, &change, 1, NOW_S);
}

hf_status commit_unaudited(const struct hf_store *s, struct hf_change change)
{
    int done = 0;
    struct hf_commit c = {.changes = &change, .count = 1, .done = count_done, .context = &done};

    hf_store_commit(s, &c);
    assert_int_equal(done, 1);
    return c.st;
}

static void note_found(struct hf_lookup *l)
{
    ++*(int *)l->context;
}

static struct hf_lookup ask(const struct hf_store *s, struct hf_lookup l)
{
    int done = 0;

    l.done = note_found;
    l.context = &done;
    l.authority = HF_LITERAL(MAF);
    hf_store_find(s, &l);
    assert_int_equal(done, 1);
    return l;
}

struct hf_lookup look_up(const struct hf_store *s, struct hf_arena *a, enum hf_lookup_kind kind,
                         const char *id)
{
    return ask(s, (struct hf_lookup){.kind = kind, .id = hf_text(id), .arena = a});
}

struct hf_lookup look_up_bytes(const struct hf_store *s, struct hf_arena *a,
                               enum hf_lookup_kind kind, struct hf_bytes id)
{
    return ask(s, (struct hf_lookup){.kind = kind, .id = id, .arena = a});
}

struct hf_lookup look_up_registration(const struct hf_store *s, struct hf_arena *a,
                                      const char *client)
{
    return ask(s, (struct hf_lookup){.kind = HF_FIND_REGISTRATION_OF_CLIENT,
                                     .id = hf_text(client),
                                     .admin_fqdn = HF_LITERAL("sp.example"),
                                     .arena = a});
}

static char folder[] = "/tmp/handfast-test-XXXXXX";
static pid_t owner;

static void remove_folder(void)
{
    char command[sizeof folder + 16];

    if (owner != getpid())
        return; /* a forked child leaves it alone */
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        fprintf(stderr, "cannot remove %s\n", folder);
}

const char *path_in_folder(const char *name)
{
    static char path[4][256];
    static unsigned turn;

    if (owner == 0) {
        assert_non_null(mkdtemp(folder));
        owner = getpid();
        atexit(remove_folder);
    }
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

void remove_in_folder(const char *name)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    char path[300];

    for (size_t i = 0; i < HF_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", path_in_folder(name), ends[i]);
        unlink(path);
    }
}

static hf_status fill(void *self, uint8_t *out, size_t len)
{
    (void)self;
    return hf_random_fill(out, len);
}

struct hf_random system_random(void)
{
    return (struct hf_random){.fill = fill};
}

static const struct hf_secure_environment *make(const char *name, struct hf_sealed_file **file,
                                                struct hf_secure_environment *se)
{
    struct hf_secret passphrase = secret_of("correct horse");
    struct hf_random random = system_random();

    if (*file == NULL) {
        assert_ok(hf_sealed_file_create(path_in_folder(name), &passphrase, &random));
        assert_ok(hf_sealed_file_open(path_in_folder(name), &passphrase, &random, file));
        *se = hf_sealed_file_environment(*file);
    }
    return se;
}

static struct hf_sealed_file *files[2];

__attribute__((destructor)) static void close_files(void)
{
    hf_sealed_file_close(files[0]);
    hf_sealed_file_close(files[1]);
}

const struct hf_secure_environment *environment(void)
{
    static struct hf_secure_environment se;

    return make("one.sealed", &files[0], &se);
}

const struct hf_secure_environment *other_environment(void)
{
    static struct hf_secure_environment se;

    return make("two.sealed", &files[1], &se);
}

/* clang-format off */
/*
 * Fills a store for the benchmark, through the store's own interface.
 *
 *   populate CONFIG maf            64 nodes b0..b63 at the MAF, each with Km and a client registration
 *   populate CONFIG keys N         N registered Kc of those nodes, for the IN-CSE; prints their IDs
 *   populate CONFIG nodes N        N nodes with a pre-shared key at the MEF
 *   populate CONFIG find N NODES   N random look-ups among the NODES of `nodes`; prints ns for one
 *   populate CONFIG register ID CREDENTIAL   a client registration at the MEF
 */
/* clang-format on */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/identity/key_id.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "daemon/config.h"
#include "daemon/system_ports.h"
#include "secure_environment/soft/sealed_file.h"
#include "store/sqlite/sqlite_store.h"

#include "keys.h"

enum { BATCH = 1000, ARENA_MAX = 64 << 20, YEAR_S = 365 * 86400, TEXT_MAX = 300 };

static struct hf_config config;
static struct hf_sqlite_store *store;
static struct hf_arena arena;
static struct hf_change changes[BATCH][3];
static struct hf_commit commits[BATCH];
static size_t waiting;
static uint64_t now_s;

static void must(hf_status st, const char *what)
{
    if (st == HF_OK)
        return;
    fprintf(stderr, "populate: %s: %s\n", what, hf_status_sentence(st));
    exit(1);
}

static void say(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "%s\n", line);
}

__attribute__((format(printf, 1, 2))) static struct hf_bytes text(const char *format, ...)
{
    char room[TEXT_MAX];
    struct hf_bytes out;
    va_list values;
    int len;

    va_start(values, format);
    len = vsnprintf(room, sizeof room, format, values);
    va_end(values);
    must(hf_arena_copy(&arena, hf_bytes_of(room, (size_t)len), &out), "memory");
    return out;
}

static struct hf_list list_of(struct hf_bytes a, struct hf_bytes b)
{
    struct hf_bytes *items = hf_arena_take(&arena, 2, sizeof *items);

    if (items == NULL)
        must(HF_ERR_LIMIT, "memory");
    items[0] = a;
    items[1] = b;
    return (struct hf_list){items, b.len > 0 ? 2 : 1};
}

static void flush(void)
{
    if (waiting > 0)
        must(hf_sqlite_store_commit_all(store, commits, waiting), "commit");
    for (size_t i = 0; i < waiting; i++)
        must(commits[i].st, "commit");
    memset(commits, 0, sizeof commits);
    memset(changes, 0, sizeof changes);
    waiting = 0;
    hf_arena_done(&arena);
}

static struct hf_change *begin(size_t count, struct hf_bytes authority, struct hf_bytes what)
{
    struct hf_commit *c = &commits[waiting];

    c->changes = changes[waiting];
    c->count = count;
    c->audit = (struct hf_audit_event){"bench.populated", authority, HF_LITERAL("operator"), what,
                                       HF_LITERAL(""),    now_s};
    return changes[waiting++];
}

static void put_node(struct hf_change *c, struct hf_bytes authority, struct hf_bytes id)
{
    c->kind = HF_PUT_NODE;
    c->node = (struct hf_node_record){
        .authority = authority,
        .node_id = id,
        .entities = list_of(text("//sp.example/%.*s", HF_PRINT(id)), (struct hf_bytes){NULL, 0}),
        .has_cse = true,
        .lifetime_s = YEAR_S,
        .created_s = now_s,
        .state = HF_RECORD_LIVE};
}

static void put_credential(struct hf_change *c, struct hf_bytes authority, struct hf_bytes node,
                           struct hf_bytes id, unsigned suid)
{
    c->kind = HF_PUT_CREDENTIAL;
    c->credential = (struct hf_credential_record){.authority = authority,
                                                  .credential_id = id,
                                                  .node_id = node,
                                                  .suid = suid,
                                                  .expires_s = now_s + YEAR_S,
                                                  .state = HF_RECORD_LIVE};
}

static void put_registration(struct hf_change *c, struct hf_bytes authority, struct hf_bytes client,
                             struct hf_bytes credential)
{
    uint8_t ri[16];

    must(hf_random_fill(ri, sizeof ri), "random");
    c->kind = HF_PUT_REGISTRATION;
    c->registration = (struct hf_registration_record){.authority = authority,
                                                      .client = client,
                                                      .admin_fqdn = hf_text(config.provider),
                                                      .credential_id = credential,
                                                      .created_s = now_s,
                                                      .modified_s = now_s,
                                                      .expires_s = now_s + YEAR_S,
                                                      .state = HF_RECORD_LIVE};
    must(hf_relative_id_of(ri, &arena, &c->registration.ri), "memory");
}

static void populate_maf(void)
{
    struct hf_bytes maf = hf_text(config.maf.f.fqdn);

    for (unsigned i = 0; i < BENCH_NODES; i++) {
        struct hf_bytes node = text("b%u", i);
        struct hf_bytes credential = text("11-b%u@%.*s", i, HF_PRINT(maf));
        struct hf_change *c = begin(3, maf, node);

        put_node(&c[0], maf, node);
        put_credential(&c[1], maf, node, credential, HF_SUID_RSPF_MAF);
        bench_key(i, hf_secret_room(&c[1].credential.key, BENCH_KEY_LEN));
        put_registration(&c[2], maf, text("//sp.example/b%u", i), credential);
    }
    flush();
}

static struct hf_bytes key_id(unsigned long n)
{
    char name[32];
    uint8_t hash[32];
    struct hf_bytes id;

    snprintf(name, sizeof name, "key %lu", n);
    must(hf_sha256(hf_text(name), hash), "hash");
    must(hf_relative_id_of(hash, &arena, &id), "memory");
    return id;
}

static void on_found(struct hf_lookup *l)
{
    must(l->st, "find");
}

/* The client registrations of `populate maf`, which keys hang on. */
static void find_registrations(char out[BENCH_NODES][TEXT_MAX])
{
    struct hf_store handle;

    must(hf_sqlite_store_handle(store, NULL, NULL, &handle), "handle");
    for (unsigned i = 0; i < BENCH_NODES; i++) {
        struct hf_lookup l = {.kind = HF_FIND_REGISTRATION_OF_CLIENT,
                              .authority = hf_text(config.maf.f.fqdn),
                              .admin_fqdn = hf_text(config.provider),
                              .arena = &arena,
                              .done = on_found};

        l.id = text("//sp.example/b%u", i);
        hf_store_find(&handle, &l);
        snprintf(out[i], TEXT_MAX, "%.*s", HF_PRINT(l.registration.ri));
    }
    hf_sqlite_store_release(&handle);
}

static void populate_keys(unsigned long count)
{
    static char registrations[BENCH_NODES][TEXT_MAX];
    struct hf_bytes maf = hf_text(config.maf.f.fqdn);

    find_registrations(registrations);
    for (unsigned long n = 0; n < count; n++) {
        struct hf_bytes id = key_id(n);
        struct hf_change *c = begin(1, maf, id);

        printf("%.*s\n", HF_PRINT(id));
        c->kind = HF_PUT_KEY;
        c->key = (struct hf_key_record){
            .authority = maf,
            .relative_id = id,
            .source = text("//sp.example/b%lu", n % BENCH_NODES),
            .node_id = text("b%lu", n % BENCH_NODES),
            .registration = hf_text(registrations[n % BENCH_NODES]),
            .admin_fqdn = hf_text(config.provider),
            .targets = list_of(hf_text(config.in_cse), (struct hf_bytes){NULL, 0}),
            .is_exported = true,
            .suid = HF_SUID_MAF_SAEF,
            .created_s = now_s,
            .modified_s = now_s,
            .expires_s = now_s + 86400,
            .state = HF_RECORD_LIVE};
        must(hf_random_fill(hf_secret_room(&c->key.key, BENCH_KEY_LEN), BENCH_KEY_LEN), "random");
        if (waiting == BATCH)
            flush();
    }
    flush();
}

static void populate_nodes(unsigned long count)
{
    struct hf_bytes mef = hf_text(config.mef.f.fqdn);

    for (unsigned long n = 0; n < count; n++) {
        struct hf_bytes node = text("n%lu", n);
        struct hf_change *c = begin(2, mef, node);

        put_node(&c[0], mef, node);
        put_credential(&c[1], mef, node, text("10-n%lu@%.*s", n, HF_PRINT(mef)),
                       HF_SUID_PRESHARED_MEF);
        must(hf_random_fill(hf_secret_room(&c[1].credential.key, BENCH_KEY_LEN), BENCH_KEY_LEN),
             "random");
        if (waiting == BATCH)
            flush();
    }
    flush();
}

static void register_client(const char *entity, const char *credential)
{
    struct hf_bytes mef = hf_text(config.mef.f.fqdn);

    put_registration(begin(1, mef, hf_text(entity)), mef, hf_text(entity), hf_text(credential));
    flush();
}

static double thread_cpu_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void find(unsigned long count, unsigned long nodes)
{
    struct hf_store handle;
    uint64_t state = 88172645463325252u;
    double began;

    must(hf_sqlite_store_handle(store, NULL, NULL, &handle), "handle");
    for (int round = 0; round < 2; round++) { /* the first warms the page cache */
        began = thread_cpu_s();
        for (unsigned long i = 0; i < count; i++) {
            struct hf_lookup l = {.kind = HF_FIND_CREDENTIAL, .done = on_found, .arena = &arena};

            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            l.authority = hf_text(config.mef.f.fqdn);
            l.id = text("10-n%lu@%s", (unsigned long)(state % nodes), config.mef.f.fqdn);
            hf_store_find(&handle, &l);
            hf_arena_done(&arena);
        }
    }
    printf("%.1f\n", (thread_cpu_s() - began) * 1e9 / (double)count);
    hf_sqlite_store_release(&handle);
}

static void open_store(const char *path, struct hf_arena *config_arena)
{
    struct hf_random random = hf_system_random();
    static struct hf_secure_environment environment; /* the store keeps a pointer to it */
    struct hf_sealed_file *sealed;
    struct hf_secret passphrase = {0};
    char database[4096];

    must(hf_config_read(path, config_arena, &config, say, NULL), "configuration");
    must(hf_passphrase_read(config.passphrase_file, &passphrase), "passphrase");
    must(hf_sealed_file_open(config.sealed_file, &passphrase, &random, &sealed), "sealed file");
    environment = hf_sealed_file_environment(sealed);
    snprintf(database, sizeof database, "%s/handfast.db", config.state);
    must(hf_sqlite_store_open(database, &environment, false, &store), "store");
}

int main(int argc, char **argv)
{
    struct hf_arena config_arena;
    unsigned long n = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;

    if (argc < 3)
        return 2;
    now_s = (uint64_t)time(NULL);
    hf_arena_init(&config_arena, 1 << 20);
    hf_arena_init(&arena, ARENA_MAX);
    open_store(argv[1], &config_arena);
    if (strcmp(argv[2], "maf") == 0)
        populate_maf();
    else if (strcmp(argv[2], "keys") == 0)
        populate_keys(n);
    else if (strcmp(argv[2], "nodes") == 0)
        populate_nodes(n);
    else if (strcmp(argv[2], "find") == 0 && argc > 4)
        find(n, strtoul(argv[4], NULL, 10));
    else if (strcmp(argv[2], "register") == 0 && argc > 4)
        register_client(argv[3], argv[4]);
    else
        return 2;
    hf_sqlite_store_close(store);
    hf_arena_done(&config_arena);
    return 0;
}

#include <handfast/session.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "library/device_state.h"
#include "support/hf_test.h"
#include "unit/library/server.h"

#define AE     "//sp.example/asn-1/Ca"
#define TARGET "//sp.example/in-cse"

enum { TURNS_MAX = 20000, PATH_ROOM = 128, KEY_LEN = 32, DAY = 86400 };

struct bed {
    char folder[PATH_ROOM], sealed[PATH_ROOM], passphrase[PATH_ROOM];
    struct hf_device *device;
    struct server server;
    struct hf_secret kc;
};

static void write_secret(const char *path, const char *text, mode_t mode)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
}

static struct hf_device_options options_of(const struct bed *b)
{
    return (struct hf_device_options){.provider = "sp.example",
                                      .mef_fqdn = "mef.sp.example",
                                      .sealed_file = b->sealed,
                                      .passphrase_file = b->passphrase};
}

/* A device that has an association with a target in this process. */
static void open_bed(struct bed *b, uint64_t lifetime_s)
{
    struct hf_device_options o;
    struct hf_association c = {.ae = HF_LITERAL(AE),
                               .target = HF_LITERAL(TARGET),
                               .secure_connection_id = HF_LITERAL("00FF@maf.sp.example"),
                               .suid = 32,
                               .suite = HF_LITERAL("TLS1.2"),
                               .server_name = HF_LITERAL("in-cse.sp.example"),
                               .address = HF_LITERAL("127.0.0.1")};

    memset(b, 0, sizeof *b);
    strcpy(b->folder, "/tmp/handfast-session-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    snprintf(b->sealed, sizeof b->sealed, "%.100s/sealed", b->folder);
    snprintf(b->passphrase, sizeof b->passphrase, "%.100s/pass", b->folder);
    write_secret(b->passphrase, "correct horse\n", 0600);
    o = options_of(b);
    assert_ok(hf_device_open(&o, &b->device, NULL));
    memset(hf_secret_room(&b->kc, KEY_LEN), 0x5A, KEY_LEN);
    server_open(&b->server, "in-cse.sp.example", &b->kc);
    c.port = b->server.port;
    c.expires_s = hf_unix_time_s(&b->device->ports.clock) + lifetime_s;
    assert_ok(hf_node_save_association(&b->device->ports, &c, &b->device->arena, &b->kc));
}

static void close_bed(struct bed *b)
{
    server_close(&b->server);
    hf_device_close(b->device);
    unlink(b->sealed);
    unlink(b->passphrase);
    rmdir(b->folder);
}

static enum hf_progress run(struct bed *b, struct hf_session *s)
{
    enum hf_progress p = HF_WORKING;

    for (int turn = 0; p == HF_WORKING && turn < TURNS_MAX; turn++) {
        server_step(&b->server);
        p = hf_session_step(s);
    }
    return p;
}

static const struct hf_session_request get = {.method = "GET", .uri = "/~/in-cse/-"};

HF_TEST(a_request_goes_over_the_association_and_its_answer_comes_back)
{
    struct bed b;
    struct hf_session *s = NULL;
    struct hf_session_response r;

    open_bed(&b, DAY);
    b.server.answer = "HTTP/1.1 200 \r\nX-M2M-RSC: 2000\r\nContent-Type: application/json\r\n"
                      "Content-Length: 2\r\n\r\n{}";
    assert_ok(hf_session_start(b.device, AE, TARGET, &s));
    assert_ok(hf_session_request(s, &get));
    assert_status(hf_session_request(s, &get), HF_ERR_UNEXPECTED); /* one at a time */
    assert_int_equal(run(&b, s), HF_DONE);
    assert_ok(hf_session_response(s, &r));
    assert_int_equal(r.status, 200);
    assert_string_equal(r.rsc, "2000");
    assert_string_equal(r.content_type, "application/json");
    assert_memory_equal(r.body, "{}", 2);
    assert_string_equal(b.server.identity, "00FF@maf.sp.example");
    assert_non_null(strstr(b.server.heard, "Host: in-cse.sp.example\r\n"));
    assert_non_null(strstr(b.server.heard, "X-M2M-Origin: " AE "\r\n"));
    assert_non_null(strstr(hf_session_suite(s), "TLS1.2"));
    /* And once more on the same session. */
    assert_ok(hf_session_request(s, &get));
    assert_int_equal(run(&b, s), HF_DONE);
    assert_ok(hf_session_response(s, &r));
    hf_session_free(s);
    close_bed(&b);
}

HF_TEST(a_session_needs_an_association_that_is_in_force)
{
    struct bed b;
    struct hf_session *s = NULL;
    struct hf_device_association a;

    open_bed(&b, 0);
    assert_status(hf_session_start(b.device, AE, TARGET, &s), HF_ERR_EXPIRED);
    assert_status(hf_session_start(b.device, AE, "//sp.example/other", &s), HF_ERR_UNKNOWN);
    assert_status(hf_session_start(b.device, "Ca", TARGET, &s), HF_ERR_MALFORMED);
    assert_null(s);
    assert_status(hf_device_association(b.device, AE, TARGET, &a), HF_ERR_EXPIRED);
    assert_string_equal(a.secure_connection_id, "00FF@maf.sp.example");
    close_bed(&b);
}

static void assert_failed(struct bed *b, hf_status st, const char *why)
{
    struct hf_session *s = NULL;

    assert_ok(hf_session_start(b->device, AE, TARGET, &s));
    assert_ok(hf_session_request(s, &get));
    assert_int_equal(run(b, s), HF_FAILED);
    assert_status(hf_session_report(s)->status, st);
    if (strstr(hf_session_report(s)->sentence, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", hf_session_report(s)->sentence, why);
    assert_int_equal(hf_session_fd(s), -1);
    assert_int_equal(hf_session_step(s), HF_FAILED);
    hf_session_free(s);
}

/* Threat row DEV-7. */
HF_TEST(a_hostile_target_is_cut_off)
{
    struct bed b;

    open_bed(&b, DAY);
    b.server.answer = "HTTP/1.1 200 \r\nContent-Length: 1000000\r\n\r\n";
    b.server.junk = 2 * HF_RESPONSE_MAX;
    assert_failed(&b, HF_ERR_LIMIT, "");
    close_bed(&b);

    open_bed(&b, DAY);
    b.server.answer = "SSH-2.0-surprise\r\n\r\n";
    assert_failed(&b, HF_ERR_MALFORMED, "no HTTP");
    close_bed(&b);

    open_bed(&b, DAY);
    b.server.leaves = true;
    assert_failed(&b, HF_ERR_UNREACHABLE, "");
    close_bed(&b);
}

HF_TEST(a_target_with_another_key_or_name_is_not_talked_to)
{
    struct bed b;

    open_bed(&b, DAY);
    memset(hf_secret_room(&b.server.psk, KEY_LEN), 0xA5, KEY_LEN);
    assert_failed(&b, HF_ERR_DENIED, "");
    assert_int_equal(b.server.heard_len, 0);
    close_bed(&b);
}

HF_TEST(secrets_that_others_may_read_are_refused)
{
    struct bed b;
    struct hf_device_options o;
    struct hf_device *d = NULL;
    struct hf_report why;

    open_bed(&b, DAY);
    o = options_of(&b);
    assert_int_equal(chmod(b.passphrase, 0644), 0);
    assert_int_not_equal(hf_device_open(&o, &d, &why), HF_OK);
    assert_non_null(strstr(why.sentence, "passphrase"));
    assert_non_null(why.what_to_do);
    write_secret(b.passphrase, "another one\n", 0600);
    assert_status(hf_device_open(&o, &d, &why), HF_ERR_CRYPTO);
    assert_null(d);
    close_bed(&b);
}

HF_TEST(forgetting_leaves_nothing_behind)
{
    struct bed b;
    struct hf_device_association a;
    struct hf_device_enrolment e;

    open_bed(&b, DAY);
    assert_ok(hf_device_association(b.device, AE, TARGET, &a));
    assert_ok(hf_device_forget(b.device));
    assert_status(hf_device_association(b.device, AE, TARGET, &a), HF_ERR_UNKNOWN);
    assert_status(hf_device_enrolment(b.device, &e), HF_ERR_UNKNOWN);
    close_bed(&b);
}

/* Style page, a test: the nth allocation fails, for every n. */
HF_TEST(a_device_without_memory_opens_nothing_and_loses_nothing)
{
    struct bed b;
    bool was_refused = true;

    open_bed(&b, DAY);
    hf_device_close(b.device);
    b.device = NULL;
    for (size_t n = 1; was_refused && n < 100; n++) {
        struct hf_device_options o = options_of(&b);
        struct hf_session *s = NULL;
        struct hf_task *t = NULL;

        hf_memory_fail_at(n);
        was_refused = hf_device_open(&o, &b.device, NULL) != HF_OK
                      || hf_session_start(b.device, AE, TARGET, &s) != HF_OK
                      || hf_session_request(s, &get) != HF_OK
                      || hf_bootstrap_start(b.device, false, &t) != HF_OK;
        hf_memory_fail_at(0);
        hf_task_free(t);
        hf_session_free(s);
        hf_device_close(b.device);
        b.device = NULL;
    }
    assert_false(was_refused);
    close_bed(&b);
}

#include "daemon/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/hf_test.h"

#define GOOD                                                                                       \
    "provider: sp.example\nin_cse: //sp.example/in-cse\nsecure_environment:\n"                     \
    "  sealed_file: root.sealed\n"
#define GATEWAY                                                                                    \
    "gateway:\n  cse: //sp.example/in-cse\n  psk_port: 8447\n  certificate: c.pem\n"               \
    "  private_key: c.key\n  infrastructure_anchors: ca.pem\n  maf:\n    fqdn: maf.sp.example\n"   \
    "    address: 127.0.0.1\n    port: 8445\n  upstream:\n    port: 8080\n"

static char said[2000];

static void say(void *context, const char *line)
{
    (void)context;
    snprintf(said + strlen(said), sizeof said - strlen(said), "%s\n", line);
}

static hf_status read_text(const char *text, struct hf_config *out, struct hf_arena *a)
{
    char path[] = "/tmp/handfast-config-XXXXXX";
    int fd = mkstemp(path);
    hf_status st;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    said[0] = '\0';
    hf_arena_init(a, 1 << 20);
    st = hf_config_read(path, a, out, say, NULL);
    unlink(path);
    return st;
}

HF_TEST(a_gateway_alone_is_a_configuration)
{
    struct hf_config c;
    struct hf_arena a;

    assert_ok(read_text(GOOD GATEWAY, &c, &a));
    assert_true(c.gateway.enabled);
    assert_false(c.mef.f.enabled);
    assert_int_equal(c.workers, 1);
    assert_int_equal(c.gateway.key_cache_s, 50);
    assert_string_equal(c.gateway.upstream_address, "127.0.0.1");
    assert_string_equal(c.sealed_file, "/tmp/root.sealed");
    hf_arena_done(&a);
}

static void assert_refused(const char *text, const char *place, const char *word)
{
    struct hf_config c;
    struct hf_arena a;

    assert_status(read_text(text, &c, &a), HF_ERR_MALFORMED);
    if (strstr(said, place) == NULL || strstr(said, word) == NULL) {
        print_error("said: %s", said);
        fail();
    }
    hf_arena_done(&a);
}

HF_TEST(t_inp_9_an_unknown_option_is_an_error_with_its_place)
{
    assert_refused(GOOD GATEWAY "  kye_cache: 30s\n", ":17:3:", "kye_cache");
}

HF_TEST(faults_of_the_whole_have_a_place_too)
{
    assert_refused(GOOD, ":", "no role");
    assert_refused("provider: sp.example\nin_cse: //other.example/in-cse\n"
                   "secure_environment:\n  sealed_file: x\n" GATEWAY,
                   ":2:", "no CSE-ID of this provider");
    assert_refused(GOOD "log_level: loud\n" GATEWAY, ":5:", "no level");
    /* G5: with five seconds between two questions, a revocation is noticed within a minute. */
    assert_refused(GOOD GATEWAY "  key_cache: 56s\n", ":17:", "key_cache");
}

HF_TEST(what_is_missing_is_named)
{
    assert_refused(GOOD "gateway:\n  cse: //sp.example/in-cse\n", ":", "psk_port");
}

#include "cli/operator_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/hf_test.h"

#define KPM "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"

static struct hf_arena arena;
static struct hf_import_fields fields;
static struct hf_import_record record;
static char fault[HF_IMPORT_FAULT_MAX];

static struct hf_import_rules rules(void)
{
    return (struct hf_import_rules){.authority = HF_LITERAL("mef.sp.example"),
                                    .provider = HF_LITERAL("sp.example"),
                                    .now_s = 1900000000,
                                    .file_is_private = true,
                                    .folder = "."};
}

static void begin(void)
{
    hf_arena_done(&arena);
    hf_arena_init(&arena, 1 << 20);
    fault[0] = '\0';
}

static hf_status judge_json(const char *line)
{
    struct hf_import_rules r = rules();
    hf_status st;

    begin();
    st = hf_import_read_json(hf_text(line), &arena, &fields, fault);
    return st == HF_OK ? hf_import_judge(&r, &fields, &arena, &record, fault) : st;
}

static hf_status judge_csv(const char *header, const char *line)
{
    struct hf_import_columns columns;
    struct hf_import_rules r = rules();
    hf_status st;

    begin();
    st = hf_import_read_header(hf_text(header), &arena, &columns, fault);
    if (st == HF_OK)
        st = hf_import_read_csv(hf_text(line), &columns, &arena, &fields, fault);
    return st == HF_OK ? hf_import_judge(&r, &fields, &arena, &record, fault) : st;
}

HF_TEST(a_certificate_line_becomes_a_node_and_a_credential)
{
    assert_ok(judge_json("{\"credential\":\"device:0.2.481.1.100.3030.10011\","
                         "\"node_id\":\"urn:dev:1\",\"cse_id\":\"//SP.example/asn-1\","
                         "\"ae_ids\":[\"//sp.example/asn-1/Csensor\",\"//sp.example/Smeter\"],"
                         "\"lifetime\":\"30d\",\"require_pfs\":true}"));
    assert_bytes_text(record.credential.credential_id, "31-0.2.481.1.100.3030.10011");
    assert_bytes_text(record.credential.authority, "mef.sp.example");
    assert_int_equal(record.credential.suid, HF_SUID_CERTIFICATE_MEF);
    assert_true(record.credential.require_pfs);
    assert_true(record.credential.expires_s == HF_NEVER);
    assert_true(hf_secret_is_empty(&record.credential.key));
    assert_bytes_text(record.node.node_id, "urn:dev:1");
    assert_true(record.node.has_cse);
    assert_int_equal(record.node.entities.count, 3);
    assert_bytes_text(record.node.entities.at[0], "//sp.example/asn-1");
    assert_int_equal(record.node.lifetime_s, 30 * 86400);
}

HF_TEST(a_psk_line_carries_its_key)
{
    assert_ok(judge_json("{\"kpm_id\":\"kpm1@MEF.sp.example\",\"kpm\":\"" KPM "\","
                         "\"node_id\":\"n\",\"cse_id\":\"//sp.example/asn-1\","
                         "\"expires\":\"20400101T000000\",\"lifetime\":3600}"));
    assert_bytes_text(record.credential.credential_id, "10-kpm1@mef.sp.example");
    assert_int_equal(record.credential.suid, HF_SUID_PRESHARED_MEF);
    assert_secret_hex(&record.credential.key, KPM);
    assert_int_equal(record.credential.expires_s, 2208988800);
    assert_int_equal(record.node.lifetime_s, 3600);
}

HF_TEST(csv_says_the_same_as_json)
{
    assert_ok(judge_csv("node_id,credential,kpm,ae_ids,cse_id",
                        "n,psk:kpm1@mef.sp.example," KPM
                        ",\"//sp.example/a/C1;//sp.example/a/C2\",//sp.example/a"));
    assert_bytes_text(record.credential.credential_id, "10-kpm1@mef.sp.example");
    assert_secret_hex(&record.credential.key, KPM);
    assert_int_equal(record.node.entities.count, 3);
}

HF_TEST(each_flavour_of_certificate_has_its_credential_id)
{
    assert_ok(judge_json("{\"credential\":\"node:n1\",\"node_id\":\"n1\",\"ae_ids\":"
                         "\"//sp.example/S1\"}"));
    assert_bytes_text(record.credential.credential_id, "34-n1");
    assert_ok(judge_json("{\"credential\":\"cse://sp.example/a\",\"node_id\":\"n1\","
                         "\"cse_id\":\"//sp.example/a\"}"));
    assert_bytes_text(record.credential.credential_id, "32-//sp.example/a");
    assert_ok(judge_json("{\"credential\":\"ae://sp.example/S1\",\"node_id\":\"n1\","
                         "\"ae_ids\":[\"//sp.example/S1\"]}"));
    assert_bytes_text(record.credential.credential_id, "33-//sp.example/S1");
}

/* Each line is the good one with one thing wrong. */
HF_TEST(bad_lines_are_refused_with_a_reason)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{\"node_id\":\"n\"",
        "{\"node_id\":\"n\",\"node_id\":\"m\",\"credential\":\"node:n\",\"cse_id\":\"//sp.example/"
        "a\"}",
        "{\"node_id\":\"n\",\"credential\":\"node:n\",\"cse_id\":\"//sp.example/"
        "a\",\"colour\":\"red\"}",
        "{\"node_id\":\"n\",\"credential\":\"node:n\"}",
        "{\"node_id\":\"n n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/a\"}",
        "{\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/a\"}",
        "{\"node_id\":\"n\",\"cse_id\":\"//sp.example/a\"}",
        "{\"node_id\":\"n\",\"credential\":\"node:m\",\"cse_id\":\"//sp.example/a\"}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.02.3\",\"cse_id\":\"//sp.example/a\"}",
        "{\"node_id\":\"n\",\"credential\":\"thing:1\",\"cse_id\":\"//sp.example/a\"}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//other.example/a\"}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/S1\"}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"/a\"}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"ae_ids\":"
        "[\"//sp.example/b/C1\"]}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"ae_ids\":"
        "[\"//sp.example/a/C1\",\"//sp.example/a/C1\"]}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"ae_ids\":[7]}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"lifetime\":59}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"lifetime\":-1}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"lifetime\":1.5}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"expires\":"
        "\"20200101T000000\"}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"expires\":"
        "\"99991231T235959\"}",
        "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"cse_id\":\"//sp.example/"
        "a\",\"kpm\":\"" KPM "\"}",
        "{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"cse_id\":\"//sp.example/a\"}",
        "{\"node_id\":\"n\",\"kpm_id\":\"k@maf.sp.example\",\"cse_id\":\"//sp.example/"
        "a\",\"kpm\":\"" KPM "\"}",
        "{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"cse_id\":\"//sp.example/a\",\"kpm\":"
        "\"zz\"}",
        "{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"cse_id\":\"//sp.example/"
        "a\",\"kpm\":\"" KPM "\",\"kpm_file\":\"k\"}",
        "{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"cse_id\":\"//sp.example/"
        "a\",\"kpm_file\":"
        "\"no-such-file\"}",
        "{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"credential\":\"node:n\",\"cse_id\":"
        "\"//sp.example/a\",\"kpm\":\"" KPM "\"}",
    };

    for (size_t i = 0; i < HF_COUNT(bad); i++) {
        if (judge_json(bad[i]) == HF_OK)
            fail_msg("accepted: %s", bad[i]);
        assert_true(fault[0] != '\0');
    }
}

HF_TEST(a_weak_key_is_refused_and_not_shown)
{
    assert_status(judge_json("{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"cse_id\":"
                             "\"//sp.example/a\",\"kpm\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"),
                  HF_ERR_DENIED);
    assert_null(strstr(fault, "AAAA"));
}

HF_TEST(keys_in_a_file_that_others_may_read_are_refused)
{
    struct hf_import_rules r = rules();

    r.file_is_private = false;
    begin();
    assert_ok(hf_import_read_json(
        HF_LITERAL("{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"cse_id\":"
                   "\"//sp.example/a\",\"kpm\":\"" KPM "\"}"),
        &arena, &fields, fault));
    assert_status(hf_import_judge(&r, &fields, &arena, &record, fault), HF_ERR_MALFORMED);
    assert_non_null(strstr(fault, "chmod 600"));
}

HF_TEST(a_key_file_is_read_if_it_is_private)
{
    char path[] = "/tmp/handfast-kpm-XXXXXX", line[256];
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, KPM "\n", sizeof KPM), sizeof KPM);
    snprintf(line, sizeof line,
             "{\"node_id\":\"n\",\"kpm_id\":\"k@mef.sp.example\",\"cse_id\":\"//sp.example/a\","
             "\"kpm_file\":\"%s\"}",
             path);
    assert_ok(judge_json(line));
    assert_secret_hex(&record.credential.key, KPM);
    assert_int_equal(fchmod(fd, 0644), 0);
    assert_status(judge_json(line), HF_ERR_MALFORMED);
    close(fd);
    unlink(path);
}

HF_TEST(csv_headers_and_cells_have_to_fit)
{
    assert_status(judge_csv("node_id,colour", "n,red"), HF_ERR_MALFORMED);
    assert_status(judge_csv("node_id,node_id", "n,n"), HF_ERR_MALFORMED);
    assert_status(judge_csv("node_id,credential", "n"), HF_ERR_MALFORMED);
    assert_status(judge_csv("node_id,credential", "n,device:1.2.3,x"), HF_ERR_MALFORMED);
    assert_status(judge_csv("node_id,cse_id", "\"n,//sp.example/a"), HF_ERR_MALFORMED);
    assert_status(judge_csv("node_id,cse_id", "\"n\"x,//sp.example/a"), HF_ERR_MALFORMED);
}

HF_TEST(more_than_64_entities_are_refused)
{
    char line[4096];
    size_t used = (size_t)snprintf(
        line, sizeof line, "{\"node_id\":\"n\",\"credential\":\"device:1.2.3\",\"ae_ids\":\"");

    for (unsigned i = 0; i <= HF_ENTITIES_MAX; i++)
        used += (size_t)snprintf(line + used, sizeof line - used, "//sp.example/S%u ", i);
    snprintf(line + used, sizeof line - used, "\"}");
    assert_true(judge_json(line) != HF_OK);
}

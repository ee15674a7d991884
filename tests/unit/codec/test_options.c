#include "codec/options.h"

#include <stdio.h>
#include <string.h>

#include "support/hf_test.h"

enum { ARENA_LIMIT = 65536, TALK_MAX = 2048 };

struct sample {
    const char *provider, *state, *fqdn, *address, *key_id, *entity, *far;
    bool mef, nested, quick;
    uint16_t port;
    uint32_t workers, lifetime_s;
    struct hf_option_list methods, mafs;
};

#define AT(field) offsetof(struct sample, field)

static const struct hf_option_row rows[] = {
    {"provider",     HF_OPTION_FQDN,      AT(provider),   NULL,              "FQDN of the provider.", true,  0, 0      },
    {"state",        HF_OPTION_PATH,      AT(state),      "state",           "Folder of the store.",  false, 0, 0      },
    {"workers",      HF_OPTION_NUMBER,    AT(workers),    "2",               "Worker threads.",       false, 1, 64     },
    {"quick",        HF_OPTION_BOOL,      AT(quick),      "off",             "Be quick.",             false, 0, 0      },
    {"methods",      HF_OPTION_LIST,      AT(methods),    "certificate,psk", "Methods, best first.",  false, 0,
     0                                                                                                                 },
    {"key_id",       HF_OPTION_KEY_ID,    AT(key_id),     NULL,              "Key identifier.",       false, 0, 0      },
    {"cse",          HF_OPTION_ENTITY_ID, AT(entity),     NULL,              "A CSE.",                false, 0, 0      },
    {"mef",          HF_OPTION_SECTION,   AT(mef),        NULL,              "The MEF.",              false, 0, 0      },
    {"mef.fqdn",     HF_OPTION_FQDN,      AT(fqdn),       NULL,              "Name the MEF.",         true,  0, 0      },
    {"mef.listen",   HF_OPTION_ADDRESS,   AT(address),    NULL,              "Where it listens.",     false, 0, 0      },
    {"mef.port",     HF_OPTION_PORT,      AT(port),       NULL,              "Its port.",             false, 0, 0      },
    {"mef.lifetime", HF_OPTION_SECONDS,   AT(lifetime_s), "7d",              "Lifetime.",             false, 1, 2678400},
    {"mef.mafs",     HF_OPTION_FQDN_LIST, AT(mafs),       NULL,              "MAFs.",                 false, 0, 0      },
    {"mef.maf",      HF_OPTION_SECTION,   AT(nested),     NULL,              "Its MAF.",              false, 0, 0      },
    {"mef.maf.fqdn", HF_OPTION_FQDN,      AT(far),        NULL,              "Name the MAF.",         true,  0, 0      },
};

struct reading {
    struct hf_arena arena;
    struct sample s;
    struct hf_option_place places[HF_COUNT(rows)];
    char talk[TALK_MAX];
};

static void hear(void *context, const char *line)
{
    struct reading *r = context;
    size_t used = strlen(r->talk);

    snprintf(r->talk + used, sizeof r->talk - used, "%s\n", line);
}

static hf_status read_sample(struct reading *r, const char *text)
{
    memset(r, 0, sizeof *r);
    hf_arena_init(&r->arena, ARENA_LIMIT);
    return hf_options_read_text(hf_text(text), "etc/sample.yaml", rows, HF_COUNT(rows), &r->arena,
                                &r->s, r->places, hear, r);
}

static void done(struct reading *r)
{
    hf_arena_done(&r->arena);
}

HF_TEST(every_kind_is_read_and_defaults_fill_the_rest)
{
    struct reading r;

    assert_ok(read_sample(&r, "provider: SP.Example # canonical\n"
                              "key_id: kpm1@MEF.sp.example\n"
                              "cse: //SP.example/in-cse\n"
                              "quick: on\n"
                              "mef:\n"
                              "  fqdn: mef.sp.example\n"
                              "  listen: '::1'\n"
                              "  port: 8443\n"
                              "  lifetime: 12h\n"
                              "  mafs: [maf.sp.example, MAF2.sp.example]\n"));
    assert_string_equal(r.s.provider, "sp.example");
    assert_string_equal(r.s.key_id, "kpm1@mef.sp.example");
    assert_string_equal(r.s.entity, "//sp.example/in-cse");
    assert_true(r.s.quick && r.s.mef && !r.s.nested);
    assert_string_equal(r.s.address, "::1");
    assert_int_equal(r.s.port, 8443);
    assert_int_equal(r.s.lifetime_s, 43200);
    assert_int_equal(r.s.mafs.count, 2);
    assert_string_equal(r.s.mafs.at[1], "maf2.sp.example");
    assert_int_equal(r.s.methods.count, 2);
    assert_string_equal(r.s.methods.at[0], "certificate");
    assert_int_equal(r.s.workers, 2);
    assert_string_equal(r.s.state, "etc/state");
    assert_int_equal(r.places[hf_option_row_find(rows, HF_COUNT(rows), "mef.port")].line, 8);
    assert_string_equal(r.talk, "");
    done(&r);
}

HF_TEST(a_list_in_the_file_replaces_the_default)
{
    struct reading r;

    assert_ok(read_sample(&r, "provider: sp.example\nmethods:\n  - psk\n"));
    assert_int_equal(r.s.methods.count, 1);
    assert_string_equal(r.s.methods.at[0], "psk");
    done(&r);
}

HF_TEST(every_fault_is_told_with_its_place_and_a_way_out)
{
    struct reading r;

    assert_status(read_sample(&r, "provider: nodots\n"
                                  "workers: 65\n"
                                  "mef:\n"
                                  "  fqnd: mef.sp.example\n"
                                  "  port: 70000\n"
                                  "  lifetime: soon\n"),
                  HF_ERR_MALFORMED);
    assert_non_null(strstr(r.talk, "etc/sample.yaml:1:11: provider: the value does not fit; give"));
    assert_non_null(strstr(r.talk, "etc/sample.yaml:2:10: workers"));
    assert_non_null(strstr(r.talk, "etc/sample.yaml:4:3: there is no option mef.fqnd; did you mean "
                                   "mef.fqdn?"));
    assert_non_null(strstr(r.talk, "etc/sample.yaml:5:9: mef.port"));
    assert_non_null(strstr(r.talk, "etc/sample.yaml:6:13: mef.lifetime"));
    assert_non_null(strstr(r.talk, "etc/sample.yaml:3:1: mef.fqdn is missing; Name the MEF."));
    done(&r);
}

static void assert_refused(const char *text, const char *with)
{
    struct reading r;

    assert_status(read_sample(&r, text), HF_ERR_MALFORMED);
    if (strstr(r.talk, with) == NULL)
        fail_msg("%s has no \"%s\"", r.talk, with);
    done(&r);
}

HF_TEST(shapes_that_are_not_options_are_refused)
{
    assert_refused("provider: sp.example\nprovider: sp.example\n",
                   "2:1: this option is given twice");
    assert_refused("provider: [sp.example]\n", "1:11: this is not what the option takes");
    assert_refused("provider: sp.example\nmethods: psk\n", "2:10: this is not what");
    assert_refused("provider: sp.example\nmethods: [[psk]]\n", "a list has only plain values");
    assert_refused("provider: sp.example\nmef: yes\n", "2:6: this is a section");
    assert_refused("provider: &a sp.example\n", "tags and anchors");
    assert_refused("provider: !!str sp.example\n", "tags and anchors");
    assert_refused("provider: sp.example\nstate: *a\n", "");
    assert_refused("provider: sp.example\n--- \nprovider: sp.example\n", "second document");
    assert_refused("provider: sp.example\n? [a, b]\n: c\n", "plain word");
    assert_refused("- provider\n", "not a list of options");
    assert_refused("provider: sp.example\n\tstate: x\n", "2:1:");
    assert_refused("", "provider is missing");
    assert_refused("provider: sp.example\nmef: {maf: {}}\n", "mef.maf.fqdn is missing");
    assert_refused("provider: sp.example\nmef: {fqdn: a.b, maf: {fqdn: {x: {y: {z: 1}}}}}\n",
                   "not what the option takes");
}

HF_TEST(broken_yaml_is_told_once_with_its_place)
{
    struct reading r;

    assert_status(read_sample(&r, "provider: sp.example\nmef: [unclosed\n"), HF_ERR_MALFORMED);
    assert_non_null(strstr(r.talk, "etc/sample.yaml:"));
    done(&r);
}

HF_TEST(a_file_that_is_not_there_says_so)
{
    struct reading r = {.talk = ""};

    hf_arena_init(&r.arena, ARENA_LIMIT);
    assert_status(hf_options_read("/nowhere/at/all.yaml", rows, HF_COUNT(rows), &r.arena, &r.s,
                                  r.places, hear, &r),
                  HF_ERR_SYSTEM);
    assert_non_null(strstr(r.talk, "/nowhere/at/all.yaml:1:1: the file cannot be read"));
    done(&r);
}

HF_TEST(what_is_shown_reads_back_the_same)
{
    struct reading r, again;
    char shown[4096] = "";
    FILE *out = fmemopen(shown, sizeof shown, "w");

    assert_ok(
        read_sample(&r, "provider: sp.example\nstate: /var/lib/x\nmef: {fqdn: a.b, port: 1}\n"));
    hf_options_show(rows, HF_COUNT(rows), &r.s, out);
    fclose(out);
    assert_ok(read_sample(&again, shown));
    assert_string_equal(again.s.state, r.s.state);
    assert_string_equal(again.s.fqdn, "a.b");
    assert_int_equal(again.s.port, 1);
    assert_int_equal(again.s.lifetime_s, r.s.lifetime_s);
    assert_false(again.s.nested);
    done(&r);
    done(&again);
}

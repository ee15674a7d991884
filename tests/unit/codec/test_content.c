#include "codec/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "support/hf_test.h"

enum { ARENA_MAX = 65536, ROOM_LEN = 32768 };

#define ET         "\"et\":\"20300101T000000\""
#define ADFQ       "\"adfq\":\"sp.example.com\""
#define SKR(more)  "{\"sec:skr\":{" ET "," ADFQ ",\"suid\":32" more "}}"
#define MECR(more) "{\"sec:mecr\":{" ET "," ADFQ more "}}"
#define KEY32      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define PROV_TAIL                                                                                  \
    "\"kv\":\"" KEY32 "\"," ET "," ADFQ ",\"suid\":21,\"cr\":\"//sp.example.com/CSE1\","           \
    "\"nid\":\"urn:node:1\",\"eids\":[\"//sp.example.com/CSE1\"],\"hcse\":true"
#define PROV                                                                                       \
    "{\"sec:prov\":{\"kid\":\"000102030405060708090A0B0C0D0E0F@mef.example.com\"," PROV_TAIL "}}"

struct row {
    const char *json;
    unsigned type;
    enum hf_content_rule rule;
    hf_status expected;
    const char *fault; /* begins so; NULL: any */
};

#define C   HF_RULE_CREATE
#define U   HF_RULE_UPDATE
#define A   HF_RULE_ANSWER
#define BAD HF_ERR_MALFORMED

static const struct row rows[] = {
  /* what is right */
    {SKR(""),                                                                    5,  C, HF_OK, NULL                           },
    {SKR(""),                                                                    0,  C, HF_OK, NULL                           },
    {SKR(",\"tgis\":[\"//sp.example.com/IN-CSE\"]"),                             5,  C, HF_OK, NULL                           },
    {SKR(",\"cr\":null"),                                                        5,  C, HF_OK, NULL                           },
    {SKR(",\"rn\":\"name\""),                                                    5,  C, HF_OK, NULL                           },
    {SKR(",\"lbl\":[]"),                                                         5,  C, HF_OK, NULL                           },
    {SKR(",\"kv\":\"AAECAwQFBgcICQoLDA0ODw==\""),                                5,  C, HF_OK, NULL                           },
    {" \t\r\n" SKR("") " \n",                                                    5,  C, HF_OK, NULL                           },
    {"{\"sec:skr\":{\"lbl\":null}}",                                             5,  U, HF_OK, NULL                           },
    {"{\"sec:skr\":{" ET "}}",                                                   0,  U, HF_OK, NULL                           },
    {"{\"sec:skr\":{}}",                                                         5,  A, HF_OK, NULL                           },
    {"{\"sec:mafb\":{\"srt\":[3,5],\"fq\":\"maf.example.com\"}}",                1,  A, HF_OK, NULL                           },
    {MECR(",\"nmth\":[\"psk\",\"certificate\"],\"smth\":[\"psk\"],\"ncap\":[]"), 4,  C, HF_OK, NULL                           },
    {PROV,                                                                       7,  C, HF_OK, NULL                           },
 /* what is no JSON, or not ours */
    {"",                                                                         5,  C, BAD,   "the document is not JSON"     },
    {" ",                                                                        5,  C, BAD,   "the document is not JSON"     },
    {"null",                                                                     5,  C, BAD,   NULL                           },
    {"1",                                                                        5,  C, BAD,   NULL                           },
    {"\"sec:skr\"",                                                              5,  C, BAD,   NULL                           },
    {"[]",                                                                       5,  C, BAD,   "the document is not an object"},
    {"[" SKR("") "]",                                                            5,  C, BAD,   "the document is not an object"},
    {"{}",                                                                       5,  C, BAD,   "the document is not an object"},
    {"{\"sec:skr\":{" ET "}",                                                    5,  C, BAD,   "the document is not JSON"     },
    {SKR("") "x",                                                                5,  C, BAD,   "the document is not JSON"     },
    {SKR("") SKR(""),                                                            5,  C, BAD,   "the document is not JSON"     },
    {SKR(","),                                                                   5,  C, BAD,   "the document is not JSON"     },
    {"\xef\xbb\xbf" SKR(""),                                                     5,  C, BAD,   "the document is not JSON"     },
    {"// comment\n" SKR(""),                                                     5,  C, BAD,   "the document is not JSON"     },
    {"{'sec:skr':{}}",                                                           5,  A, BAD,   "the document is not JSON"     },
    {"{\"sec:skr\":{},\"sec:skr\":{}}",                                          5,  A, BAD,   "the document is not JSON"     },
    {"{\"sec:skr\":{},\"sec:mecr\":{}}",                                         5,  A, BAD,   "the document is not an object"},
    {"{\"skr\":{}}",                                                             5,  A, BAD,   "the member does not name"     },
    {"{\"SEC:skr\":{}}",                                                         5,  A, BAD,   "the member does not name"     },
    {"{\"sec:\":{}}",                                                            5,  A, BAD,   "the member names no known"    },
    {"{\"sec:SKR\":{}}",                                                         5,  A, BAD,   "the member names no known"    },
    {"{\"sec:skrx\":{}}",                                                        5,  A, BAD,   "the member names no known"    },
    {"{\"m2m:skr\":{}}",                                                         5,  A, BAD,   "the member does not name"     },
    {"{\"sec:skr\":[]}",                                                         5,  A, BAD,   "the resource is not an object"},
    {"{\"sec:skr\":null}",                                                       5,  A, BAD,   "the resource is not an object"},
    {"{\"sec:skr\":\"\"}",                                                       5,  A, BAD,   "the resource is not an object"},
    {MECR(""),                                                                   5,  C, BAD,   "the member is another type"   },
    {"{\"sec:skr\":{}}",                                                         99, A, BAD,   "the member is another type"   },
 /* names */
    {SKR(",\"suid\":32"),                                                        5,  C, BAD,   "the document is not JSON"     },
    {SKR(",\"su\\u0069d\":33"),                                                  5,  C, BAD,   "the document is not JSON"     },
    {SKR(",\"unknown\":1"),                                                      5,  C, BAD,   "an attribute is unknown"      },
    {SKR(",\"\":1"),                                                             5,  C, BAD,   "an attribute is unknown"      },
    {SKR(",\"KV\":1"),                                                           5,  C, BAD,   "an attribute is unknown"      },
    {SKR(",\"expirationTime\":1"),                                               5,  C, BAD,   "an attribute is unknown"      },
    {SKR(",\"k\\u0000v\":1"),                                                    5,  C, BAD,   "the document is not JSON"     },
 /* presence */
    {"{\"sec:skr\":{" ADFQ ",\"suid\":32}}",                                     5,  C, BAD,   "et is mandatory"              },
    {"{\"sec:skr\":{" ET ",\"suid\":32}}",                                       5,  C, BAD,   "adfq is mandatory"            },
    {"{\"sec:skr\":{" ET "," ADFQ "}}",                                          5,  C, BAD,   "suid is mandatory"            },
    {"{\"sec:prov\":{" PROV_TAIL "}}",                                           7,  C, BAD,   "kid is mandatory"             },
    {"{\"sec:skr\":{\"et\":null," ADFQ ",\"suid\":32}}",                         5,  C, BAD,   "et is not"                    },
    {SKR(",\"ty\":5"),                                                           5,  C, BAD,   "ty is not permitted"          },
    {SKR(",\"ri\":\"a\""),                                                       5,  C, BAD,   "ri is not permitted"          },
    {SKR(",\"ct\":\"20300101T000000\""),                                         5,  C, BAD,   "ct is not permitted"          },
    {SKR(",\"rkid\":\"a\""),                                                     5,  C, BAD,   "rkid is not permitted"        },
    {SKR(",\"rkid\":null"),                                                      5,  C, BAD,   "rkid is not permitted"        },
    {SKR(",\"cr\":\"//sp.example.com/CSE1\""),                                   5,  C, BAD,   "cr is not permitted"          },
    {SKR(",\"cr\":\"\""),                                                        5,  C, BAD,   "cr is not permitted"          },
    {SKR(",\"lbl\":null"),                                                       5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"nid\":\"a\""),                                                      5,  C, BAD,   "nid is not permitted"         },
    {MECR(",\"suid\":32"),                                                       4,  C, BAD,   "suid is not permitted"        },
    {MECR(",\"aski\":\"a@b.example\""),                                          4,  C, BAD,   "aski is not permitted"        },
    {MECR(",\"ccfg\":\"{}\""),                                                   4,  C, BAD,   "ccfg is not permitted"        },
    {"{\"sec:mecr\":{}}",                                                        4,  U, BAD,   "an update has to change"      },
    {"{\"sec:mecr\":{" ET ",\"cr\":null}}",                                      4,  U, BAD,   "cr is not permitted"          },
    {"{\"sec:mecr\":{\"et\":null}}",                                             4,  U, BAD,   "et is not"                    },
    {"{\"sec:skr\":{\"kv\":\"" KEY32 "\"}}",                                     5,  U, BAD,   "kv is not permitted"          },
    {"{\"sec:skr\":{\"suid\":32}}",                                              5,  U, BAD,   "suid is not permitted"        },
    {"{\"sec:skr\":{" ADFQ "}}",                                                 5,  U, BAD,   "adfq is not permitted"        },
    {"{\"sec:mafb\":{\"fq\":\"maf.example.com\"}}",                              1,  C, BAD,   "fq is not permitted"          },
    {"{\"sec:mecc\":{\"cid\":1}}",                                               6,  U, BAD,   "an attribute is unknown"      },
    {"{\"sec:prov\":{\"kv\":\"" KEY32 "\"}}",                                    7,  A, BAD,   "kv is not permitted"          },
    {"{\"sec:skr\":{\"ty\":4}}",                                                 5,  A, BAD,   "ty is not the type"           },
 /* kinds */
    {"{\"sec:skr\":{\"et\":20300101," ADFQ ",\"suid\":32}}",                     5,  C, BAD,   "et is not"                    },
    {"{\"sec:skr\":{\"et\":\"20300101T000000Z\"," ADFQ ",\"suid\":32}}",         5,  C, BAD,   "et is not"                    },
    {"{\"sec:skr\":{\"et\":\"20300229T000000\"," ADFQ ",\"suid\":32}}",          5,  C, BAD,   "et is not"                    },
    {"{\"sec:skr\":{\"et\":\"\"," ADFQ ",\"suid\":32}}",                         5,  C, BAD,   "et is not"                    },
    {"{\"sec:skr\":{\"et\":\"-0300101T000000\"," ADFQ ",\"suid\":32}}",          5,  C, BAD,   "et is not"                    },
    {"{\"sec:skr\":{" ET ",\"adfq\":\"localhost\",\"suid\":32}}",                5,  C, BAD,   "adfq is not"                  },
    {"{\"sec:skr\":{" ET ",\"adfq\":\"-a.example\",\"suid\":32}}",               5,  C, BAD,   "adfq is not"                  },
    {"{\"sec:skr\":{" ET ",\"adfq\":[\"sp.example.com\"],\"suid\":32}}",         5,  C, BAD,   "adfq is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":\"32\"}}",                          5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":32.0}}",                            5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":3.2e1}}",                           5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":-32}}",                             5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":0}}",                               5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":31}}",                              5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":288}}",                             5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":4294967328}}",                      5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":99999999999999999999}}",            5,  C, BAD,   "the document"                 },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":1e999}}",                           5,  C, BAD,   "the document"                 },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":032}}",                             5,  C, BAD,   "the document"                 },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":+32}}",                             5,  C, BAD,   "the document"                 },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":0x20}}",                            5,  C, BAD,   "the document"                 },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":NaN}}",                             5,  C, BAD,   "the document"                 },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":true}}",                            5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":[32]}}",                            5,  C, BAD,   "suid is not"                  },
    {"{\"sec:skr\":{\"hcse\":1}}",                                               5,  A, BAD,   "hcse is not"                  },
    {"{\"sec:skr\":{\"hcse\":\"true\"}}",                                        5,  A, BAD,   "hcse is not"                  },
    {"{\"sec:mafb\":{\"srt\":[\"3\"]}}",                                         1,  A, BAD,   "srt is not"                   },
    {"{\"sec:mafb\":{\"srt\":[]}}",                                              1,  A, BAD,   "srt is not"                   },
    {"{\"sec:mafb\":{\"srt\":[8]}}",                                             1,  A, BAD,   "srt is not"                   },
 /* targets */
    {SKR(",\"tgis\":[]"),                                                        5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":\"//sp.example.com/IN-CSE\""),                               5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":{\"0\":\"//sp.example.com/IN-CSE\"}"),                       5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[\"/IN-CSE\"]"),                                             5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[\"IN-CSE\"]"),                                              5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[\"maf.example.com\"]"),                                     5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[\"\"]"),                                                    5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[null]"),                                                    5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[1]"),                                                       5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[\"//sp.example.com/../IN-CSE\"]"),                          5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[\"//sp.example.com/IN%2dCSE\"]"),                           5,  C, BAD,   "tgis is not"                  },
    {SKR(",\"tgis\":[\"//sp.example.com/IN-CSE\",\"//SP.example.com/IN-CSE\"]"), 5,  C, BAD,
     "tgis is not"                                                                                                            },
 /* key values */
    {SKR(",\"kv\":\"\""),                                                        5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":null"),                                                        5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":[]"),                                                          5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":\"AAECAwQFBgcICQoLDA0O\""),                                    5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":\"AAECAwQFBgcICQoLDA0ODw\""),                                  5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":\"AAECAwQFBgcICQoLDA0ODx==\""),                                5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":\"AAECAwQFBgcI\\nCQoLDA0ODw==\""),                             5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":\"AAECAwQFBgcICQoLDA0ODw==AAAA\""),                            5,  C, BAD,   "kv is not"                    },
    {SKR(",\"kv\":\"AAECAwQFBgcICQoLDA0_-w==\""),                                5,  C, BAD,   "kv is not"                    },
 /* labels: what moves a terminal or a reader's eye */
    {SKR(",\"lbl\":[\"\"]"),                                                     5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":\"a\""),                                                      5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"a\",\"a\"]"),                                              5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"a\\nb\"]"),                                                5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"\\u001b[2J\"]"),                                           5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"\\u007f\"]"),                                              5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"\\u009b\"]"),                                              5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"a\\u202eb\"]"),                                            5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"a\\u2066b\"]"),                                            5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"a\\u2028b\"]"),                                            5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"a\\ufeffb\"]"),                                            5,  C, BAD,   "lbl is not"                   },
    {SKR(",\"lbl\":[\"a\\u0000b\"]"),                                            5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"a\\ud800b\"]"),                                            5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"a\\udc00\\ud800\"]"),                                      5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"a\\u12\"]"),                                               5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"a\\x41\"]"),                                               5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"a\nb\"]"),                                                 5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"\xff\"]"),                                                 5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"\xc0\xaf\"]"),                                             5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"\xed\xa0\x80\"]"),                                         5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"\xf4\x90\x80\x80\"]"),                                     5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"\xc3\"]"),                                                 5,  C, BAD,   "the document"                 },
    {SKR(",\"lbl\":[\"a\",]"),                                                   5,  C, BAD,   "the document"                 },
 /* words */
    {MECR(",\"nmth\":[\"sim\"]"),                                                4,  C, BAD,   "nmth is not"                  },
    {MECR(",\"nmth\":[\"PSK\"]"),                                                4,  C, BAD,   "nmth is not"                  },
    {MECR(",\"nmth\":[]"),                                                       4,  C, BAD,   "nmth is not"                  },
    {MECR(",\"smth\":[\"psk\",\"psk\"]"),                                        4,  C, BAD,   "smth is not"                  },
    {MECR(",\"ncap\":[\"flying\"]"),                                             4,  C, BAD,   "ncap is not"                  },
    {MECR(",\"ncap\":{\"mafEnrolment\":true}"),                                  4,  C, BAD,   "ncap is not"                  },
 /* names and identifiers in answers */
    {"{\"sec:skr\":{\"ri\":\"..\"}}",                                            5,  A, BAD,   "ri is not"                    },
    {"{\"sec:skr\":{\"ri\":\"a/b\"}}",                                           5,  A, BAD,   "ri is not"                    },
    {"{\"sec:skr\":{\"ri\":\"a b\"}}",                                           5,  A, BAD,   "ri is not"                    },
    {"{\"sec:skr\":{\"rkid\":\"a~b\"}}",                                         5,  A, BAD,   "rkid is not"                  },
    {"{\"sec:skr\":{\"eids\":[\"//sp.example.com\"]}}",                          5,  A, BAD,   "eids is not"                  },
    {"{\"sec:skr\":{\"eids\":[\"//sp.example.com/CSE1\",\"C9\"]}}",              5,  A, BAD,   "eids is not"                  },
    {"{\"sec:skr\":{\"nid\":\"a b\"}}",                                          5,  A, BAD,   "nid is not"                   },
    {"{\"sec:macr\":{\"aski\":\"a\"}}",                                          3,  A, BAD,   "aski is not"                  },
    {"{\"sec:macr\":{\"aski\":\"a@b@c.example\"}}",                              3,  A, BAD,   "aski is not"                  },
    {"{\"sec:macr\":{\"cr\":\"sp.example.com\"}}",                               3,  A, BAD,   "cr is not"                    },
};

static hf_status read_into(struct hf_arena *a, struct hf_bytes json, unsigned type,
                           enum hf_content_rule rule, struct hf_content *out, const char **fault)
{
    /* An exact copy on the heap, so that the address sanitizer sees a read past the end. */
    uint8_t *copy = malloc(json.len + 1);
    hf_status st;

    hf_arena_init(a, ARENA_MAX);
    if (json.len > 0)
        memcpy(copy, json.at, json.len);
    copy = realloc(copy, json.len > 0 ? json.len : 1);
    st = hf_content_read_json(hf_bytes_of(copy, json.len), type, rule, a, out, fault);
    free(copy);
    return st;
}

HF_TEST(each_document_is_accepted_or_refused_with_its_sentence)
{
    assert_true(HF_COUNT(rows) >= 80);
    for (size_t i = 0; i < HF_COUNT(rows); i++) {
        const struct row *r = &rows[i];
        struct hf_content c = {.ty = 77};
        const char *fault = NULL;
        struct hf_arena a;
        hf_status st = read_into(&a, hf_text(r->json), r->type, r->rule, &c, &fault);

        if (st != r->expected || (st != HF_OK) != (fault != NULL)
            || (r->fault != NULL && strncmp(fault, r->fault, strlen(r->fault)) != 0)
            || (st != HF_OK && c.ty != 77))
            fail_msg("%s: %s, %s", r->json, hf_status_name(st), fault == NULL ? "-" : fault);
        hf_arena_done(&a);
    }
}

static struct hf_content read_ok(struct hf_arena *a, const char *json, enum hf_content_rule rule)
{
    struct hf_content c = {0};
    const char *fault = NULL;

    if (read_into(a, hf_text(json), 0, rule, &c, &fault) != HF_OK)
        fail_msg("%s: %s", json, fault);
    assert_null(fault);
    return c;
}

HF_TEST(a_key_registration_is_read_into_canonical_values)
{
    struct hf_arena a;
    struct hf_content c =
        read_ok(&a,
                "{\"sec:skr\":{\"et\":\"20300101T000000,5\",\"adfq\":\"SP.Example."
                "com.\",\"suid\":32,\"tgis\":[\"//SP.example.com/IN-CSE\"],"
                "\"lbl\":[\"t\xc3\xbcr\",\"\\u00e4\"],\"cr\":null,\"kv\":\"" KEY32 "\"}}",
                HF_RULE_CREATE);

    assert_int_equal(c.type, HF_TYPE_SYMM_KEY_REG);
    assert_true(c.et == UINT64_C(1893456000));
    assert_bytes_text(c.adfq, "sp.example.com");
    assert_int_equal(c.suid, 32);
    assert_int_equal(c.tgis.count, 1);
    assert_bytes_text(c.tgis.at[0], "//sp.example.com/IN-CSE");
    assert_bytes_text(c.lbl.at[0], "t\xc3\xbcr");
    assert_bytes_text(c.lbl.at[1], "\xc3\xa4");
    assert_secret_hex(&c.kv, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    assert_int_equal(c.has, 1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_SUID | 1u << HF_A_TGIS
                                | 1u << HF_A_LBL | 1u << HF_A_KV);
    assert_int_equal(c.null, 1u << HF_A_CR);
    hf_arena_done(&a);
}

HF_TEST(a_key_toward_a_maf_names_it_by_its_fqdn_or_absolutely)
{
    static const char *const targets[] = {"MAF.example.com", "//maf.example.com"};

    for (size_t i = 0; i < HF_COUNT(targets); i++) {
        char json[256];
        struct hf_arena a;
        struct hf_content c;

        snprintf(json, sizeof json, "{\"sec:skr\":{\"tgis\":[\"%s\"]," ET "," ADFQ ",\"suid\":21}}",
                 targets[i]);
        c = read_ok(&a, json, HF_RULE_CREATE);
        assert_bytes_text(c.tgis.at[0], "//maf.example.com");
        hf_arena_done(&a);
    }
}

HF_TEST(hexadecimal_identifiers_are_read_in_upper_case)
{
    struct hf_arena a;
    struct hf_content c =
        read_ok(&a, "{\"sec:skr\":{\"ri\":\"abcdef00112233445566778899aabbcc\",\"rn\":\"abcdef\"}}",
                HF_RULE_ANSWER);

    assert_bytes_text(c.ri, "ABCDEF00112233445566778899AABBCC");
    assert_bytes_text(c.rn, "abcdef");
    hf_arena_done(&a);
}

/* INP-10: one bad element at every position. */
HF_TEST(a_list_is_checked_item_by_item)
{
    for (size_t bad = 0; bad <= HF_TARGETS_MAX; bad++) {
        char json[8192];
        size_t used = (size_t)snprintf(json, sizeof json, "{\"sec:skr\":{\"tgis\":[");
        struct hf_content c;
        const char *fault;
        struct hf_arena a;

        for (size_t i = 0; i < HF_TARGETS_MAX; i++)
            used += (size_t)snprintf(json + used, sizeof json - used, "%s\"%s/S%zu\"",
                                     i > 0 ? "," : "", i == bad ? "" : "//sp.example.com", i);
        snprintf(json + used, sizeof json - used, "]}}");
        assert_status(read_into(&a, hf_text(json), 5, HF_RULE_UPDATE, &c, &fault),
                      bad < HF_TARGETS_MAX ? HF_ERR_MALFORMED : HF_OK);
        hf_arena_done(&a);
    }
}

/* `count` labels of `len` letters that differ in their first two. */
static hf_status read_labels(size_t count, size_t len)
{
    static char json[HF_TARGETS_MAX * 128];
    size_t used = (size_t)snprintf(json, sizeof json, "{\"sec:skr\":{\"lbl\":[");
    struct hf_content c;
    const char *fault;
    struct hf_arena a;
    hf_status st;

    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(json + used, sizeof json - used, "%s\"%02zu%0*d\"",
                                 i > 0 ? "," : "", i, (int)len - 2, 0);
    snprintf(json + used, sizeof json - used, "]}}");
    st = read_into(&a, hf_text(json), 5, HF_RULE_UPDATE, &c, &fault);
    hf_arena_done(&a);
    return st;
}

HF_TEST(labels_have_limits)
{
    assert_ok(read_labels(HF_LABELS_MAX, HF_LABEL_MAX_LEN));
    assert_status(read_labels(HF_LABELS_MAX + 1, 8), HF_ERR_LIMIT);
    assert_status(read_labels(1, HF_LABEL_MAX_LEN + 1), HF_ERR_MALFORMED);
}

static hf_status read_nested(size_t levels)
{
    static char json[1 << 17];
    struct hf_content c;
    const char *fault;
    struct hf_arena a;
    hf_status st;

    memset(json, '[', levels);
    memset(json + levels, ']', levels);
    st = read_into(&a, hf_bytes_of(json, 2 * levels), 5, HF_RULE_CREATE, &c, &fault);
    hf_arena_done(&a);
    return st;
}

HF_TEST(a_document_has_limits_in_depth_and_length)
{
    assert_status(read_nested(HF_JSON_DEPTH_MAX),
                  HF_ERR_MALFORMED); /* deep enough, but no object */
    assert_status(read_nested(HF_JSON_DEPTH_MAX + 1), HF_ERR_LIMIT);
    assert_status(read_nested(32768), HF_ERR_LIMIT);
    assert_status(read_nested(32769), HF_ERR_LIMIT);
}

HF_TEST(brackets_in_strings_are_no_depth)
{
    struct hf_arena a;
    struct hf_content c = read_ok(
        &a, "{\"sec:skr\":{\"lbl\":[\"[[[[[[[[[[[[[[[[[[[[[[[\",\"\\\"{{{{{{{{{{{{{{{{{{{\"]}}",
        HF_RULE_UPDATE);

    assert_int_equal(c.lbl.count, 2);
    hf_arena_done(&a);
}

HF_TEST(a_document_cut_at_any_octet_is_refused)
{
    struct hf_bytes whole = HF_LITERAL(PROV);
    struct hf_content c;
    const char *fault;
    struct hf_arena a;

    for (size_t n = 0; n < whole.len; n++) {
        assert_status(read_into(&a, hf_bytes_first(whole, n), 7, HF_RULE_CREATE, &c, &fault),
                      HF_ERR_MALFORMED);
        hf_arena_done(&a);
    }
}

/* What is written is what was read, for every type and rule. */
static const struct {
    const char *json;
    enum hf_content_rule rule;
} canonical[] = {
    {"{\"sec:mafb\":{\"ty\":1,\"ri\":\"-\",\"rn\":\"MAFBase\",\"ct\":\"20260101T000000\","
     "\"lt\":\"20260101T000000\",\"fq\":\"maf.example.com\",\"srt\":[3,5]}}",             A},
    {"{\"sec:mefb\":{\"ty\":2,\"fq\":\"mef.example.com\",\"srt\":[4,5]}}",                     A},
    {"{\"sec:macr\":{" ET ",\"lbl\":[\"a\",\"b\"]," ADFQ ",\"cr\":null}}",                     C},
    {"{\"sec:macr\":{" ET ",\"lbl\":null}}",                                                   U},
    {"{\"sec:macr\":{\"ty\":3,\"ri\":\"A\",\"rn\":\"A\",\"pi\":\"-\",\"ct\":\"20260101T000000\","
     "\"lt\":\"20260101T000000\"," ET "," ADFQ ",\"cr\":\"//sp.example.com/CSE1\","
     "\"aski\":\"k1@maf.example.com\"}}",                                                 A},
    {"{\"sec:macr\":{\"ccfg\":\"{\\\"a\\\":\\\"\\\\\\\\\\\"}\"}}",                             A},
    {"{\"sec:mecr\":{" ET "," ADFQ ",\"nmth\":[\"certificate\",\"psk\"],\"smth\":[\"psk\"],"
     "\"ncap\":[\"mafEnrolment\",\"certificateEnrolment\",\"remoteManagement\"]}}",       C},
    {"{\"sec:mecr\":{\"lbl\":[]}}",                                                            U},
    {"{\"sec:mecr\":{" ET "," ADFQ ",\"ccfg\":\"x\"}}",                                        A},
    {"{\"sec:skr\":{\"rn\":\"a\"," ET ",\"lbl\":[\"t\xc3\xbcr\"]," ADFQ ",\"suid\":34,"
     "\"tgis\":[\"//sp.example.com/CSE1/C1\",\"//sp.example.com/S2\"],\"kv\":\"" KEY32
     "\",\"cr\":null}}",                                                                  C},
    {"{\"sec:skr\":{" ET ",\"tgis\":[\"//sp.example.com/S2\"]}}",                              U},
    {"{\"sec:skr\":{" ET "," ADFQ ",\"suid\":32,\"kv\":\"" KEY32
     "\",\"cr\":\"//sp.example.com/CSE1/C1\",\"nid\":\"urn:gsma:imei:90420156-025763-0;svn=42\","
     "\"eids\":[\"//sp.example.com/CSE1\",\"//sp.example.com/CSE1/C1\"],\"hcse\":true}}", A},
    {"{\"sec:prov\":{" ET "," ADFQ ",\"kid\":\"000102030405060708090A0B0C0D0E0F@mef.example.com\","
     "\"suid\":21,\"kv\":\"" KEY32 "\",\"cr\":\"//sp.example.com/S1\",\"nid\":\"1\","
     "\"eids\":[\"//sp.example.com/S1\"],\"hcse\":false}}",                               C},
    {"{\"sec:prov\":{\"ty\":7,\"ri\":\"A\"," ET "}}",                                          A},
    {"{\"sec:mecc\":{\"ri\":\"cmd\"}}",                                                        A},
};

HF_TEST(written_content_reads_back_the_same)
{
    for (size_t i = 0; i < HF_COUNT(canonical); i++) {
        static uint8_t room[ROOM_LEN];
        struct hf_writer w = hf_writer_over(room, sizeof room);
        struct hf_bytes written;
        struct hf_arena a;
        struct hf_content c = read_ok(&a, canonical[i].json, canonical[i].rule);

        assert_ok(hf_content_write_json(&c, &w));
        assert_ok(hf_writer_finish(&w, &written));
        assert_bytes_text(written, canonical[i].json);
        hf_arena_done(&a);
    }
}

HF_TEST(writing_refuses_too_small_a_room_and_an_unknown_type)
{
    uint8_t room[16];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_content c = {.type = HF_TYPE_SYMM_KEY_REG, .has = 1u << HF_A_ET};

    assert_status(hf_content_write_json(&c, &w), HF_ERR_LIMIT);
    c.type = HF_TYPE_NONE;
    assert_status(hf_content_write_json(&c, &w), HF_ERR_BUG);
}

HF_TEST(a_json_string_is_always_json)
{
    uint8_t room[256];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes written;

    hf_put_json_string(&w, HF_LITERAL("a\"\\/\n\x1f\x7f\xc3\xa4\xff\xc3(\xf0\x9f\x98\x80\0z"));
    assert_ok(hf_writer_finish(&w, &written));
    assert_bytes_text(written,
                      "\"a\\\"\\\\/\\u000A\\u001F\\u007F\xc3\xa4\\uFFFD\\uFFFD(\xf0\x9f\x98"
                      "\x80\\u0000z\"");
}

HF_TEST(every_failing_allocation_is_told)
{
    for (size_t nth = 1;; nth++) {
        struct hf_content c = {0};
        const char *fault;
        struct hf_arena a;
        hf_status st;

        hf_arena_init(&a, ARENA_MAX);
        hf_memory_fail_at(nth);
        st = hf_content_read_json(HF_LITERAL(PROV), 7, HF_RULE_CREATE, &a, &c, &fault);
        hf_memory_fail_at(0);
        hf_arena_done(&a);
        if (st == HF_OK)
            break;
        assert_int_equal(c.has, 0);
        assert_true(hf_secret_is_empty(&c.kv));
    }
}

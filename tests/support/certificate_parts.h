/* Certificates written part by part, so that each part can be wrong; nobody signs them, because
 * reading asks for no signature. */
#ifndef HF_TESTS_SUPPORT_CERTIFICATE_PARTS_H
#define HF_TESTS_SUPPORT_CERTIFICATE_PARTS_H

#include "base/arena.h"
#include "core/certificate/certificate.h"
#include "support/hf_test.h"

#define ECDSA_SHA256 "300a06082a8648ce3d040302"
#define NAME         "300c310a300806035504030c0161"
#define VALIDITY     "301e170d3233313131343232313332305a170d3233313132343232313332305a"
#define SPKI_HEAD    "3059301306072a8648ce3d020106082a8648ce3d030107034200"
#define POINT                                                                                      \
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"                           \
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
#define BASIC_CA  "300f0603551d130101ff040530030101ff"
#define KEY_USAGE "300e0603551d0f0101ff040403020780"

/* The fields in hex, in the order of RFC 5280, 4.1; NULL: not there. */
struct certificate_parts {
    const char *version, *serial, *inner_algorithm, *issuer, *validity, *subject, *spki,
        *unique_ids;
    const char *extensions;       /* without the two heads around them */
    const char *extensions_whole; /* or with them */
    const char *behind_tbs_fields, *algorithm, *signature, *behind, *after_all;
};

/* Of an authority that signs data, too. */
extern const struct certificate_parts good_parts;

/* Where the octets come from; each test begins and ends it. */
extern struct hf_arena parts_arena;
void parts_begin(void);
void parts_end(void);

struct hf_bytes parts_octets(const char *hex);
struct hf_bytes parts_write(const struct certificate_parts *p);
/* Reads what they make; a refusal must leave the output alone. */
hf_status parts_read(const struct certificate_parts *p);
/* The good parts, but for the one at that offset, which is each of the others. */
void assert_each_part(const char *const *others, size_t count, size_t offset, hf_status expected);

#define ASSERT_EACH(part, expected, ...)                                                           \
    do {                                                                                           \
        static const char *const others_of_part[] = {__VA_ARGS__};                                 \
        assert_each_part(others_of_part, HF_COUNT(others_of_part),                                 \
                         offsetof(struct certificate_parts, part), expected);                      \
    } while (0)

#endif

/* A sealed file in a folder of its own, for the tests of this folder; each includes it once. */
#include "base/time.h"
#include "crypto/random.h"
#include "secure_environment/soft/sealed_file.h"
#include "support/hf_test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/handfast-sealed-XXXXXX";
static char path[64], beside[72];
static pid_t owner;

static void remove_folder(void)
{
    if (owner != getpid())
        return; /* a forked child leaves it alone */
    unlink(path);
    unlink(beside);
    rmdir(folder);
}

static hf_status fill(void *self, uint8_t *out, size_t len)
{
    (void)self;
    return hf_random_fill(out, len);
}

static const struct hf_random *random_port(void)
{
    static const struct hf_random r = {.fill = fill};

    return &r;
}

static struct hf_secret secret_of(const char *text)
{
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, hf_text(text)));
    return s;
}

static void fresh_file(void)
{
    struct hf_secret passphrase = secret_of("correct horse");

    if (owner == 0) {
        assert_non_null(mkdtemp(folder));
        owner = getpid();
        snprintf(path, sizeof path, "%s/se", folder);
        snprintf(beside, sizeof beside, "%s.new", path);
        atexit(remove_folder);
    }
    unlink(path);
    assert_ok(hf_sealed_file_create(path, &passphrase, random_port()));
}

static hf_status open_with(const char *passphrase_text, struct hf_sealed_file **out)
{
    struct hf_secret passphrase = secret_of(passphrase_text);

    *out = NULL;
    return hf_sealed_file_open(path, &passphrase, random_port(), out);
}

static struct hf_se_entry entry(const char *name, const char *key)
{
    return (struct hf_se_entry){.name = hf_text(name),
                                .suid = 21,
                                .expires_s = HF_NEVER,
                                .attributes = HF_LITERAL("{\"a\":1}"),
                                .key = secret_of(key)};
}

#include "daemon/deployment.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "daemon/system_ports.h"

enum { LINE_LEN = 4800, MASKING_LEN = 32, PATH_LEN = 4096 };

static void fault(hf_say *say, void *context, const char *path, const char *what)
{
    char line[LINE_LEN];

    snprintf(line, sizeof line, "%.400s: %s", path, what);
    say(context, line);
}

static const char *sealed_fault(hf_status st)
{
    switch ((int)st) {
    case HF_ERR_UNKNOWN:
        return "does not exist; `handfast init` makes one";
    case HF_ERR_CRYPTO:
        return "does not open: wrong passphrase, or the file was changed";
    case HF_ERR_DENIED:
        return "others may read it; chmod 600 it";
    case HF_ERR_MALFORMED:
        return "is no sealed file";
    default:
        return "cannot be read";
    }
}

static hf_status open_environment(const struct hf_config *c, struct hf_deployment *d, hf_say *say,
                                  void *context)
{
    struct hf_secret passphrase = {0};
    struct hf_random random = hf_system_random();
    hf_status st = hf_passphrase_read(c->passphrase_file, &passphrase);

    if (st != HF_OK) {
        fault(say, context, c->passphrase_file,
              "cannot be used as passphrase; it must exist and be readable by its owner only");
        return st;
    }
    st = hf_sealed_file_open(c->sealed_file, &passphrase, &random, &d->sealed);
    hf_secret_wipe(&passphrase);
    if (st != HF_OK) {
        fault(say, context, c->sealed_file, sealed_fault(st));
        return st;
    }
    d->environment = hf_sealed_file_environment(d->sealed);
    return HF_OK;
}

static hf_status open_store(const struct hf_config *c, struct hf_deployment *d, hf_say *say,
                            void *context)
{
    char path[PATH_LEN];
    hf_status st;

    if (mkdir(c->state, 0700) != 0 && errno != EEXIST) {
        fault(say, context, c->state, strerror(errno));
        return HF_ERR_SYSTEM;
    }
    snprintf(path, sizeof path, "%s/handfast.db", c->state);
    st = hf_sqlite_store_open(path, &d->environment, true, &d->store);
    if (st != HF_OK)
        fault(say, context, path, hf_sqlite_store_fault());
    return st;
}

hf_status hf_deployment_open(const struct hf_config *config, struct hf_deployment *out, hf_say *say,
                             void *context)
{
    struct hf_deployment d = {.config = config};
    struct hf_random random = hf_system_random();
    hf_status st;

    HF_TRY(hf_random_get(&random, hf_secret_room(&d.masking, MASKING_LEN), MASKING_LEN));
    HF_TRY(open_environment(config, &d, say, context));
    HF_TRY(open_store(config, &d, say, context));
    *out = d;
    return HF_OK;
done:
    hf_deployment_close(&d);
    return st;
}

void hf_deployment_close(struct hf_deployment *d)
{
    hf_sqlite_store_close(d->store);
    hf_sealed_file_close(d->sealed);
    hf_secret_wipe(&d->masking);
    d->store = NULL;
    d->sealed = NULL;
}

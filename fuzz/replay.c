/* Replays a corpus through a fuzz target, for builds without libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 20 };

static int replay(const char *folder, const char *name)
{
    static uint8_t room[INPUT_MAX];
    char path[4096];
    FILE *f;
    size_t len;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "rb");
    if (f == NULL)
        return 1;
    len = fread(room, 1, sizeof room, f);
    fclose(f);
    /* An exact heap copy, so that the address sanitizer sees a read past the end. */
    uint8_t *copy = malloc(len > 0 ? len : 1);
    if (copy == NULL)
        return 1;
    for (size_t i = 0; i < len; i++)
        copy[i] = room[i];
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
    return 0;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    struct dirent *entry;
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;

    if (folder == NULL) {
        fprintf(stderr, "usage: %s CORPUS-FOLDER\n", argv[0]);
        return 2;
    }
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        if (replay(argv[1], entry->d_name) != 0) {
            fprintf(stderr, "cannot read %s/%s\n", argv[1], entry->d_name);
            return 1;
        }
        count++;
    }
    closedir(folder);
    printf("replayed %zu inputs\n", count);
    return count > 0 ? 0 : 1;
}

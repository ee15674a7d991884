/*
 * A folder that appears whole or not at all: everything is written into a sibling of it, synced,
 * and renamed to its name at the end.
 */
#ifndef HF_CLI_OPERATOR_TREE_H
#define HF_CLI_OPERATOR_TREE_H

#include <limits.h>

#include "base/bytes.h"
#include "base/status.h"

struct hf_tree {
    char path[PATH_MAX];     /* where it will be */
    char building[PATH_MAX]; /* where it is until then; empty: nowhere */
    char fault[256];         /* for people, after a failure */
};

/*
 * HF_ERR_CONFLICT  `path` is there already and is no empty folder
 * HF_ERR_LIMIT     the path is too long
 * HF_ERR_SYSTEM    the sibling cannot be made
 */
HF_CHECKED hf_status hf_tree_begin(struct hf_tree *t, const char *path);
/* Mode 0700. */
HF_CHECKED hf_status hf_tree_folder(struct hf_tree *t, const char *name);
/* A new file, synced; `is_secret`: mode 0600, else 0644. */
HF_CHECKED hf_status hf_tree_file(struct hf_tree *t, const char *name, bool is_secret,
                                  struct hf_bytes content);
/* The path of `name` while it is being built. */
HF_CHECKED hf_status hf_tree_where(struct hf_tree *t, const char *name, char room[static PATH_MAX]);
HF_CHECKED hf_status hf_tree_finish(struct hf_tree *t);
/* Removes what was built, unless it was finished. */
void hf_tree_abandon(struct hf_tree *t);

#endif

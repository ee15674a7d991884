#include "store/sqlite/statements.h"

#define NODE_COLUMNS                                                                               \
    "SELECT a.fqdn, n.node_id, n.entities, n.has_cse, n.lifetime_s, n.created_s, n.enrolled_s,"    \
    " n.state "
#define CREDENTIAL_COLUMNS                                                                         \
    "SELECT a.fqdn, c.credential_id, n.node_id, c.key, c.suid, c.expires_s, c.require_pfs,"        \
    " c.issuer_key_id, c.state, n.entities, n.has_cse, n.lifetime_s, n.state "
#define REGISTRATION_COLUMNS                                                                       \
    "SELECT a.fqdn, r.ri, r.client, r.admin_fqdn, r.credential_id, r.assigned_key_id, r.labels,"   \
    " r.created_s, r.modified_s, r.expires_s, r.state "
#define KEY_COLUMNS                                                                                \
    "SELECT a.fqdn, k.relative_id, k.source, r.ri, n.node_id, k.admin_fqdn, k.targets, k.labels,"  \
    " k.key, k.is_exported, k.suid, k.created_s, k.modified_s, k.expires_s, k.state "

#define FROM_NODE         "FROM node n JOIN authority a ON a.id = n.authority "
#define FROM_REGISTRATION "FROM registration r JOIN authority a ON a.id = r.authority "
#define FROM_CREDENTIAL                                                                            \
    "FROM credential c JOIN authority a ON a.id = c.authority LEFT JOIN node n ON n.id = c.node "
#define FROM_KEY                                                                                   \
    "FROM key k JOIN authority a ON a.id = k.authority"                                            \
    " LEFT JOIN registration r ON r.id = k.registration LEFT JOIN node n ON n.id = k.node "

static const char *const texts[HF_SQL_COUNT] = {
    [HF_SQL_BEGIN] = "BEGIN IMMEDIATE",
    [HF_SQL_BEGIN_READING] = "BEGIN",
    [HF_SQL_COMMIT] = "COMMIT",
    [HF_SQL_ROLLBACK] = "ROLLBACK",
    [HF_SQL_SAVEPOINT] = "SAVEPOINT job",
    [HF_SQL_UNDO] = "ROLLBACK TO job",
    [HF_SQL_RELEASE] = "RELEASE job",
    [HF_SQL_META_GET] = "SELECT value FROM meta WHERE name = ?1",
    [HF_SQL_META_SET] = "INSERT INTO meta (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [HF_SQL_AUTHORITY_FIND] = "SELECT id FROM authority WHERE fqdn = ?1",
    [HF_SQL_AUTHORITY_ADD] = "INSERT INTO authority (fqdn) VALUES (?1)",

    [HF_SQL_NODE_ROW] = "SELECT id, state FROM node WHERE authority = ?1 AND node_id = ?2",
    [HF_SQL_NODE_ROW_OF_ENTITY] = "SELECT n.id, n.state FROM entity e JOIN node n ON n.id = e.node"
                                  " WHERE e.authority = ?1 AND e.entity = ?2",
    [HF_SQL_NODE_ROW_OF_CREDENTIAL] =
        "SELECT n.id, n.state FROM credential c LEFT JOIN node n ON n.id = c.node"
        " WHERE c.authority = ?1 AND c.credential_id = ?2",
    [HF_SQL_NODE_ADD] = "INSERT INTO node (authority, node_id, entities, has_cse, lifetime_s, "
                        "created_s, enrolled_s,"
                        " state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)",
    [HF_SQL_NODE_REPLACE] =
        "UPDATE node SET entities = ?2, has_cse = ?3, lifetime_s = ?4 WHERE id = ?1",
    [HF_SQL_NODE_TOUCH] =
        "UPDATE node SET enrolled_s = ?3 WHERE authority = ?1 AND node_id = ?2 AND state = 1",
    [HF_SQL_NODE_END] = "UPDATE node SET state = ?2 WHERE id = ?1",
    [HF_SQL_ENTITY_CLAIM] = "INSERT INTO entity (authority, entity, node) VALUES (?1, ?2, ?3)"
                            " ON CONFLICT (authority, entity) DO UPDATE SET node = excluded.node "
                            "WHERE node = excluded.node"
                            " OR (SELECT state FROM node n WHERE n.id = entity.node) <> 1",
    [HF_SQL_ENTITY_DROP] = "DELETE FROM entity WHERE node = ?1",

    [HF_SQL_CREDENTIAL_TWIN] = "SELECT 1 FROM credential WHERE fingerprint = ?1 AND authority = ?2"
                               " AND (?3 IS NULL OR node IS NOT ?3) LIMIT 1",
    [HF_SQL_CREDENTIAL_ADD] =
        "INSERT INTO credential (authority, credential_id, node, key, fingerprint, suid, expires_s,"
        " require_pfs, issuer_key_id, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)",
    [HF_SQL_CREDENTIAL_END] = "UPDATE credential SET state = ?3, key = NULL"
                              " WHERE authority = ?1 AND credential_id = ?2 AND state = 1",
    [HF_SQL_CREDENTIAL_END_OF_NODE] =
        "UPDATE credential SET state = ?2, key = NULL WHERE node = ?1 AND state = 1",

    [HF_SQL_REGISTRATION_ROW] =
        "SELECT id FROM registration WHERE authority = ?1 AND ri = ?2 AND state = 1",
    [HF_SQL_REGISTRATION_ROW_OF_CLIENT] =
        "SELECT id, expires_s FROM registration"
        " WHERE authority = ?1 AND client = ?2 AND admin_fqdn = ?3 AND ended = 0",
    [HF_SQL_REGISTRATION_ADD] =
        "INSERT INTO registration (authority, ri, client, admin_fqdn, ended, node, credential_id,"
        " assigned_key_id, labels, created_s, modified_s, expires_s, state)"
        " VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)",
    [HF_SQL_REGISTRATION_SET] =
        "UPDATE registration SET labels = ?3, assigned_key_id = ?4, modified_s = ?5, expires_s = ?6"
        " WHERE authority = ?1 AND ri = ?2 AND state = 1",
    [HF_SQL_REGISTRATION_END] = "UPDATE registration SET state = ?2, ended = id WHERE id = ?1",
    [HF_SQL_REGISTRATION_END_OF_NODE] =
        "UPDATE registration SET state = ?2, ended = id WHERE node = ?1 AND state = 1",

    [HF_SQL_KEY_ADD] =
        "INSERT INTO key (authority, relative_id, source, registration, node, admin_fqdn, targets,"
        " labels, key, is_exported, suid, created_s, modified_s, expires_s, state)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 1)",
    [HF_SQL_KEY_SET] = "UPDATE key SET targets = ?3, labels = ?4, modified_s = ?5, expires_s = ?6"
                       " WHERE authority = ?1 AND relative_id = ?2 AND state = 1",
    [HF_SQL_KEY_END] = "UPDATE key SET state = ?3, key = NULL"
                       " WHERE authority = ?1 AND relative_id = ?2 AND state = 1",
    [HF_SQL_KEY_END_OF_REGISTRATION] =
        "UPDATE key SET state = ?2, key = NULL WHERE registration = ?1 AND state = 1",
    [HF_SQL_KEY_END_OF_REGISTRATIONS_OF_NODE] =
        "UPDATE key SET state = ?2, key = NULL WHERE state = 1 AND registration IN"
        " (SELECT id FROM registration WHERE node = ?1 AND state = 1)",
    [HF_SQL_KEY_END_OF_NODE] = "UPDATE key SET state = ?2, key = NULL"
                               " WHERE node = ?1 AND state = 1",

    [HF_SQL_AUDIT_ADD] = "INSERT INTO audit (id, time_s, authority, act, who, what, detail, hash)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [HF_SQL_AUDIT_LAST] = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1",
    [HF_SQL_AUDIT_WALK] =
        "SELECT id, time_s, authority, act, who, what, detail, hash FROM audit ORDER BY id",

    [HF_SQL_FIND_CREDENTIAL] =
        CREDENTIAL_COLUMNS FROM_CREDENTIAL "WHERE c.authority = ?1 AND c.credential_id = ?2",
    [HF_SQL_FIND_REGISTRATION] =
        REGISTRATION_COLUMNS FROM_REGISTRATION "WHERE r.authority = ?1 AND r.ri = ?2",
    [HF_SQL_FIND_REGISTRATION_LIVE] = REGISTRATION_COLUMNS FROM_REGISTRATION
    "WHERE r.authority = ?1 AND r.client = ?2 AND r.admin_fqdn = ?3 AND r.ended = 0",
    [HF_SQL_FIND_REGISTRATION_LAST] = REGISTRATION_COLUMNS FROM_REGISTRATION
    "WHERE r.authority = ?1 AND r.client = ?2 AND r.admin_fqdn = ?3 ORDER BY r.ended DESC LIMIT 1",
    [HF_SQL_FIND_KEY] = KEY_COLUMNS FROM_KEY "WHERE k.authority = ?1 AND k.relative_id = ?2",
    [HF_SQL_FIND_NODE] = NODE_COLUMNS FROM_NODE "WHERE n.authority = ?1 AND n.node_id = ?2",
    [HF_SQL_FIND_NODE_OF_ENTITY] =
        NODE_COLUMNS "FROM entity e JOIN node n ON n.id = e.node JOIN authority a"
                     " ON a.id = n.authority WHERE e.authority = ?1 AND e.entity = ?2",

    [HF_SQL_LIST_NODES] = NODE_COLUMNS FROM_NODE "ORDER BY n.id",
    [HF_SQL_LIST_CREDENTIALS] = CREDENTIAL_COLUMNS FROM_CREDENTIAL "ORDER BY c.id",
    [HF_SQL_LIST_REGISTRATIONS] = REGISTRATION_COLUMNS FROM_REGISTRATION "ORDER BY r.id",
    [HF_SQL_LIST_KEYS] = KEY_COLUMNS FROM_KEY "ORDER BY k.id",
};

const char *hf_statement_text(enum hf_statement which)
{
    return texts[which];
}

# The operator's commands.
target_sources(cli PRIVATE
    operator_audit_check.c
    operator_authority.c
    operator_commands.c
    operator_device_import.c
    operator_factory.c
    operator_import_csv.c
    operator_import_file.c
    operator_import_json.c
    operator_import_judge.c
    operator_init.c
    operator_key_strength.c
    operator_list.c
    operator_provider.c
    operator_revoke.c
    operator_seen.c
    operator_store.c
    operator_tree.c)
target_link_libraries(cli PUBLIC daemon store_sqlite secure_environment_soft codec_options core_identity core_record
                                 crypto PkgConfig::JANSSON)

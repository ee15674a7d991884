add_library(store_test_support STATIC ${CMAKE_SOURCE_DIR}/tests/unit/store/store_support.c)
target_include_directories(store_test_support PUBLIC ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(store_test_support PUBLIC hf_flags secure_environment_soft crypto base
                                                test_support PkgConfig::CMOCKA)
hf_unit_test(store/memory/memory_store USES store_memory store_test_support)
hf_unit_test(store/sqlite/sqlite_store USES store_sqlite store_test_support)
hf_unit_test(store/sqlite/group_commit USES store_sqlite store_test_support)
hf_unit_test(store/sqlite/protection USES store_sqlite store_test_support PkgConfig::SQLITE)
hf_unit_test(store/sqlite/disk_trouble USES store_sqlite store_test_support PkgConfig::SQLITE)

hf_library(library_server SOURCES ${CMAKE_SOURCE_DIR}/tests/unit/library/server.c
                          USES net_tls test_support)
hf_library(library_public_list SOURCES ${CMAKE_SOURCE_DIR}/tests/unit/library/public_list.c)
target_include_directories(library_public_list PRIVATE ${CMAKE_SOURCE_DIR}/tests)
hf_unit_test(library/public USES library_public_list)
hf_unit_test(library/call USES handfast)
hf_unit_test(library/session USES handfast library_server)
# The reader of options is the node's and the daemon's alike.
hf_unit_test(codec/options USES codec_options)

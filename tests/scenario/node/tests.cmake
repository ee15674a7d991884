hf_library(node_provider SOURCES ${CMAKE_SOURCE_DIR}/tests/scenario/node/provider.c
                                 ${CMAKE_SOURCE_DIR}/tests/support/fake_secure_environment.c
                         USES handfast role_node codec trust_world)
hf_unit_test(node/bootstrap SUITE scenario USES node_provider)
hf_unit_test(node/associate SUITE scenario USES node_provider)

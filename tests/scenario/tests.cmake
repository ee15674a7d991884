hf_library(test_fakes
    SOURCES ${CMAKE_SOURCE_DIR}/tests/support/fake_channel.c
            ${CMAKE_SOURCE_DIR}/tests/support/fake_clock.c
            ${CMAKE_SOURCE_DIR}/tests/support/fake_random.c
            ${CMAKE_SOURCE_DIR}/tests/support/fake_remote.c
    USES core_identity base)
target_include_directories(test_fakes PUBLIC ${CMAKE_SOURCE_DIR}/tests)
hf_library(trust_world SOURCES ${CMAKE_SOURCE_DIR}/tests/scenario/trust/world.c
                       USES role_mef role_maf store_memory core_record test_fakes test_support)

hf_unit_test(trust/story SUITE scenario USES trust_world)
hf_unit_test(trust/refusals SUITE scenario USES trust_world)
hf_unit_test(trust/ownership SUITE scenario USES trust_world)
hf_unit_test(trust/handshakes SUITE scenario USES trust_world)
hf_unit_test(trust/durability SUITE scenario USES trust_world)
hf_unit_test(trust/pull SUITE scenario USES trust_world)

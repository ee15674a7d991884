# Every generated file is what its generator writes (threat row SUP-1).
find_program(HF_PYTHON3 python3)
if(HF_PYTHON3)
    foreach(name derivations key_identifiers)
        add_test(NAME vectors/${name}
                 COMMAND ${HF_PYTHON3} ${CMAKE_SOURCE_DIR}/tests/vectors/${name}.py --check)
    endforeach()
endif()

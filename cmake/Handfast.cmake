# What every folder's CMakeLists.txt is written in: hf_library, hf_program, hf_unit_test, hf_fuzz.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(HF_WERROR "Warnings are errors" ON)
set(HF_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined or thread")
option(HF_COVERAGE "Instrument for gcovr" OFF)
option(HF_LIBFUZZER "Link the fuzz targets against libFuzzer (clang only)" OFF)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(GNUTLS REQUIRED IMPORTED_TARGET gnutls)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(EVENT REQUIRED IMPORTED_TARGET libevent_core)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
find_library(HTTP_PARSER_LIBRARY http_parser REQUIRED)
if(BUILD_TESTING)
    pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)
endif()

add_library(hf_flags INTERFACE)
target_include_directories(hf_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include
                                              ${CMAKE_BINARY_DIR}/generated)
target_compile_definitions(hf_flags INTERFACE _GNU_SOURCE HF_VERSION="${PROJECT_VERSION}")
target_compile_options(hf_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
    -Wswitch-enum -Wundef -Wvla -Wformat=2 -fno-omit-frame-pointer
    -fstack-protector-strong $<$<C_COMPILER_ID:GNU>:-ftrivial-auto-var-init=zero>
    $<$<BOOL:${HF_WERROR}>:-Werror>)
target_link_options(hf_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
if(NOT HF_SANITIZE)
    target_compile_options(hf_flags INTERFACE $<$<CONFIG:RelWithDebInfo>:-D_FORTIFY_SOURCE=2>)
endif()
if(HF_SANITIZE)
    target_compile_options(hf_flags INTERFACE -fsanitize=${HF_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(hf_flags INTERFACE -fsanitize=${HF_SANITIZE})
endif()
if(HF_COVERAGE)
    target_compile_options(hf_flags INTERFACE --coverage)
    target_link_options(hf_flags INTERFACE --coverage)
endif()

# hf_library(name SOURCES a.c b.c USES other_library PkgConfig::X): one static library a folder.
function(hf_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES OUTPUT_NAME hf_${name})
    target_link_libraries(${name} PUBLIC hf_flags ${arg_USES})
endfunction()

# hf_program(name SOURCES main.c USES ...): an executable in build/bin.
function(hf_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE hf_flags ${arg_USES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
    target_link_options(${name} PRIVATE -pie)
endfunction()

# hf_unit_test(core/derive/km USES core_derive [SUITE scenario]): tests/<suite>/core/derive/test_km.c,
# known to CTest as <suite>/core/derive/km.  The suite is `unit` unless told.
function(hf_unit_test path)
    cmake_parse_arguments(arg "" "SUITE" "USES" ${ARGN})
    if(NOT arg_SUITE)
        set(arg_SUITE unit)
    endif()
    get_filename_component(folder ${path} DIRECTORY)
    get_filename_component(leaf ${path} NAME)
    string(REPLACE "/" "_" target "test_${arg_SUITE}_${path}")
    add_executable(${target} ${CMAKE_SOURCE_DIR}/tests/${arg_SUITE}/${folder}/test_${leaf}.c)
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE hf_flags ${arg_USES} base test_support PkgConfig::CMOCKA)
    add_test(NAME ${arg_SUITE}/${path} COMMAND ${target}
             WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${arg_SUITE}/${path} PROPERTIES TIMEOUT 120)
endfunction()

# hf_fuzz(http_request USES binding_http): fuzz/http_request.c has LLVMFuzzerTestOneInput, and
# fuzz/corpus/http_request/ is replayed by CTest as fuzz/http_request.
function(hf_fuzz name)
    cmake_parse_arguments(arg "" "" "USES" ${ARGN})
    if(HF_LIBFUZZER)
        add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/fuzz/${name}.c)
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    else()
        add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/fuzz/${name}.c
                                    ${CMAKE_SOURCE_DIR}/fuzz/replay.c)
    endif()
    target_link_libraries(fuzz_${name} PRIVATE hf_flags ${arg_USES} base)
    add_test(NAME fuzz/${name} COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/fuzz/corpus/${name})
    if(HF_LIBFUZZER)
        set_tests_properties(fuzz/${name} PROPERTIES DISABLED TRUE)
    endif()
    set_tests_properties(fuzz/${name} PROPERTIES TIMEOUT 300)
endfunction()

# One library per folder, so that a wrong include does not link.

set(STEGVIS_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  list(APPEND STEGVIS_WARNINGS -Wthread-safety)
endif()

if(STEGVIS_SANITIZE)
  add_compile_options(-fsanitize=${STEGVIS_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${STEGVIS_SANITIZE})
endif()

# stegvis_library(NAME SOURCES a.cc … USES other libraries …)
# Makes the library stegvis_NAME. USES takes our folders by name and imported
# targets as they are.
function(stegvis_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
  add_library(stegvis_${name} STATIC ${arg_SOURCES})
  target_include_directories(stegvis_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(stegvis_${name} PRIVATE ${STEGVIS_WARNINGS})
  stegvis_uses(stegvis_${name} ${arg_USES})
endfunction()

# stegvis_program(NAME SOURCES a.cc … USES …): bin/NAME
function(stegvis_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${STEGVIS_WARNINGS})
  stegvis_uses(${name} ${arg_USES})
endfunction()

# stegvis_test(NAME LABEL unit SOURCES a_test.cc … USES …)
# One program per folder and label; ctest runs and counts each TEST by itself.
function(stegvis_test name)
  if(NOT STEGVIS_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "SOURCES;USES" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(STEGVIS_SANITIZE)
    math(EXPR arg_TIMEOUT "5 * ${arg_TIMEOUT}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${STEGVIS_WARNINGS})
  target_compile_definitions(${name} PRIVATE
    STEGVIS_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    STEGVIS_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  stegvis_uses(${name} ${arg_USES})
  target_link_libraries(${name} PRIVATE GTest::gmock GTest::gtest_main)
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
endfunction()

function(stegvis_uses target)
  get_target_property(kind ${target} TYPE)
  set(scope PUBLIC)
  if(kind STREQUAL "EXECUTABLE")
    set(scope PRIVATE)
  endif()
  foreach(used ${ARGN})
    if(used MATCHES "::")
      target_link_libraries(${target} ${scope} ${used})
    else()
      target_link_libraries(${target} ${scope} stegvis_${used})
    endif()
  endforeach()
endfunction()

# stegvis_stories(FILE.py …): a test for each story in the Python files of this
# folder; see tests/support/stories.py.
function(stegvis_stories)
  if(NOT TARGET stegvisd OR NOT TARGET stegvis)
    return()
  endif()
  cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "" ${ARGN})
  if(NOT arg_LABEL)
    set(arg_LABEL flow)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  foreach(file ${arg_UNPARSED_ARGUMENTS})
    set(path ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    # A story that is added or renamed is seen without being told.
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(STRINGS ${path} stories REGEX "^@story\\(\"[A-Za-z0-9.]+\"\\)$")
    file(STRINGS ${path} marks REGEX "^@story")
    if(NOT stories OR NOT stories STREQUAL marks)
      message(FATAL_ERROR "${path}: a story's mark is one line, see stories.py")
    endif()
    foreach(line ${stories})
      string(REGEX REPLACE "^@story\\(\"(.*)\"\\)$" "\\1" story ${line})
      add_test(NAME ${story}
        COMMAND python3 -B ${CMAKE_SOURCE_DIR}/tests/support/run_story.py
                ${path} ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${story})
      set_tests_properties(${story}
        PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
    endforeach()
  endforeach()
endfunction()

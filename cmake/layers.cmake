# tillstorm_layer(NAME [SOURCES file...] [DEPENDS layer...] [PRIVATE library...])
#
# One static library per folder of cpp/: target tillstorm_NAME, alias tillstorm::NAME. SOURCES are relative to the
# layer's folder. DEPENDS names the layers it may include (cpp/README.md has the table; tests/tidy checks it). PRIVATE
# names third-party libraries that only this layer's .cpp files see. A layer without SOURCES is headers only.
function(tillstorm_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "tillstorm_layer(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()

  set(target tillstorm_${name})
  if(arg_SOURCES)
    set(scope PUBLIC)
    add_library(${target} STATIC ${arg_SOURCES})
    tillstorm_compile_options(${target} PRIVATE)
    target_link_libraries(${target} PRIVATE ${arg_PRIVATE})
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  add_library(tillstorm::${name} ALIAS ${target})
  target_include_directories(${target} ${scope} "${PROJECT_SOURCE_DIR}/cpp")

  foreach(layer IN LISTS arg_DEPENDS)
    if(NOT TARGET tillstorm::${layer})
      message(FATAL_ERROR "tillstorm_layer(${name}): layer ${layer} is not above ${name} in TILLSTORM_LAYERS")
    endif()
    target_link_libraries(${target} ${scope} tillstorm::${layer})
  endforeach()
endfunction()

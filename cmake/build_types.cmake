# Build types: Release for use and measuring, Dev for everyday work (optimised lightly, with debug information and
# without NDEBUG), Check for clang-tidy (not optimised at all: nothing of it is run). The sanitizer presets use Dev.

get_property(is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(NOT is_multi_config AND NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release or Dev" FORCE)
endif()

set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG" CACHE STRING "Flags of Release builds" FORCE)
set(CMAKE_CXX_FLAGS_DEV "-O1 -g" CACHE STRING "Flags of Dev builds" FORCE)

# A compiler cache makes a second build in a fresh directory quick. It is used when it is there.
find_program(TILLSTORM_CCACHE ccache)
if(TILLSTORM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${TILLSTORM_CCACHE}")
endif()

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Third-party libraries: the system's packages first (find_package), otherwise a pinned public release fetched while
# configuring. Each is wrapped in one target of ours, so that a layer's CMakeLists.txt reads the same either way:
#
#   tillstorm::boost_graph   Boost.Graph (headers only)     engine/network.cpp
#   tillstorm::simdjson      simdjson                       scenario and log readers
#   tillstorm::spdlog        spdlog and fmt, headers only   base/log.cpp
#   GTest::gtest_main, benchmark::benchmark                 tests
include(FetchContent)
find_package(Threads REQUIRED)

set(TILLSTORM_RELEASES "https://github.com" CACHE STRING "Where the fallback releases are fetched from")

# tillstorm_fetch(NAME OWNER/REPOSITORY TAG): a release by its tag, built without its tests.
macro(tillstorm_fetch name repository tag)
  message(STATUS "${name}: no system package found, fetching ${repository} ${tag}")
  FetchContent_Declare(${name} GIT_REPOSITORY "${TILLSTORM_RELEASES}/${repository}.git" GIT_TAG ${tag} GIT_SHALLOW ON)
  FetchContent_MakeAvailable(${name})
endmacro()

# tillstorm_wrap(NAME TARGET...): an interface target tillstorm::NAME whose headers raise no warnings in our code.
function(tillstorm_wrap name)
  add_library(tillstorm_${name} INTERFACE)
  add_library(tillstorm::${name} ALIAS tillstorm_${name})
  foreach(library IN LISTS ARGN)
    target_include_directories(tillstorm_${name} SYSTEM INTERFACE
      $<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()
endfunction()

# Boost.Graph: headers only. The wrapper carries the include path and nothing to link.
find_package(Boost 1.74 QUIET)
if(NOT Boost_FOUND)
  set(BOOST_INCLUDE_LIBRARIES graph)
  tillstorm_fetch(Boost boostorg/boost boost-1.84.0)
  tillstorm_wrap(boost_graph Boost::graph)
  target_link_libraries(tillstorm_boost_graph INTERFACE Boost::graph)
else()
  tillstorm_wrap(boost_graph)
  target_include_directories(tillstorm_boost_graph SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
endif()

# simdjson >= 3.0: a shared library where the system packages it so; cpp/bindings then carries it in the wheel.
find_package(simdjson QUIET)
if(NOT simdjson_FOUND OR simdjson_VERSION VERSION_LESS 3.0)
  set(BUILD_SHARED_LIBS OFF)
  tillstorm_fetch(simdjson simdjson/simdjson v3.10.1)
endif()
tillstorm_wrap(simdjson simdjson::simdjson)
target_link_libraries(tillstorm_simdjson INTERFACE simdjson::simdjson)

# spdlog and fmt, both as headers only: nothing to carry, nothing that can clash with another module's copy.
find_package(spdlog 1.9 QUIET)
if(NOT spdlog_FOUND)
  tillstorm_fetch(spdlog gabime/spdlog v1.14.1)
  tillstorm_wrap(spdlog spdlog::spdlog_header_only)  # with the fmt it bundles
else()
  find_package(fmt REQUIRED)
  tillstorm_wrap(spdlog spdlog::spdlog_header_only fmt::fmt-header-only)
  target_compile_definitions(tillstorm_spdlog INTERFACE SPDLOG_FMT_EXTERNAL)
endif()
target_compile_definitions(tillstorm_spdlog INTERFACE FMT_HEADER_ONLY)
target_link_libraries(tillstorm_spdlog INTERFACE Threads::Threads)

if(TILLSTORM_BUILD_TESTS)
  find_package(GTest 1.11 QUIET)
  if(NOT GTest_FOUND)
    set(INSTALL_GTEST OFF)
    tillstorm_fetch(googletest google/googletest v1.14.0)
  endif()
endif()

if(TILLSTORM_BUILD_BENCHMARKS)
  find_package(benchmark 1.6 QUIET)
  if(NOT benchmark_FOUND)
    set(BENCHMARK_ENABLE_TESTING OFF)
    tillstorm_fetch(benchmark google/benchmark v1.8.5)
  endif()
endif()

if(TILLSTORM_BUILD_PYTHON)
  find_package(Python 3.10 REQUIRED COMPONENTS Interpreter Development.Module)
  if(NOT SKBUILD)
    # Outside pip, ask the interpreter's own pybind11 where its CMake files are.
    execute_process(COMMAND "${Python_EXECUTABLE}" -m pybind11 --cmakedir OUTPUT_VARIABLE pybind11_ROOT
                    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  endif()
  find_package(pybind11 3.0 CONFIG REQUIRED)
endif()

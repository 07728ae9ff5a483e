# How our own code is compiled. Third-party targets never see these flags.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# A plain `pip install .` must not fail because a newer compiler has a new warning; every build of ours must.
if(SKBUILD)
  set(warnings_as_errors OFF)
else()
  set(warnings_as_errors ON)
endif()
option(TILLSTORM_WARNINGS_AS_ERRORS "Treat warnings as errors" ${warnings_as_errors})

# tillstorm_compile_options(TARGET PUBLIC|PRIVATE|INTERFACE)
#
# -ffp-contract=off keeps a*b+c two roundings on every compiler, so that g++ and clang++ give the same digest.
# -march=native is never used, for the same reason.
function(tillstorm_compile_options target scope)
  target_compile_options(${target} ${scope}
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -ffp-contract=off)
  if(TILLSTORM_WARNINGS_AS_ERRORS)
    target_compile_options(${target} ${scope} -Werror)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} ${scope} -Wno-restrict)  # false alarms on string + "literal" (GCC bug 105651)
  endif()
  if(TILLSTORM_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC's manual: with sanitizers, false alarms are expected (an empty std::optional is enough), so no errors of them.
    target_compile_options(${target} ${scope} -Wno-maybe-uninitialized)
  endif()
  if(TILLSTORM_SANITIZE)
    target_compile_options(${target} ${scope}
      -fsanitize=${TILLSTORM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} ${scope} -fsanitize=${TILLSTORM_SANITIZE})
  endif()
endfunction()

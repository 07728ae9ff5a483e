# How our own code is compiled. Third-party targets never see these flags.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# tillstorm_compile_options(TARGET PUBLIC|PRIVATE|INTERFACE)
#
# -ffp-contract=off keeps a*b+c two roundings on every compiler, so that g++ and clang++ give the same digest.
# -march=native is never used, for the same reason.
function(tillstorm_compile_options target scope)
  target_compile_options(${target} ${scope}
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Werror
    -ffp-contract=off)
  if(TILLSTORM_SANITIZE)
    target_compile_options(${target} ${scope}
      -fsanitize=${TILLSTORM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} ${scope} -fsanitize=${TILLSTORM_SANITIZE})
  endif()
endfunction()

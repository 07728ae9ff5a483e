#include "bindings/memory_limit.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>

namespace tillstorm::bindings {
namespace {

/// The number in a control group's file; the greatest number where there is none, or it says `max`.
std::uint64_t limit_in(const char* file) {
  std::uint64_t limit = 0;
  std::ifstream stream(file);
  return stream >> limit ? limit : std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

std::uint64_t memory_limit_bytes() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
  if (pages > 0 && page_bytes > 0) limit = static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes);
  for (const char* file : {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    limit = std::min(limit, limit_in(file));
  }
  return limit;
}

}  // namespace tillstorm::bindings

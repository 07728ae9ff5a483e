#pragma once
// Seconds of CPU and of wall clock since construction, and the memory that the process has needed at most.
#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace bench {

class Stopwatch {
 public:
  double cpu_s() const { return read(CLOCK_PROCESS_CPUTIME_ID) - cpu_; }
  double wall_s() const { return read(CLOCK_MONOTONIC) - wall_; }

 private:
  static double read(clockid_t clock) {
    timespec t{};
    clock_gettime(clock, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
  }
  double cpu_ = read(CLOCK_PROCESS_CPUTIME_ID);
  double wall_ = read(CLOCK_MONOTONIC);
};

/// Peak resident memory of this program [bytes]. getrusage would also count that of the process that started it.
inline std::int64_t peak_rss_bytes() {
  if (std::FILE* status = std::fopen("/proc/self/status", "r")) {
    char line[256];
    long long kib = -1;
    while (kib < 0 && std::fgets(line, sizeof line, status) != nullptr)
      if (std::strncmp(line, "VmHWM:", 6) == 0) kib = std::strtoll(line + 6, nullptr, 10);
    std::fclose(status);
    if (kib >= 0) return kib * 1024;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace bench

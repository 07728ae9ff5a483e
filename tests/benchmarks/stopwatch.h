#pragma once
// Seconds of CPU and of wall clock since construction, and the memory that the process has needed at most.
#include <sys/resource.h>

#include <cstdint>
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

/// Peak resident memory of this process [bytes].
inline std::int64_t peak_rss_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace bench

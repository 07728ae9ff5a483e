#pragma once
// Files that are generated from the code and committed: a test holds them equal.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "source_dir.h"

namespace tillstorm {

/// Expects the file at `path` (from the root of the project) to hold exactly `text`. With TILLSTORM_UPDATE set in the
/// environment it writes the file instead; the reviewer then reads the difference.
inline void expect_committed(const std::string& path, const std::string& text) {
  const std::string full_path = std::string(TILLSTORM_SOURCE_DIR) + "/" + path;
  if (std::getenv("TILLSTORM_UPDATE") != nullptr) {
    std::ofstream(full_path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(full_path, std::ios::binary);
  std::ostringstream committed;
  committed << file.rdbuf();
  EXPECT_TRUE(committed.str() == text) << path
                                       << " is not what the code generates: run this test with TILLSTORM_UPDATE=1 "
                                       << "and read what changes";
}

}  // namespace tillstorm

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "base/error.h"
#include "record/table.h"

namespace tillstorm {
namespace {

struct Row {
  std::int64_t number = 0;
  std::int64_t square = 0;
  std::int64_t rest = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Row::number, Field("number", "A number."));
    visit(&Row::square, Field("square", "Its square."));
    visit(&Row::rest, Field("rest", "Its rest by seven."));
  }
};

Row row_of(std::int64_t i) { return {i, i * i, i % 7}; }

std::shared_ptr<ChunkFile> file_here() { return std::make_shared<ChunkFile>(::testing::TempDir()); }

void append_rows(Table<Row>& table, std::uint64_t rows) {
  for (std::uint64_t i = 0; i < rows; ++i) table.append(row_of(static_cast<std::int64_t>(table.size())));
}

void expect_rows(const Table<Row>& table, std::uint64_t rows) {
  const TableView view = table.view("t", "T.");
  ASSERT_EQ(view.rows, rows);
  std::int64_t i = 0;
  for (std::size_t chunk = 0; chunk < view.owners.size(); ++chunk) {
    const auto* number = static_cast<const std::int64_t*>(view.columns[0].chunks[chunk].data);
    const auto* square = static_cast<const std::int64_t*>(view.columns[1].chunks[chunk].data);
    const auto* rest = static_cast<const std::int64_t*>(view.columns[2].chunks[chunk].data);
    for (std::size_t at = 0; at < view.columns[0].chunks[chunk].size; ++at, ++i) {
      ASSERT_EQ(number[at], i);
      ASSERT_EQ(square[at], i * i);
      ASSERT_EQ(rest[at], i % 7);
    }
  }
}

#if defined(__SANITIZE_THREAD__)
#define TILLSTORM_HAS_SHADOW_MEMORY
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TILLSTORM_HAS_SHADOW_MEMORY
#endif
#endif

/// Resident memory of this process [bytes]; without that of a sanitizer, which grows with every address touched.
std::uint64_t resident_bytes() {
#ifdef TILLSTORM_HAS_SHADOW_MEMORY
  const std::set<std::string> counted{"RssFile", "RssShmem"};
#else
  const std::set<std::string> counted{"RssAnon", "RssFile", "RssShmem"};
#endif
  std::uint64_t bytes = 0;
  std::size_t found = 0;
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || counted.count(line.substr(0, colon)) == 0) continue;
    bytes += std::stoull(line.substr(colon + 1)) * 1024;
    ++found;
  }
  EXPECT_EQ(found, counted.size()) << "/proc/self/status has another form";
  return bytes;
}

TEST(TableOnDisk, GivesBackEveryRow) {
  Table<Row> table(file_here());
  append_rows(table, 3 * kRowsPerChunk + 17);
  expect_rows(table, 3 * kRowsPerChunk + 17);
}

TEST(TableOnDisk, DoesNotGrowInMemory) {
  constexpr std::uint64_t kRows = 40 * kRowsPerChunk;  // 60 MB
  Table<Row> table(file_here());
  append_rows(table, kRowsPerChunk);
  const std::uint64_t before = resident_bytes();
  append_rows(table, kRows - kRowsPerChunk);
  const std::uint64_t after = resident_bytes();
  const std::uint64_t grown = after > before ? after - before : 0;
  EXPECT_GT(table.disk_bytes(), kRows * 24);
  EXPECT_LT(grown, table.disk_bytes() / 4);
  EXPECT_LE(table.memory_bytes(), kRowsPerChunk * 24);
}

TEST(TableOnDisk, LeavesNoNameInTheFolder) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / "tillstorm_on_disk_test";
  fs::create_directory(folder);
  Table<Row> table(std::make_shared<ChunkFile>(folder));
  append_rows(table, 10);
  EXPECT_TRUE(fs::is_empty(folder));
  fs::remove(folder);
  expect_rows(table, 10);
}

TEST(TableOnDisk, ACopyAndItsOriginalGoTheirOwnWaysOnTwoThreads) {
  Table<Row> table(file_here());
  append_rows(table, kRowsPerChunk / 2);
  Table<Row> copy = table;
  std::thread other([&] { append_rows(copy, 3 * kRowsPerChunk); });
  append_rows(table, 2 * kRowsPerChunk);
  other.join();
  expect_rows(table, 2 * kRowsPerChunk + kRowsPerChunk / 2);
  expect_rows(copy, 3 * kRowsPerChunk + kRowsPerChunk / 2);
}

TEST(TableOnDisk, NamesTheFolderThatItCannotWriteTo) {
  try {
    const ChunkFile file("/nonexistent/folder");
    FAIL() << "a file was made in a folder that does not exist";
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems.size(), 1);
    EXPECT_EQ(error.problems[0].path, "record.on_disk");
    EXPECT_NE(error.problems[0].message.find("/nonexistent/folder"), std::string::npos);
    EXPECT_NE(error.problems[0].allowed.find("TMPDIR"), std::string::npos);
    EXPECT_EQ(error.problems[0].found, "No such file or directory");
  }
}

/// A limit on the size of files stands for a full disk while it lives.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    (void)std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  FullDisk(FullDisk&&) = delete;
  FullDisk& operator=(FullDisk&&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(TableOnDisk, SaysThatTheDiskIsFullAndCanGoOnWhenItIsNot) {
  Table<Row> table(file_here());
  append_rows(table, kRowsPerChunk);
  {
    const FullDisk full(1'700'000);
    EXPECT_THROW(
        try { append_rows(table, 1); } catch (const InputError& error) {
          EXPECT_NE(error.problems.at(0).message.find("there is no room for"), std::string::npos) << error.what();
          throw;
        },
        InputError);
    EXPECT_EQ(table.size(), kRowsPerChunk);
  }
  append_rows(table, 10);
  expect_rows(table, kRowsPerChunk + 10);
}

TEST(TableOnDisk, UsesTheFolderThatTheEnvironmentNames) {
  const char* named = std::getenv("TMPDIR");
  const std::string before = named == nullptr ? "" : named;
  setenv("TMPDIR", "/some/where", 1);
  EXPECT_EQ(ChunkFile::default_folder(), "/some/where");
  unsetenv("TMPDIR");
  EXPECT_EQ(ChunkFile::default_folder().rfind('/'), ChunkFile::default_folder() == "/tmp" ? 0 : 4);
  if (named != nullptr) setenv("TMPDIR", before.c_str(), 1);
}

}  // namespace
}  // namespace tillstorm

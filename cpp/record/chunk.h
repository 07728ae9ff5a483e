#pragma once
// Where columns live: blocks of memory that are shared once they are full, in memory or in an unlinked temporary file.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace tillstorm {

/// A temporary file that no folder lists any more: it is gone when its last user is, however the program ends.
class ChunkFile {
 public:
  /// Opens it in `folder`. Throws InputError if that is no folder one may write to.
  explicit ChunkFile(std::string folder);
  ~ChunkFile();
  ChunkFile(const ChunkFile&) = delete;
  ChunkFile& operator=(const ChunkFile&) = delete;
  ChunkFile(ChunkFile&&) = delete;
  ChunkFile& operator=(ChunkFile&&) = delete;

  /// $TMPDIR where it is set; otherwise /var/tmp, which unlike /tmp is seldom kept in memory.
  static std::string default_folder();

  const std::string& folder() const { return folder_; }

 private:
  friend class Chunk;

  /// Room for `bytes`, really there on the disk: its offset.
  std::uint64_t reserve(std::size_t bytes);
  /// Gives room back.
  void free(std::uint64_t offset, std::size_t bytes) noexcept;

  std::string folder_;
  int descriptor_ = -1;
  std::atomic<std::uint64_t> end_ = 0;  ///< Snapshots on other threads append to the same file.
};

/// Memory for a fixed number of rows of one table: fresh, zeroed, aligned to a page; untouched pages cost nothing.
class Chunk {
 public:
  /// `file` may be null: anonymous memory. Throws InputError when the file's disk is full; nothing has changed then.
  Chunk(std::size_t bytes, std::shared_ptr<ChunkFile> file);
  ~Chunk();
  Chunk(const Chunk&) = delete;
  Chunk& operator=(const Chunk&) = delete;
  Chunk(Chunk&&) = delete;
  Chunk& operator=(Chunk&&) = delete;

  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }
  bool is_on_disk() const { return file_ != nullptr; }

  /// Gives the pages of a chunk on disk back to the machine; they are read again when somebody looks. In memory:
  /// nothing.
  void drop_resident();

 private:
  std::size_t bytes_ = 0;
  std::byte* data_ = nullptr;
  std::uint64_t offset_ = 0;  ///< In the file.
  std::shared_ptr<ChunkFile> file_;
};

}  // namespace tillstorm

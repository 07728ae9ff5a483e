#include "record/chunk.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "base/error.h"

namespace tillstorm {
namespace {

[[noreturn]] void fail(const std::string& folder, const std::string& what, int error) {
  Problem problem;
  problem.path = "record.on_disk";
  problem.found = std::strerror(error);
  problem.message = what + " in " + folder;
  problem.allowed =
      "another folder, named by the environment variable TMPDIR; fewer tables in record.tables; or memory, "
      "with record.on_disk false";
  throw InputError({problem});
}

std::size_t whole_pages(std::size_t bytes) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

}  // namespace

ChunkFile::ChunkFile(std::string folder) : folder_(std::move(folder)) {
  std::string name = folder_ + "/tillstorm-XXXXXX";
  descriptor_ = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail(folder_, "no temporary file can be made", errno);
  unlink(name.c_str());
}

ChunkFile::~ChunkFile() { close(descriptor_); }

std::string ChunkFile::default_folder() {
  const char* named = std::getenv("TMPDIR");
  if (named != nullptr && *named != '\0') return named;
  return access("/var/tmp", W_OK | X_OK) == 0 ? "/var/tmp" : "/tmp";
}

std::uint64_t ChunkFile::reserve(std::size_t bytes) {
  const std::uint64_t offset = end_.fetch_add(bytes);
  // Without real room, the write that finds the disk full would be a store into mapped memory: a crash, not an error.
  const int error = posix_fallocate(descriptor_, static_cast<off_t>(offset), static_cast<off_t>(bytes));
  if (error != 0) {
    fail(folder_, "there is no room for " + std::to_string(bytes / 1'000'000 + 1) + " MB more of recorded rows", error);
  }
  return offset;
}

void ChunkFile::free(std::uint64_t offset, std::size_t bytes) noexcept {
  // Where the file system cannot do it, the room comes back when the file is closed.
  (void)fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
                  static_cast<off_t>(bytes));
}

Chunk::Chunk(std::size_t bytes, std::shared_ptr<ChunkFile> file) : bytes_(whole_pages(bytes)), file_(std::move(file)) {
  if (file_ != nullptr) offset_ = file_->reserve(bytes_);
  const int flags = file_ == nullptr ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
  const int descriptor = file_ == nullptr ? -1 : file_->descriptor_;
  void* mapped = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, flags, descriptor, static_cast<off_t>(offset_));
  if (mapped == MAP_FAILED) {
    if (file_ == nullptr) throw std::bad_alloc();
    const int error = errno;
    file_->free(offset_, bytes_);
    fail(file_->folder(), "recorded rows cannot be mapped", error);
  }
  data_ = static_cast<std::byte*>(mapped);
}

Chunk::~Chunk() {
  munmap(data_, bytes_);
  if (file_ != nullptr) file_->free(offset_, bytes_);
}

void Chunk::drop_resident() {
  // The pages are shared with the file, so what was written goes there; only this process's copies are given up.
  if (file_ != nullptr) madvise(data_, bytes_, MADV_DONTNEED);
}

}  // namespace tillstorm

#pragma once
// Large arrays on huge pages. Each event reads a few cells at random out of all places' cells: on pages of 4 KiB nearly
// every one of them also misses in the processor's table of pages, which costs more than the memory itself.
#include <cstddef>
#include <new>
#include <type_traits>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace tillstorm {

inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

/// Gives arrays of a megabyte and more whole huge pages, if the system hands them out to those who ask ("madvise" or
/// "always" in transparent_hugepage/enabled); otherwise, and for small arrays, what everybody gets. Only speed differs.
template <class Value>
struct HugePageAllocator {
  using value_type = Value;
  using is_always_equal = std::true_type;

  HugePageAllocator() = default;
  template <class Other>
  // NOLINTNEXTLINE(google-explicit-constructor): an allocator converts, as the standard asks
  HugePageAllocator(const HugePageAllocator<Other>& /*other*/) {}

  Value* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / 2 / sizeof(Value)) throw std::bad_array_new_length();
    const std::size_t bytes = count * sizeof(Value);
    if (!is_large(bytes)) return static_cast<Value*>(::operator new(bytes));
    const std::size_t whole = (bytes + kHugePage - 1) / kHugePage * kHugePage;
    void* const memory = ::operator new (whole, std::align_val_t{kHugePage});
#ifdef MADV_HUGEPAGE
    ::madvise(memory, whole, MADV_HUGEPAGE);  // a refusal changes nothing
#endif
    return static_cast<Value*>(memory);
  }
  void deallocate(Value* memory, std::size_t count) noexcept {
    if (is_large(count * sizeof(Value))) {
      ::operator delete (memory, std::align_val_t{kHugePage});
    } else {
      ::operator delete(memory);
    }
  }

  friend bool operator==(const HugePageAllocator& /*a*/, const HugePageAllocator& /*b*/) { return true; }

 private:
  static constexpr bool is_large(std::size_t bytes) { return bytes >= kHugePage / 2; }
};

/// A vector whose elements lie on huge pages once they are many.
template <class Value>
using LargeVector = std::vector<Value, HugePageAllocator<Value>>;

}  // namespace tillstorm

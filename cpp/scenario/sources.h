#pragma once
// The texts a scenario was read from, and the problems found in them.
#include <cstddef>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "scenario/json_node.h"

namespace tillstorm {

struct Source {
  std::string name;              ///< As the user knows it.
  std::string text;              ///< All of it.
  std::filesystem::path folder;  ///< Where its relative paths start; empty if it has no folder.
};

struct LineColumn {
  int line = 1;
  int column = 1;  ///< In characters.
};

class Sources {
 public:
  /// Its index. Earlier sources stay where they are.
  std::uint32_t add(Source source);
  const Source& at(std::uint32_t index) const { return sources_[index]; }
  LineColumn line_and_column(TextPlace place) const;

 private:
  std::deque<Source> sources_;
};

/// What is said of a problem besides where it is.
struct Complaint {
  std::string message;
  std::string found{};
  std::string allowed{};
  std::string nearest{};
};

/// Collects problems; after a hundred it only counts, since a file that is wrong all over needs no longer list.
class Problems {
 public:
  explicit Problems(const Sources& sources) : sources_(&sources) {}

  void add(TextPlace place, std::string path, Complaint complaint);
  /// Without a place in a text, as for a file that is not there.
  void add_without_place(std::string file, std::string path, Complaint complaint);
  /// Throws InputError with all of them, if there are any.
  void throw_if_any() const;

 private:
  void keep(Problem problem);

  const Sources* sources_;
  std::vector<Problem> problems_;
  std::size_t left_out_ = 0;
};

}  // namespace tillstorm

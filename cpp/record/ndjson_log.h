#pragma once
// Transaction logs as NDJSON: one JSON object a line, read as a stream in blocks of a few MiB.
#include <cstdint>
#include <string>
#include <vector>

namespace tillstorm {

/// One field of every row, kept once for each distinct text. Numbers keep the digits with which they are written, so
/// that money never passes through a float.
struct NdjsonColumn {
  std::string name;
  std::vector<std::int32_t> codes;  ///< Index into `values` for each row; -1 where the field is absent, null or "".
  std::vector<std::string> values;  ///< UTF-8, in order of first appearance.
};

/// A line that is no row.
struct NdjsonError {
  std::uint64_t row = 0;  ///< Line of the file, from 1.
  std::string message;    ///< What is wrong with it.
};

struct NdjsonLog {
  std::vector<std::uint64_t> rows;  ///< Line of each row in the columns, from 1; blank lines are no rows.
  std::vector<NdjsonColumn> columns;
  std::vector<NdjsonError> errors;  ///< In the order of the file.
  std::vector<std::string> keys;    ///< Every key that occurs, in order of first appearance.
};

/// Read the named fields of a log of flat objects. A line that is not one object, or holds a named field twice or with
/// an object, list or boolean in it, becomes an error and no row.
/// Throws std::runtime_error if the file cannot be read, or if a line is longer than 1 GiB.
NdjsonLog read_ndjson_log(const std::string& path, const std::vector<std::string>& names);

}  // namespace tillstorm

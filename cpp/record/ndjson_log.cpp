#include "record/ndjson_log.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tillstorm {
namespace {

using simdjson::ondemand::json_type;

constexpr std::size_t kBlockBytes = std::size_t{4} << 20;
constexpr std::size_t kLongestLine = std::size_t{1} << 30;

/// Whether `text` is a number by the grammar of JSON, whatever its size.
bool is_json_number(std::string_view text) {
  std::size_t at = 0;
  const auto is = [&](char wanted) { return at < text.size() && text[at] == wanted; };
  const auto digits = [&] {
    const std::size_t before = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - before;
  };
  if (is('-')) ++at;
  const bool leads_with_zero = is('0');
  const std::size_t whole = digits();
  if (whole == 0 || (leads_with_zero && whole > 1)) return false;
  if (is('.')) {
    ++at;
    if (digits() == 0) return false;
  }
  if (is('e') || is('E')) {
    ++at;
    if (is('+') || is('-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

/// Codes of texts, in order of first appearance. Open addressing over the codes, with 32 bits of each hash beside them,
/// so that a lookup mostly touches one cache line of the table and the text that it finds.
class TextCodes {
 public:
  /// The code of a text, which is added to `values` if it is new.
  std::int32_t code_of(std::string_view text, std::vector<std::string>& values) {
    // Rows of one basket follow each other, with the same store, time and customer.
    if (last_ < values.size() && values[last_] == text) return static_cast<std::int32_t>(last_);
    if (values.size() * 2 >= slots_.size()) grow();
    const std::size_t hash = std::hash<std::string_view>{}(text);
    const auto mark = static_cast<std::uint32_t>(hash >> 32U);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].code >= 0; at = (at + 1) & (slots_.size() - 1)) {
      const auto code = static_cast<std::size_t>(slots_[at].code);
      if (slots_[at].mark == mark && values[code] == text) return last_ = code, slots_[at].code;
    }
    last_ = values.size();
    slots_[at] = {static_cast<std::int32_t>(last_), mark, hash};
    values.emplace_back(text);
    return slots_[at].code;
  }

 private:
  struct Slot {
    std::int32_t code = -1;
    std::uint32_t mark = 0;
    std::size_t hash = 0;
  };

  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.code < 0) continue;
      std::size_t at = slot.hash & (slots_.size() - 1);
      while (slots_[at].code >= 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t last_ = 0;
};

class Builder {
 public:
  explicit Builder(const std::vector<std::string>& names) : known_(names.size()), codes_(names.size()) {
    for (const std::string& name : names) log_.columns.push_back({name, {}, {}});
  }

  NdjsonLog take() { return std::move(log_); }

  /// Add one row; what is wrong with it, or empty.
  std::string add(simdjson::ondemand::document_reference document, std::uint64_t line) {
    std::fill(codes_.begin(), codes_.end(), kUnseen);
    simdjson::ondemand::object object;
    if (const auto error = document.get_object().get(object)) return problem(error, "expected one JSON object");
    std::size_t place = 0;
    for (auto entry : object) {
      simdjson::ondemand::field field;
      if (const auto error = std::move(entry).get(field)) return problem(error, "not JSON");
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return problem(error, "not JSON");
      const auto at = column_of(key, place++);
      if (!at) continue;
      if (codes_[*at] != kUnseen) return "field `" + std::string(key) + "` occurs twice";
      if (std::string message = read_value(*at, field.value()); !message.empty()) return message;
    }
    log_.rows.push_back(line);
    for (std::size_t i = 0; i < codes_.size(); ++i) log_.columns[i].codes.push_back(std::max(codes_[i], kEmpty));
    return {};
  }

  void reject(std::uint64_t line, std::string message) { log_.errors.push_back({line, std::move(message)}); }

  [[nodiscard]] std::size_t rows() const { return log_.rows.size(); }
  void drop_rows_from(std::size_t row) {
    log_.rows.resize(row);
    for (NdjsonColumn& column : log_.columns) column.codes.resize(row);
  }

 private:
  static constexpr std::int32_t kEmpty = -1;
  static constexpr std::int32_t kUnseen = -2;

  static std::string problem(simdjson::error_code error, const char* what) {
    return std::string(what) + ": " + simdjson::error_message(error);
  }

  /// The column of a key, if it is a wanted one. Rows mostly have the same keys in the same order: each place remembers
  /// the key that it held last.
  std::optional<std::size_t> column_of(std::string_view key, std::size_t place) {
    if (place >= places_.size()) places_.resize(place + 1);
    Place& known = places_[place];
    if (known.key != key || !known.is_set) {
      known = {std::string(key), std::nullopt, true};
      for (std::size_t i = 0; i < log_.columns.size(); ++i)
        if (log_.columns[i].name == key) known.column = i;
      key_codes_.code_of(key, log_.keys);
    }
    return known.column;
  }

  /// What is wrong with the value, or empty.
  std::string read_value(std::size_t at, simdjson::ondemand::value value) {
    json_type type{};
    if (const auto error = value.type().get(type)) return problem(error, "not JSON");
    if (type == json_type::string) {
      std::string_view text;
      if (const auto error = value.get_string().get(text)) return problem(error, "not JSON");
      codes_[at] = intern(at, text);
      return {};
    }
    if (type == json_type::object || type == json_type::array || type == json_type::boolean)
      return "field `" + log_.columns[at].name + "` holds neither text nor a number";
    std::string_view token = value.raw_json_token();
    while (!token.empty() && std::strchr(" \t\r\n", token.back()) != nullptr) token.remove_suffix(1);
    if (token == "null") {
      codes_[at] = kEmpty;
      return {};
    }
    if (!is_json_number(token)) return "field `" + log_.columns[at].name + "` holds neither text nor a number";
    codes_[at] = intern(at, token);
    return {};
  }

  std::int32_t intern(std::size_t at, std::string_view text) {
    return text.empty() ? kEmpty : known_[at].code_of(text, log_.columns[at].values);
  }

  struct Place {
    std::string key;
    std::optional<std::size_t> column;
    bool is_set = false;
  };

  NdjsonLog log_;
  std::vector<TextCodes> known_;
  TextCodes key_codes_;
  std::vector<Place> places_;
  std::vector<std::int32_t> codes_;
};

/// Text of whole lines, with the padding that the parser reads into.
struct Block {
  const char* data = nullptr;
  std::size_t bytes = 0;
  std::size_t capacity = 0;
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

std::uint64_t count_lines(const char* begin, const char* end) {
  return static_cast<std::uint64_t>(std::count(begin, end, '\n'));
}

/// All documents of a block as one stream. False, with nothing added, as soon as anything is not exactly one good
/// object a line: then the block is read line by line, which can say where.
bool read_stream(simdjson::ondemand::parser& parser, const Block& block, std::uint64_t first_line, Builder& builder) {
  const std::size_t rows_before = builder.rows();
  const auto give_up = [&] { return builder.drop_rows_from(rows_before), false; };
  simdjson::ondemand::document_stream stream;
  if (parser.iterate_many(block.data, block.bytes, std::max(block.bytes, simdjson::dom::MINIMAL_BATCH_SIZE))
          .get(stream))
    return give_up();
  std::uint64_t line = first_line;
  std::size_t counted = 0;  // Bytes whose line ends are in `line`.
  std::uint64_t last_used = 0;
  for (auto it = stream.begin(); it != stream.end(); ++it) {
    if (it.error()) return give_up();
    const std::size_t at = it.current_index();
    if (at < counted || at >= block.bytes) return give_up();
    line += count_lines(block.data + counted, block.data + at);
    counted = at;
    const std::string_view source = it.source();
    if (line == last_used || source.find('\n') != std::string_view::npos) return give_up();
    last_used = line;
    auto document = *it;
    if (document.error() || !builder.add(document.value_unsafe(), line).empty()) return give_up();
  }
  if (stream.truncated_bytes() != 0) return give_up();
  return true;
}

bool is_at_end(simdjson::ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

/// The lines of a block one by one: slower, and each failure stays on its line.
void read_lines(simdjson::ondemand::parser& parser, const Block& block, std::uint64_t first_line, Builder& builder) {
  std::uint64_t line = first_line;
  for (std::size_t at = 0; at < block.bytes; ++line) {
    const void* end = std::memchr(block.data + at, '\n', block.bytes - at);
    const std::size_t stop = end ? static_cast<std::size_t>(static_cast<const char*>(end) - block.data) : block.bytes;
    const std::string_view text(block.data + at, stop - at);
    if (!is_blank(text)) {
      simdjson::ondemand::document document;
      const simdjson::padded_string_view padded(text.data(), text.size(), block.capacity - at);
      const std::size_t rows_before = builder.rows();
      std::string message;
      if (const auto error = parser.iterate(padded).get(document))
        message = std::string("not JSON: ") + simdjson::error_message(error);
      else if (message = builder.add(document, line); message.empty() && !is_at_end(document))
        message = "more than one JSON object on the line";
      if (!message.empty()) {
        builder.drop_rows_from(rows_before);
        builder.reject(line, std::move(message));
      }
    }
    at = stop + 1;
  }
}

}  // namespace

NdjsonLog read_ndjson_log(const std::string& path, const std::vector<std::string>& names) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("log " + path + ": cannot be opened for reading");
  Builder builder(names);
  simdjson::ondemand::parser parser;
  std::vector<char> buffer(kBlockBytes + simdjson::SIMDJSON_PADDING);
  std::size_t held = 0;  // Bytes at the start of the buffer that no block has covered yet: the start of a line.
  std::uint64_t line = 1;
  bool at_start = true;
  while (true) {
    file.read(buffer.data() + held, static_cast<std::streamsize>(buffer.size() - simdjson::SIMDJSON_PADDING - held));
    const auto got = static_cast<std::size_t>(file.gcount());
    if (file.bad()) throw std::runtime_error("log " + path + ": reading failed after line " + std::to_string(line));
    const std::size_t filled = held + got;
    std::size_t begin = 0;
    if (std::exchange(at_start, false) && filled >= 3 && std::memcmp(buffer.data(), "\xEF\xBB\xBF", 3) == 0) begin = 3;
    const bool is_last = file.eof();
    std::size_t end = filled;
    if (!is_last)
      while (end > begin && buffer[end - 1] != '\n') --end;
    if (end == begin && !is_last) {  // No line ends in the whole buffer.
      if (buffer.size() >= kLongestLine)
        throw std::runtime_error("log " + path + ": line " + std::to_string(line) + " is longer than 1 GiB");
      std::memmove(buffer.data(), buffer.data() + begin, filled - begin);
      held = filled - begin;
      buffer.resize(buffer.size() * 2);
      continue;
    }
    const Block block{buffer.data() + begin, end - begin, buffer.size() - begin};
    if (block.bytes > 0 && !read_stream(parser, block, line, builder)) read_lines(parser, block, line, builder);
    if (is_last) return builder.take();
    line += count_lines(block.data, block.data + block.bytes);
    held = filled - end;
    std::memmove(buffer.data(), buffer.data() + end, held);
  }
}

}  // namespace tillstorm

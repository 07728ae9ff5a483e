// The one file of messages/ that knows simdjson.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include "base/gtin.h"
#include "base/iso8601.h"
#include "base/nearest.h"
#include "messages/body_hash.h"
#include "messages/body_of.h"
#include "messages/codec.h"

namespace tillstorm {
namespace {

using simdjson::dom::element;

constexpr std::size_t kMostProblems = 20;
constexpr std::size_t kLongestExcerpt = 60;
constexpr std::size_t kMostMembers = 200;

/// The value as it was written, cut where it is long.
std::string excerpt(const element& value) {
  std::string text = simdjson::minify(value);
  if (text.size() <= kLongestExcerpt) return text;
  std::size_t end = kLongestExcerpt;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  return text.substr(0, end) + "...";
}

/// What went wrong so far.
class Complaints {
 public:
  void add(std::string path, std::string message, std::string found, std::string allowed,
           std::string_view nearest = {}) {
    if (problems.size() == kMostProblems) return;
    Problem problem;
    problem.path = std::move(path);
    problem.message = std::move(message);
    problem.found = std::move(found);
    problem.allowed = std::move(allowed);
    problem.nearest = nearest;
    problems.push_back(std::move(problem));
  }
  bool is_full() const { return problems.size() == kMostProblems; }

  std::vector<Problem> problems;
};

/// The members of one object: each is asked for once, and what nobody asked for is reported at the end.
class Members {
 public:
  Members(const element& value, std::string path, Complaints& complaints)
      : path_(std::move(path)), complaints_(&complaints) {
    simdjson::dom::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
      complaints_->add(path_, "this must be an object", excerpt(value), "an object: { ... }");
      is_object_ = false;
      return;
    }
    for (const auto& field : object) {
      if (members_.size() == kMostMembers) {
        complaints_->add(path_, "the object has far more members than any message", std::to_string(object.size()), "");
        break;
      }
      const auto has_key = [&](const Member& member) { return member.key == field.key; };
      if (std::any_of(members_.begin(), members_.end(), has_key)) {
        complaints_->add(path_to(field.key), "the member is given twice in one object", excerpt(field.value),
                         "each member once");
      } else {
        members_.push_back({field.key, field.value, false});
      }
    }
  }

  bool is_object() const { return is_object_; }
  std::string path_to(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }

  /// The member, or null. One that is missing is a problem, unless it `may_be_missing`.
  const element* take(std::string_view key, bool may_be_missing = false) {
    asked_.push_back(key);
    for (Member& member : members_) {
      if (member.key != key) continue;
      member.is_taken = true;
      return &member.value;
    }
    if (is_object_ && !may_be_missing) complaints_->add(path_to(key), "the member is missing", "", "");
    return nullptr;
  }

  void report_unknown() {
    for (const Member& member : members_) {
      if (member.is_taken) continue;
      std::string allowed;
      for (const std::string_view key : asked_) allowed += (allowed.empty() ? "" : ", ") + std::string(key);
      complaints_->add(path_to(member.key), "there is no such member", excerpt(member.value), std::move(allowed),
                       nearest_name(member.key, asked_));
    }
  }

 private:
  struct Member {
    std::string_view key;
    element value;
    bool is_taken = false;
  };
  std::string path_;
  Complaints* complaints_;
  std::vector<Member> members_;
  std::vector<std::string_view> asked_;
  bool is_object_ = true;
};

/// Reads one value as its type demands.
struct ValueReader {
  const Identities& identities;
  Complaints& complaints;

  void wrong(const element& value, const std::string& path, std::string allowed, std::string_view nearest = {}) const {
    complaints.add(path, "this is no such value", excerpt(value), std::move(allowed), nearest);
  }

  void operator()(const element& value, const std::string& path, PlaceId& out) const {
    std::string_view code;
    if (value.get_string().get(code) != simdjson::SUCCESS) return wrong(value, path, "the code of a place, as text");
    if (const auto place = identities.find_place(code)) {
      out = *place;
    } else {
      complaints.add(path, "there is no such place", excerpt(value),
                     "the code of one of " + std::to_string(identities.places()) + " places",
                     nearest_name(code, identities.place_codes()));
    }
  }
  void operator()(const element& value, const std::string& path, ItemId& out) const {
    std::string_view code;
    if (value.get_string().get(code) != simdjson::SUCCESS) return wrong(value, path, "a GTIN or an item's id, as text");
    if (const auto item = identities.find_item(code)) {
      out = *item;
    } else if (has_gtin_form(code) && !is_gtin(code)) {
      complaints.add(path, "there is no such item, and as a GTIN its check digit is wrong", excerpt(value),
                     std::string("a last digit of ") + gtin_check_digit(code.substr(0, code.size() - 1)));
    } else {
      complaints.add(path, "there is no such item", excerpt(value),
                     "the GTIN, or the id, of one of " + std::to_string(identities.items()) + " items",
                     nearest_name(code, identities.item_ids()));
    }
  }
  void operator()(const element& value, const std::string& path, Date& out) const {
    std::string_view text;
    const auto date = value.get_string().get(text) == simdjson::SUCCESS ? parse_date(text) : std::nullopt;
    if (!date) return wrong(value, path, "a date as \"2026-11-27\"");
    out = *date;
  }
  void operator()(const element& value, const std::string& path, Time& out) const {
    std::string_view text;
    const auto moment = value.get_string().get(text) == simdjson::SUCCESS ? parse_moment(text) : std::nullopt;
    if (!moment || !moment->is_absolute) {
      return wrong(value, path, "a moment with its offset as \"2026-11-27T13:42:07.25-05:00\", to the microsecond");
    }
    out = Time{moment->us};
  }
  void operator()(const element& value, const std::string& path, std::uint64_t& out) const {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS || text.size() != 16 ||
        text.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
      return wrong(value, path, "sixteen hexadecimal digits in lower case, as text");
    }
    out = 0;
    for (const char c : text) out = out << 4 | static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  template <class Value>
  void operator()(const element& value, const std::string& path, Value& out) const {
    if constexpr (std::is_enum_v<Value>) {
      enumerator(value, path, out);
    } else if constexpr (std::is_array_v<Value>) {
      fixed_list(value, path, out);
    } else {
      static_assert(std::is_integral_v<Value>, "a field of a message has one of the types named in codec.h");
      integer(value, path, out);
    }
  }

 private:
  template <class Enum>
  void enumerator(const element& value, const std::string& path, Enum& out) const {
    std::string_view name;
    const bool is_text = value.get_string().get(name) == simdjson::SUCCESS;
    std::string allowed;
    std::vector<std::string_view> names;
    for (const auto& each : names_of(Enum{})) {
      if (is_text && each.name == name) {
        out = each.value;
        return;
      }
      allowed += (allowed.empty() ? "" : ", ") + std::string(each.name);
      names.push_back(each.name);
    }
    wrong(value, path, std::move(allowed), is_text ? nearest_name(name, names) : std::string_view{});
  }

  template <class Value, std::size_t N>
  void fixed_list(const element& value, const std::string& path, Value (&out)[N]) const {
    simdjson::dom::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS || list.size() != N) {
      return wrong(value, path, "a list of " + std::to_string(N) + " values");
    }
    std::size_t i = 0;
    for (const element each : list) {
      (*this)(each, path + "[" + std::to_string(i) + "]", out[i]);
      ++i;
    }
  }

  template <class Integer>
  void integer(const element& value, const std::string& path, Integer& out) const {
    using Limits = std::numeric_limits<Integer>;
    std::int64_t number = 0;
    if (value.get_int64().get(number) == simdjson::SUCCESS && std::in_range<Integer>(number)) {
      out = static_cast<Integer>(number);
      return;
    }
    wrong(value, path, "a whole number from " + std::to_string(Limits::min()) + " to " + std::to_string(Limits::max()));
  }
};

template <class Struct>
struct FieldReader {
  Struct& object;
  Members& members;
  const ValueReader& read;

  template <class Value>
  void operator()(Value Struct::*member, const Field& field) {
    constexpr bool is_hash = std::is_same_v<Value, std::uint64_t>;
    if (const element* value = members.take(field.name, is_hash || field.added_in > 1)) {
      read(*value, members.path_to(field.name), object.*member);
    }
  }
};

template <class Struct>
void read_object(const element& value, const std::string& path, Struct& out, const ValueReader& read) {
  Members members(value, path, read.complaints);
  if (!members.is_object()) return;
  FieldReader<Struct> visitor{out, members, read};
  Struct::fields(visitor);
  members.report_unknown();
}

void check_currency(const element& value, const Identities& identities, Complaints& complaints) {
  Members members(value, "currency", complaints);
  if (!members.is_object()) return;
  const auto demand = [&](std::string_view key, const element* found, const std::string& wanted) {
    if (found != nullptr && excerpt(*found) != wanted) {
      complaints.add(members.path_to(key), "this run has another currency", excerpt(*found), wanted);
    }
  };
  demand("code", members.take("code"), "\"" + identities.currency() + "\"");
  demand("exponent", members.take("exponent"), std::to_string(identities.currency_exponent()));
  members.report_unknown();
}

std::vector<Line> read_lines(const element& value, const ValueReader& read) {
  std::vector<Line> lines;
  simdjson::dom::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) {
    read.complaints.add("lines", "this must be a list", excerpt(value), "a list: [ ... ]");
    return lines;
  }
  for (const element each : list) {
    const std::string path = "lines[" + std::to_string(lines.size()) + "]";
    read_object(each, path, lines.emplace_back(), read);
    if (read.complaints.is_full()) break;
  }
  return lines;
}

/// Reads a document that is JSON. Nothing is created if there is a problem.
std::optional<MessageId> read_message(const element& root, const ValueReader& read, MessagePool& pool) {
  Members members(root, "", read.complaints);
  if (!members.is_object()) return std::nullopt;

  Message message;
  const element* envelope = members.take("envelope");
  if (envelope != nullptr) read_object(*envelope, "envelope", message.envelope, read);
  if (const element* currency = members.take("currency")) check_currency(*currency, read.identities, read.complaints);
  const auto hides_type = [](const Problem& problem) {
    return problem.path == "envelope" || problem.path == "envelope.type";
  };
  const bool is_type_known = std::none_of(read.complaints.problems.begin(), read.complaints.problems.end(), hides_type);
  if (const element* body = members.take("body"); body != nullptr && is_type_known) {
    with_body(message.envelope.type, message, [&]<class Body>(Body& out) {
      out = Body{};
      read_object(*body, "body", out, read);
    });
  }
  std::vector<Line> lines;
  if (const element* found = members.take("lines")) lines = read_lines(*found, read);
  members.report_unknown();
  if (!read.complaints.problems.empty()) return std::nullopt;

  element given_hash;
  if (envelope->at_key("body_hash").get(given_hash) != simdjson::SUCCESS) {
    message.envelope.body_hash = body_hash(message, lines);
  }
  const MessageId id = pool.create(message.envelope.type);
  message.references = pool[id].references;
  message.lines = pool[id].lines;
  pool[id] = message;
  for (const Line& line : lines) pool.add_line(id, line);
  return id;
}

std::string syntax_message(simdjson::error_code error) {
  switch (error) {
    case simdjson::EMPTY:
      return "the text is empty";
    case simdjson::UTF8_ERROR:
      return "the text is not UTF-8";
    case simdjson::NUMBER_ERROR:
      return "a number is malformed, or beyond 64 bits";
    case simdjson::DEPTH_ERROR:
      return "objects and lists are nested too deeply";
    case simdjson::CAPACITY:
      return "the text is longer than 4 GB";
    default:
      return std::string("the text is no JSON: ") + simdjson::error_message(error);
  }
}

}  // namespace

Decoded decode_json(std::string_view text, const Identities& identities, MessagePool& pool) {
  Decoded decoded;
  Complaints complaints;
  simdjson::dom::parser parser;
  element root;
  if (text.empty()) text = " ";  // so that there is something to point at
  if (const auto error = parser.parse(text.data(), text.size()).get(root); error != simdjson::SUCCESS) {
    complaints.add("", syntax_message(error), "", "one message as a JSON object");
  } else {
    decoded.message = read_message(root, {identities, complaints}, pool);
  }
  decoded.problems = std::move(complaints.problems);
  return decoded;
}

}  // namespace tillstorm

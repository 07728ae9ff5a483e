#include "messages/body_hash.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "messages/random_messages.h"
#include "rules/schema.h"

namespace tillstorm {
namespace {

/// Calls `with()` after changing each field of `object` in turn, putting it back each time.
template <class Struct, class With>
struct ChangeEachField {
  Struct& object;
  With with;

  template <class Value>
  void operator()(Value Struct::*member, const Field& field) {
    if constexpr (std::is_array_v<Value>) {
      for (auto& each : object.*member) change(each, field);
    } else {
      change(object.*member, field);
    }
  }
  template <class Value>
  void change(Value& value, const Field& field) {
    const Value before = value;
    if constexpr (std::is_same_v<Value, Time>) {
      ++value.us;
    } else if constexpr (std::is_same_v<Value, Date>) {
      ++value.days;
    } else {
      value = static_cast<Value>(static_cast<std::uint64_t>(value) + 1);
    }
    with(field.name);
    value = before;
  }
};

template <class Struct, class With>
void change_each_field(Struct& object, With with) {
  ChangeEachField<Struct, With> visitor{object, with};
  Struct::fields(visitor);
}

// Property: for messages of every type, changing any one field of the body or of a line changes the hash.
TEST(BodyHash, SeesEveryFieldOfBodyAndLines) {
  for (const auto& type : names_of(MessageType{})) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      Arbitrary any(seed);
      Message message = arbitrary_message(type.value, any);
      message.envelope.schema_version = kNewestSchema;
      std::vector<Line> lines = arbitrary_lines(any);
      const std::uint64_t hash = body_hash(message, lines);
      const auto expect_another = [&](std::string_view name) {
        EXPECT_NE(body_hash(message, lines), hash) << type.name << " " << name;
      };
      with_body(type.value, message, [&](auto& body) { change_each_field(body, expect_another); });
      for (Line& line : lines) change_each_field(line, expect_another);
    }
  }
}

TEST(BodyHash, LeavesOutWhatALaterVersionOfTheSchemaHasAdded) {
  Message message;
  message.envelope.schema_version = 1;
  const std::uint64_t hash = body_hash(message, {});
  message.ticket.bag_fee = 10;
  EXPECT_EQ(body_hash(message, {}), hash) << "a resend across an upgrade is no conflict";
  message.envelope.schema_version = 2;
  EXPECT_NE(body_hash(message, {}), hash);
}

TEST(BodyHash, SeesATruncatedListOfLines) {
  Arbitrary any(3);
  const Message message = arbitrary_message(MessageType::ticket, any);
  const std::vector<Line> lines(5);
  std::set<std::uint64_t> hashes;
  for (std::size_t count = 0; count <= lines.size(); ++count) {
    hashes.insert(body_hash(message, std::span(lines).first(count)));
  }
  EXPECT_EQ(hashes.size(), 6) << "lines of zeros count too";
}

TEST(BodyHash, SeesTheOrderOfLines) {
  const std::vector<Line> lines{{ItemId{1}, 2, 3, 4}, {ItemId{5}, 6, 7, 8}};
  const std::vector<Line> swapped{lines[1], lines[0]};
  EXPECT_NE(body_hash(Message{}, lines), body_hash(Message{}, swapped));
}

TEST(BodyHash, TellsTypesOfOneBodyApart) {
  std::set<std::uint64_t> hashes;
  for (const auto& type : names_of(MessageType{})) {
    Message message;
    message.envelope.type = type.value;
    with_body(type.value, message, []<class Body>(Body& body) { body = Body{}; });
    hashes.insert(body_hash(message, {}));
  }
  EXPECT_EQ(hashes.size(), names_of(MessageType{}).size());
}

TEST(BodyHash, LeavesTheEnvelopeOut) {
  Arbitrary any(7);
  Message message = arbitrary_message(MessageType::day_close, any);
  const std::uint64_t hash = body_hash(message, {});
  fill_fields(message.envelope, any);
  message.envelope.type = MessageType::day_close;
  EXPECT_EQ(body_hash(message, {}), hash);
}

TEST(BodyHash, IsTheSameEverywhere) {
  Message message;
  message.envelope.type = MessageType::price_batch;
  message.master = MasterBatchBody{.version = 7, .effective_minute = 300};
  const std::vector<Line> lines{{ItemId{0}, 1, 2499, 500}, {ItemId{1}, -2, 999, 0}};
  EXPECT_EQ(body_hash(message, lines), 12333482170656405893ULL);
}

}  // namespace
}  // namespace tillstorm

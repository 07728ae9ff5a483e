#include "messages/codec.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/check.h"
#include "generated_file.h"
#include "messages/body_hash.h"
#include "messages/random_messages.h"

namespace tillstorm {
namespace {

using Names = std::vector<std::string>;

std::string problems_of(const Decoded& decoded) { return InputError(decoded.problems).what(); }

// Property: for arbitrary messages of every type, reading what was written gives the same message, and writing what was
// read gives the same text.
TEST(Codec, ReadsBackWhatItWrites) {
  const Identities chain = small_chain();
  MessagePool pool;
  for (const auto& type : names_of(MessageType{})) {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      Arbitrary any(seed);
      const Message message = arbitrary_message(type.value, any);
      const std::vector<Line> lines = arbitrary_lines(any);
      const std::string text = encode_json(message, lines, chain);

      const Decoded decoded = decode_json(text, chain, pool);
      ASSERT_TRUE(decoded.message.has_value()) << problems_of(decoded) << "\n" << text;
      ASSERT_EQ(differences_of_messages(message, pool[*decoded.message]), Names{}) << text;
      const auto found = pool.lines(*decoded.message);
      ASSERT_EQ(found.size(), lines.size());
      for (std::size_t i = 0; i < lines.size(); ++i) ASSERT_EQ(differences(lines[i], found[i]), Names{}) << text;

      ASSERT_EQ(encode_json(pool[*decoded.message], found, chain), text);
      pool.release(*decoded.message);
    }
  }
  EXPECT_EQ(pool.live(), 0);
}

// One message of each type, as a person would write it, is kept beside this test for whoever reads the wire.
TEST(Codec, WritesTheCommittedSamples) {
  const Identities chain = small_chain();
  std::string samples = "[\n";
  for (const auto& type : names_of(MessageType{})) {
    Message message;
    message.envelope.type = type.value;
    message.envelope.place = PlaceId{type.value == MessageType::purchase_receipt ? 2U : 0U};
    message.envelope.number = 17;
    message.envelope.source_sequence = 123;
    message.envelope.business_date = date_of({2026, 11, 27});
    message.envelope.event_time = Time{date_of({2026, 11, 27}).days * kDay.us + 18 * kHour.us + 250'000};
    with_body(type.value, message, []<class Body>(Body& body) { body = Body{}; });
    const std::vector<Line> lines{{ItemId{0}, 2, 1998, 500}, {ItemId{3}, -1, 0, 0}};
    message.envelope.body_hash = body_hash(message, lines);
    samples +=
        encode_json(message, lines, chain, 2) + (type.value == names_of(MessageType{}).back().value ? "\n]\n" : ",\n");
  }
  expect_committed("tests/cpp/messages/samples.json", samples);
}

TEST(Codec, NamesPlacesAndItemsAsOthersDo) {
  const Identities chain = small_chain();
  Message message;
  message.envelope.place = PlaceId{1};
  const std::vector<Line> lines{{ItemId{2}, 1, 1, 0}, {ItemId{1}, 1, 1, 0}};
  const std::string text = encode_json(message, lines, chain);
  EXPECT_NE(text.find(R"("place":"Caf)"
                      "\xC3\xA9"
                      R"( \"Nord\"")"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("item":"036000291452")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("item":"bulb")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("currency":{"code":"USD","exponent":2})"), std::string::npos) << text;
}

TEST(Codec, WritesMomentsByTheClockOfThePlace) {
  const Identities chain = small_chain();
  Message message;
  message.envelope.event_time = Time{date_of({2026, 11, 27}).days * kDay.us + 250'000};
  EXPECT_NE(encode_json(message, {}, chain).find(R"("event_time":"2026-11-26T19:00:00.25-05:00")"), std::string::npos);
  message.envelope.place = PlaceId{2};
  EXPECT_NE(encode_json(message, {}, chain).find(R"("event_time":"2026-11-27T00:00:00.25Z")"), std::string::npos);
}

TEST(Codec, ReadsMomentsWithAnyOffset) {
  const Identities chain = small_chain();
  MessagePool pool;
  Message message;
  message.envelope.event_time = Time{date_of({2026, 11, 27}).days * kDay.us};
  std::string text = encode_json(message, {}, chain);
  const std::string written = "2026-11-26T19:00:00-05:00";
  text.replace(text.find(written), written.size(), "2026-11-27T05:30+05:30");
  const Decoded decoded = decode_json(text, chain, pool);
  ASSERT_TRUE(decoded.message.has_value()) << problems_of(decoded);
  EXPECT_EQ(pool[*decoded.message].envelope.event_time.us, message.envelope.event_time.us);
}

TEST(Codec, MakesTheHashOfABodyThatCameWithoutOne) {
  const Identities chain = small_chain();
  MessagePool pool;
  Arbitrary any(5);
  Message message = arbitrary_message(MessageType::ticket, any);
  const std::vector<Line> lines = arbitrary_lines(any);
  message.envelope.body_hash = body_hash(message, lines);
  std::string text = encode_json(message, lines, chain);
  const std::size_t at = text.find(",\"body_hash\":");
  ASSERT_NE(at, std::string::npos);
  text.erase(at, std::string(",\"body_hash\":\"0123456789abcdef\"").size());
  const Decoded decoded = decode_json(text, chain, pool);
  ASSERT_TRUE(decoded.message.has_value()) << problems_of(decoded);
  EXPECT_EQ(pool[*decoded.message].envelope.body_hash, message.envelope.body_hash);
}

TEST(Codec, FindsItemsByGtinWithoutItsLeadingZerosAndById) {
  const Identities chain = small_chain();
  MessagePool pool;
  const std::string text = encode_json(Message{}, std::vector<Line>{{ItemId{2}, 1, 1, 0}}, chain);
  for (const std::string name : {"036000291452", "0036000291452", "00036000291452", "nail"}) {
    std::string other = text;
    other.replace(other.find("036000291452"), 12, name);
    const Decoded decoded = decode_json(other, chain, pool);
    ASSERT_TRUE(decoded.message.has_value()) << problems_of(decoded);
    EXPECT_EQ(pool.lines(*decoded.message)[0].item, ItemId{2}) << name;
  }
}

TEST(Codec, RefusesToWriteAMomentThatIsoCannotName) {
  const Identities chain = small_chain();
  Message message;
  message.envelope.event_time = kNever;
  EXPECT_THROW((void)encode_json(message, {}, chain), InternalError);
}

}  // namespace
}  // namespace tillstorm

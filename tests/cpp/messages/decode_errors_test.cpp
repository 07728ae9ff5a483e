#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "messages/codec.h"
#include "messages/random_messages.h"

namespace tillstorm {
namespace {

/// Reads texts that should be refused.
class DecodeErrors : public ::testing::Test {
 protected:
  DecodeErrors() {
    Message message;
    message.envelope.number = 17;
    message.ticket.net = 1999;
    text_ = encode_json(message, std::vector<Line>{{ItemId{0}, 1, 1999, 0}}, chain_);
  }

  /// The good text with its first `from` replaced by `to`.
  std::string with(const std::string& from, const std::string& to) const {
    std::string changed = text_;
    const std::size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from << " is not in " << text_;
    return changed.replace(at, from.size(), to);
  }
  std::vector<Problem> refuse(const std::string& text) {
    const Decoded decoded = decode_json(text, chain_, pool_);
    EXPECT_FALSE(decoded.message.has_value()) << text;
    EXPECT_FALSE(decoded.problems.empty()) << text;
    EXPECT_EQ(pool_.live(), 0) << "nothing is created from " << text;
    return decoded.problems;
  }
  Problem refuse_once(const std::string& text) {
    const std::vector<Problem> problems = refuse(text);
    EXPECT_EQ(problems.size(), 1) << InputError(problems).what();
    return problems.empty() ? Problem{} : problems.front();
  }

  Identities chain_ = small_chain();
  MessagePool pool_;
  std::string text_;
};

TEST_F(DecodeErrors, UnknownPlace) {
  const Problem problem = refuse_once(with(R"("0001")", R"("0010")"));
  EXPECT_EQ(problem.path, "envelope.place");
  EXPECT_EQ(problem.found, "\"0010\"");
  EXPECT_EQ(problem.nearest, "0001");
}

TEST_F(DecodeErrors, UnknownItem) {
  const Problem problem = refuse_once(with("4006381333931", "lampe"));
  EXPECT_EQ(problem.path, "lines[0].item");
  EXPECT_EQ(problem.nearest, "lamp");
}

TEST_F(DecodeErrors, GtinWithAWrongCheckDigit) {
  const Problem problem = refuse_once(with("4006381333931", "4006381333932"));
  EXPECT_EQ(problem.path, "lines[0].item");
  EXPECT_NE(problem.message.find("check digit"), std::string::npos);
  EXPECT_EQ(problem.allowed, "a last digit of 1");
}

TEST_F(DecodeErrors, UnknownMember) {
  const Problem problem = refuse_once(with(R"("tax":0)", R"("tax":0,"discont":1)"));
  EXPECT_EQ(problem.path, "body.discont");
  EXPECT_EQ(problem.nearest, "discount");
  EXPECT_EQ(refuse_once(with(R"("lines":)", R"("extra":{},"lines":)")).path, "extra");
}

TEST_F(DecodeErrors, MissingMember) {
  EXPECT_EQ(refuse_once(with(R"("tax":0,)", "")).path, "body.tax");
  EXPECT_EQ(refuse_once(with(R"("type":"ticket",)", "")).path, "envelope.type");
  EXPECT_EQ(refuse_once(with(R"("quantity":1,)", "")).path, "lines[0].quantity");
}

TEST_F(DecodeErrors, RepeatedMember) {
  const Problem problem = refuse_once(with(R"("tax":0,)", R"("tax":0,"tax":1,)"));
  EXPECT_EQ(problem.path, "body.tax");
  EXPECT_NE(problem.message.find("twice"), std::string::npos);
}

TEST_F(DecodeErrors, WrongType) {
  for (const std::string wrong : {"\"1999\"", "1999.0", "19.99", "true", "null", "[1999]", "{}"}) {
    const Problem problem = refuse_once(with("\"net\":1999", "\"net\":" + wrong));
    EXPECT_EQ(problem.path, "body.net");
    EXPECT_EQ(problem.found.substr(0, 3), wrong.substr(0, 3));
    EXPECT_EQ(problem.allowed, "a whole number from -9223372036854775808 to 9223372036854775807");
  }
  EXPECT_EQ(refuse_once(with(R"("0001")", "1")).path, "envelope.place");
  EXPECT_EQ(refuse_once(with(R"("4006381333931")", "4006381333931")).path, "lines[0].item");
  EXPECT_EQ(refuse_once(with(R"("cash")", "0")).path, "body.tender");
}

TEST_F(DecodeErrors, NumberThatDoesNotFit) {
  EXPECT_EQ(refuse_once(with(R"("terminal":0)", R"("terminal":65536)")).allowed, "a whole number from 0 to 65535");
  EXPECT_EQ(refuse_once(with(R"("terminal":0)", R"("terminal":-1)")).found, "-1");
  EXPECT_EQ(refuse_once(with(R"("number":17)", R"("number":4294967296)")).path, "envelope.number");
  EXPECT_EQ(refuse_once(with(R"("amount_minor":1999)", R"("amount_minor":2147483648)")).path, "lines[0].amount_minor");
  EXPECT_EQ(refuse_once(with("\"net\":1999", "\"net\":9223372036854775808")).path, "body.net");
  const Problem beyond = refuse_once(with("\"net\":1999", "\"net\":99999999999999999999999"));
  EXPECT_EQ(beyond.message, "a number is malformed, or beyond 64 bits");
}

TEST_F(DecodeErrors, UnknownNameOfAnEnum) {
  const Problem problem = refuse_once(with(R"("cash")", R"("credt")"));
  EXPECT_EQ(problem.nearest, "credit");
  EXPECT_EQ(problem.allowed, "cash, credit, debit, gift_card, voucher");
  EXPECT_EQ(refuse_once(with(R"("type":"ticket")", R"("type":"tickets")")).nearest, "ticket");
}

TEST_F(DecodeErrors, AnotherCurrency) {
  EXPECT_EQ(refuse_once(with("\"USD\"", "\"EUR\"")).path, "currency.code");
  EXPECT_EQ(refuse_once(with(R"("exponent":2)", R"("exponent":3)")).path, "currency.exponent");
}

TEST_F(DecodeErrors, DatesAndMoments) {
  for (const std::string wrong : {"\"1970-02-30\"", "\"70-01-01\"", "0", "\"\""}) {
    EXPECT_EQ(refuse_once(with(R"("1970-01-01")", wrong)).path, "envelope.business_date");
  }
  const std::string written = R"("1969-12-31T19:00:00-05:00")";
  for (const std::string wrong :
       {"\"1970-01-01T00:00:00\"", "\"1970-01-01\"", "\"1970-01-01T00:00:00.1234567Z\"", "0"}) {
    EXPECT_EQ(refuse_once(with(written, wrong)).path, "envelope.event_time");
  }
}

TEST_F(DecodeErrors, HashOfAnotherShape) {
  for (const std::string wrong :
       {"0", "\"0\"", "\"000000000000000G\"", "\"00000000000000000\"", "\"000000000000000A\""}) {
    EXPECT_EQ(refuse_once(with(R"("0000000000000000")", wrong)).path, "envelope.body_hash");
  }
}

TEST_F(DecodeErrors, AnotherShape) {
  EXPECT_EQ(refuse_once("[]").message, "this must be an object");
  EXPECT_EQ(refuse_once("3").message, "this must be an object");
  EXPECT_EQ(refuse("{}").size(), 4);
  EXPECT_EQ(refuse_once(with(R"("currency":{"code":"USD","exponent":2})", R"("currency":"USD")")).path, "currency");
  const std::size_t lines = text_.find(R"("lines":)");
  EXPECT_EQ(refuse_once(text_.substr(0, lines) + R"("lines":{}})").message, "this must be a list");
  EXPECT_EQ(refuse_once(text_.substr(0, lines) + R"("lines":[7]})").path, "lines[0]");
  EXPECT_EQ(refuse_once(R"({"envelope":7,"currency":{"code":"USD","exponent":2},"body":7,"lines":[]})").path,
            "envelope")
      << "without a type nothing can be said of the body";
}

TEST_F(DecodeErrors, NoJson) {
  EXPECT_EQ(refuse_once("").message, "the text is empty");
  EXPECT_EQ(refuse_once("  ").message, "the text is empty");
  EXPECT_EQ(refuse_once("\"\xFF\"").message, "the text is not UTF-8");
  EXPECT_EQ(refuse_once(std::string(5000, '[') + std::string(5000, ']')).message,
            "objects and lists are nested too deeply");
  (void)refuse_once(text_ + text_);
}

// Property: a text cut off anywhere is refused, and nothing is created.
TEST_F(DecodeErrors, CutAnywhere) {
  for (std::size_t length = 0; length < text_.size(); ++length) (void)refuse(text_.substr(0, length));
}

// Property: whatever single byte is changed, the text is refused or read; it never does harm.
TEST_F(DecodeErrors, AnyByteChanged) {
  std::size_t refused = 0;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    for (const char byte : {'\0', '"', '9', '}', '\xC3', ' '}) {
      std::string changed = text_;
      changed[at] = byte;
      const Decoded decoded = decode_json(changed, chain_, pool_);
      EXPECT_NE(decoded.message.has_value(), !decoded.problems.empty());
      if (!decoded.message) ++refused;
      if (decoded.message) pool_.release(*decoded.message);
    }
  }
  EXPECT_GT(refused, text_.size());
}

TEST_F(DecodeErrors, SeveralAreReportedTogether) {
  std::string text = with(R"("0001")", R"("0009")");
  text.replace(text.find(R"("tax":0)"), 7, R"("tax":"x")");
  text.replace(text.find(R"("quantity":1)"), 12, R"("quantity":1.5)");
  const std::vector<Problem> problems = refuse(text);
  ASSERT_EQ(problems.size(), 3);
  EXPECT_EQ(problems[0].path, "envelope.place");
  EXPECT_EQ(problems[1].path, "body.tax");
  EXPECT_EQ(problems[2].path, "lines[0].quantity");
}

TEST_F(DecodeErrors, OfWhichThereAreAtMostTwenty) {
  std::string lines = "[{}";
  for (int i = 0; i < 100; ++i) lines += ",{}";
  const std::size_t at = text_.find(R"("lines":)") + 8;
  EXPECT_EQ(refuse(text_.substr(0, at) + lines + "]}").size(), 20);
}

TEST_F(DecodeErrors, LongValuesAreCutBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 50; ++i) name += "\xC3\xA9";
  const Problem problem = refuse_once(with(R"("0001")", "\"" + name + "\""));
  EXPECT_LT(problem.found.size(), 70);
  EXPECT_TRUE(problem.found.ends_with("\xC3\xA9..."));
}

TEST_F(DecodeErrors, AnObjectWithFarTooManyMembers) {
  std::string many = R"("envelope":{)";
  for (int i = 0; i < 100'000; ++i) many += "\"m" + std::to_string(i) + "\":0,";
  const std::vector<Problem> problems = refuse(with(R"("envelope":{)", many));
  EXPECT_NE(problems.front().message.find("far more members"), std::string::npos);
}

}  // namespace
}  // namespace tillstorm

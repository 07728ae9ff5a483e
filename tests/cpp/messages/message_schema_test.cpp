#include "messages/message_schema.h"

#include <gtest/gtest.h>

#include "base/message_type.h"
#include "generated_file.h"

namespace tillstorm {
namespace {

TEST(MessageSchema, IsTheCommittedFile) { expect_committed("scenarios/schema/messages.schema.json", message_schema()); }

TEST(MessageSchema, DefinesEveryType) {
  const std::string schema = message_schema();
  for (const auto& type : names_of(MessageType{})) {
    EXPECT_NE(schema.find("\"$ref\": \"#/$defs/" + std::string(type.name) + "\""), std::string::npos) << type.name;
    EXPECT_NE(schema.find("\"const\": \"" + std::string(type.name) + "\""), std::string::npos) << type.name;
  }
}

TEST(MessageReference, IsTheCommittedPage) { expect_committed("docs/messages.md", message_reference_markdown()); }

}  // namespace
}  // namespace tillstorm

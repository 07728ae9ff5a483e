#include "record/reference.h"

#include <gtest/gtest.h>

#include "generated_file.h"

namespace tillstorm {
namespace {

TEST(TableReference, IsTheCommittedPage) { expect_committed("docs/tables.md", table_reference_markdown()); }

}  // namespace
}  // namespace tillstorm

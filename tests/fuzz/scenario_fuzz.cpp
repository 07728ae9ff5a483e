// Feeds the scenario reader with any bytes. What it must do: read the text whole, or refuse it with at least one
// problem that names a message; and what it has read, it writes and reads again as the same scenario.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "scenario/reader.h"
#include "scenario/writer.h"

namespace {

using namespace tillstorm;

/// A good document for inputs that are overrides.
constexpr std::string_view kGood = R"({"chain": {"stores": [{"id": "1"}]}, "catalogue": {"items": [{"id": "a"}]}})";

void require(bool holds) {
  if (!holds) std::abort();
}

void read(std::string_view text, const ReadOptions& options) {
  try {
    const Scenario scenario = read_scenario_text(text, "fuzz", {}, options);
    const std::string written = write_scenario(scenario);
    require(same_scenario(read_scenario_text(written, "written", {}, {}), scenario));
  } catch (const InputError& error) {
    require(!error.problems.empty());
    for (const Problem& problem : error.problems) require(!problem.message.empty() && !to_string(problem).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read(text, {});
  // `path=value` as after --set.
  const std::size_t equals = text.find('=');
  if (equals < 200) {
    ReadOptions options;
    options.overrides = {{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))}};
    read(kGood, options);
  }
  return 0;
}

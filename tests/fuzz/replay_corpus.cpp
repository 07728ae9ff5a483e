// Feeds every file of a corpus folder to the fuzz target that it is linked with: the committed corpus as a plain test.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
    return 2;
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    std::printf("%s\n", entry.path().filename().c_str());
    std::fflush(stdout);  // a crash is then preceded by the name of its input
    LLVMFuzzerTestOneInput(input.data(), input.size());
    ++files;
  }
  std::printf("%zu inputs replayed\n", files);
  return files > 0 ? 0 : 1;  // an empty corpus proves nothing
}

// fuzz TARGET [LIBFUZZER'S OPTIONS AND FOLDERS]
//
// One program for all targets, because most of its size and of the time to
// link it is what they share.
#include <algorithm>
#include <bit>
#include <iostream>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/fuzz/target.h"

// libFuzzer's own names, and LeakSanitizer's.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier)
extern "C" int LLVMFuzzerRunDriver(int* argc, char*** argv,
                                   int (*callback)(const uint8_t*, size_t));
extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t capacity);
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size,
                                          size_t capacity, unsigned seed);
extern "C" int __lsan_is_turned_off();
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)

namespace {

using stegvis::fuzz::Target;

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): libFuzzer
Target chosen;  // calls plain functions.

std::vector<Target> AllTargets() {
  std::vector<Target> all;
  for (const std::vector<Target>& some :
       {stegvis::fuzz::ClientTargets(), stegvis::fuzz::DomainTargets(),
        stegvis::fuzz::RpcTargets(), stegvis::fuzz::SettingsTargets(),
        stegvis::fuzz::StorageTargets()}) {
    std::copy(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

int ReadOne(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  stegvis::fuzz::Notice(absl::StrCat("size ", std::bit_width(size)));
  stegvis::fuzz::Notice(absl::StrCat("begins ", input.substr(0, 1)));
  chosen.read(input);
  return 0;
}

int Usage(const std::vector<Target>& targets) {
  std::cerr << "Usage: fuzz TARGET [libFuzzer's options and folders]\n";
  for (const Target& target : targets) std::cerr << "  " << target.name << "\n";
  return 2;
}

}  // namespace

size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t capacity,
                               unsigned seed) {
  return chosen.mutate != nullptr ? chosen.mutate(data, size, capacity, seed)
                                  : LLVMFuzzerMutate(data, size, capacity);
}

// Of threads that outlive main it takes OpenSSL's random generators for lost.
// Other tests of the same readers look for leaks.
int __lsan_is_turned_off() { return chosen.serves ? 1 : 0; }

int main(int argc, char** argv) {
  const std::vector<Target> targets = AllTargets();
  if (argc < 2) return Usage(targets);
  const auto found = std::find_if(
      targets.begin(), targets.end(),
      [&](const Target& target) { return target.name == argv[1]; });
  if (found == targets.end()) return Usage(targets);
  chosen = *found;
  argv[1] = argv[0];
  --argc;
  ++argv;
  return LLVMFuzzerRunDriver(&argc, &argv, ReadOne);
}

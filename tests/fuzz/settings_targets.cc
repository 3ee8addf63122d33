// Files that somebody wrote by hand or that were kept beside the database.
#include "absl/strings/str_split.h"
#include "client/cli/profile.h"
#include "services/base/errors.h"
#include "services/server/configuration.h"
#include "services/server/explain.h"
#include "storage/seal/key_source.h"
#include "storage/seal/share_text.h"
#include "tests/fuzz/target.h"

namespace stegvis::fuzz {
namespace {

void ReadConfiguration(absl::string_view input) {
  const absl::StatusOr<server::Configuration> read =
      server::ReadConfiguration(FileWith(input));
  if (read.ok()) {
    Expect(!read->listen.empty() && !read->key_source.empty() &&
               !read->data_directory.empty() && !read->tls_key.empty(),
           "a configuration is whole");
    return;
  }
  // It names the setting, so it may quote: it is the operator's own file.
  Expect(ReasonOf(read.status()) == "CONFIGURATION_INVALID",
         "a bad configuration is told as one");
  Expect(FaultsOf(read.status()).size() == 1, "the setting is named");
  const std::string told = server::Explain(read.status());
  Expect(told.find('\n') == std::string::npos, "one line is told");
}

void ReadProfile(absl::string_view input) {
  const absl::StatusOr<cli::Profile> read = cli::ReadProfile(FileWith(input));
  if (read.ok()) return Expect(!read->address.empty(), "a profile is whole");
  Expect(read.status().message().find('\n') == absl::string_view::npos,
         "one line is told");
}

void ReadKeySource(absl::string_view input) {
  const absl::StatusOr<seal::KeySource> read =
      seal::KeySource::Load(FileWith(input));
  if (!read.ok()) return ExpectRefusal(read.status(), input);
  uint32_t before = 0;
  for (const auto& key : read->Keys()) {
    Expect(key->version > before, "the keys are in order, from version 1");
    before = key->version;
  }
  Expect(before > 0, "a key source has a key");
}

void ReadShares(absl::string_view input) {
  seal::ShareReader reader;
  for (const absl::string_view line : absl::StrSplit(input, '\n')) {
    const absl::Status added = reader.AddLine(line);
    if (!added.ok()) ExpectRefusal(added, input);
  }
  const absl::Status finished = reader.Finish();
  if (!finished.ok()) ExpectRefusal(finished, input);
  for (const seal::KeyShare& share : reader.Shares()) {
    const seal::SecretText text = seal::ShareText(share);
    seal::ShareReader again;
    for (const absl::string_view line : absl::StrSplit(text.View(), '\n')) {
      Expect(again.AddLine(line).ok(), "a share's text can be read");
    }
    Expect(again.Shares().size() == 1 && again.Shares()[0].set == share.set &&
               again.Shares()[0].number == share.number &&
               again.Shares()[0].bytes.Equals(share.bytes),
           "a share's text says the same share");
  }
  if (reader.Shares().empty()) return;
  const absl::StatusOr<seal::VersionedKey> key = seal::Combine(reader.Shares());
  if (!key.ok()) ExpectRefusal(key.status(), input);
}

}  // namespace

std::vector<Target> SettingsTargets() {
  return {{"configuration", ReadConfiguration},
          {"key_source", ReadKeySource},
          {"profile", ReadProfile},
          {"shares", ReadShares}};
}

}  // namespace stegvis::fuzz
